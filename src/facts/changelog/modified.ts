import { runsOnPostgres } from "../sql/changesets.ts";
import type { SchemaChange } from "../sql/sqlFacts.ts";
import { attribute, type ChangeNode } from "./nodes.ts";

/** What `modifySql` of a change set writes behind each of its statements on PostgreSQL. */
export function appendedIn({ children }: ChangeNode): string {
  const modifying = children.filter((child) => child.name === "modifySql" && runsOnPostgres(attribute(child, "dbms")));
  const appended = modifying.flatMap((node) => node.children.filter(({ name }) => name === "append"));
  return appended.map((node) => attribute(node, "value") ?? "").join("");
}

/** A change with what stands behind its statement: ` WHERE deleted IS NULL` of an index, ` PARTITION BY LIST (tenant)` of a table. */
export function withAppended(change: SchemaChange, appended: string): SchemaChange {
  if (change.kind === "createIndex") {
    const predicate = /^\s*WHERE\s+(.*\S)/is.exec(appended)?.[1];
    return predicate === undefined ? change : { ...change, index: { ...change.index, predicate } };
  }
  if (change.kind !== "createTable") return change;
  const partitionBy = /^\s*PARTITION\s+BY\s+(list|range|hash)\b/i.exec(appended)?.[1]?.toLowerCase();
  return partitionBy === undefined ? change : { ...change, partitionBy };
}
