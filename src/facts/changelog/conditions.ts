import { runsOnPostgres } from "../sql/changesets.ts";
import { attribute, type ChangeNode } from "./nodes.ts";

/** What contexts call databases (apache/fineract). */
const POSTGRES = /^(?:postgres(?:ql)?|pgsql|psql)$/i;
const OTHERS = /^(?:mysql|mariadb|h2|hsqldb|hsql|derby|oracle|mssql|sqlserver|sqlite|db2)$/i;

/**
 * Whether contexts ("mysql", "tenant AND !postgresql") leave PostgreSQL in, where a project names them after databases; all others are
 * taken to run.
 */
export function runsInContexts(contexts: string | undefined): boolean {
  return alternativesIn(contexts).some(
    (terms) => !terms.some((term) => OTHERS.test(term) || (term.startsWith("!") && POSTGRES.test(term.slice(1).trim()))),
  );
}

/** Whether databases or contexts are said to be PostgreSQL's. */
export const namesPostgres = (dbms: string | undefined, contexts: string | undefined): boolean =>
  [...(dbms ?? "").split(","), ...alternativesIn(contexts).flat()].some((name) => POSTGRES.test(name.trim()));

/** What `or` parts, each as its terms. */
const alternativesIn = (contexts: string | undefined): readonly (readonly string[])[] =>
  (contexts ?? "").split(/,|\bor\b/i).map((alternative) =>
    alternative.split(/\band\b/i).map((term) =>
      term
        .replace(/[()]/g, "")
        .replace(/\bnot\b\s*/i, "!")
        .trim(),
    ),
  );

/**
 * What preconditions say: "never" where they ask for another database, "asks" where they ask for something that the fold cannot know
 * or knows itself (a table, a column, a query), "always" where there is nothing to ask.
 */
export type Verdict = "always" | "asks" | "never";

export function verdictOf(preconditions: ChangeNode | undefined): Verdict {
  return preconditions === undefined ? "always" : all(preconditions.children.map(verdict));
}

/** Whether preconditions ask for nothing but an index that is not there yet. */
export function asksForIndex({ children: [not, ...others] }: ChangeNode): boolean {
  return others.length === 0 && not?.name === "not" && not.children.length === 1 && not.children[0]?.name === "indexExists";
}

function verdict(node: ChangeNode): Verdict {
  switch (node.name) {
    case "dbms":
      return runsOnPostgres(attribute(node, "type")) ? "always" : "never";
    case "not": {
      const inner = all(node.children.map(verdict));
      return inner === "always" ? "never" : inner === "never" ? "always" : "asks";
    }
    case "or": {
      const inner = node.children.map(verdict);
      return inner.includes("always") ? "always" : inner.includes("asks") || inner.length === 0 ? "asks" : "never";
    }
    case "and":
      return all(node.children.map(verdict));
    default:
      return "asks";
  }
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("never")) return "never";
  return verdicts.includes("asks") ? "asks" : "always";
}
