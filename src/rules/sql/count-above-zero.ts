import type { JavaFile } from "../../facts/fileFacts.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import type { Model } from "../../model/model.ts";
import type { Query, Scan } from "../../model/persistence/query.ts";
import { uniqueKeys } from "../../model/persistence/uniqueKeys.ts";
import type { Table } from "../../model/schema/schema.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { selectExists } from "./edits/selectExists.ts";
import { declarationOf } from "./shared/declarations.ts";
import { isFoundByIndex, largeFirst, queriesIn, schemaOf } from "./shared/queries.ts";

export const countAboveZero = defineRule({
  id: "sql/count-above-zero",
  title: "A statement counts rows only to compare the number with 0",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "every matching row is read where the first would do",
  references: [
    "https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-EXISTS",
    "https://docs.jboss.org/hibernate/orm/6.6/querylanguage/html_single/Hibernate_Query_Language.html#exists-predicate",
  ],
  messages: { counts: "{{method}} counts every matching row of {{table}} only to compare the number with 0" },

  check({ file, model, report }) {
    for (const query of queriesIn(model, file)) {
      if (!query.understood || !query.remarks.some(({ kind }) => kind === "counted")) continue;
      const large = largeFirst(model, query, file.file);
      if (large === undefined) continue;
      const { scan, table } = large;
      if (findsOneRow(query, scan, table, model)) continue;
      report({
        at: query.at,
        message: "counts",
        data: { method: query.method, table: table?.name ?? scan.table },
        // Few rows are soon counted.
        ...(table === undefined || isFoundByIndex(scan, table, query) ? { severity: "hint" as const } : {}),
        related: table === undefined ? [] : [{ at: table.at, message: `${table.name} is created here` }],
        fixes: fixesOf(query, file, model),
      });
    }
  },
});

/** From here on HQL takes a subquery, or EXISTS, for all that is selected. */
const SELECTS_EXISTS = "6.1";

function fixesOf(query: Query, file: JavaFile, model: Model): readonly Fix[] {
  if (!/^(?:boolean|Boolean)$/.test(declarationOf(query, file)?.method.returns ?? "")) return [];
  const { hibernate } = model.configuration.buildOf(file.file);
  // Not all databases select a condition.
  const isKnown =
    query.source === "native"
      ? schemaOf(model, file.file) !== undefined
      : hibernate !== undefined && versionAtLeast(hibernate, SELECTS_EXISTS);
  return isKnown ? selectExists(file, query) : [];
}

/** A number of 1 at most, as a key of the schema or of the mapping says. */
function findsOneRow(query: Query, scan: Scan, table: Table | undefined, model: Model): boolean {
  if (query.scans.length > 1) return false;
  const fixed = new Set(scan.tests.filter(({ test, folded }) => test === "equals" && folded === undefined).map(({ column }) => column));
  const entity = query.entity === undefined ? undefined : model.persistence.entity(query.entity);
  const mapped = entity?.table === scan.table ? uniqueKeys(model.types, entity) : [];
  const unique = (table?.indexes ?? []).filter((index) => index.unique && index.predicate === undefined);
  return [...mapped, ...unique.map(({ keys }) => keys.map(({ column }) => column ?? ""))].some((key) =>
    key.every((column) => fixed.has(column)),
  );
}
