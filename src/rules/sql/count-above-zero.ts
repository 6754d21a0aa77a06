import type { JavaFile } from "../../facts/fileFacts.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import type { Model } from "../../model/model.ts";
import { uniqueKeys } from "../../model/persistence/mapping/uniqueKeys.ts";
import type { ArmTest, Query, Scan } from "../../model/persistence/scans/query.ts";
import { isJudged } from "../../model/schema/schema.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { selectExists } from "./edits/selectExists.ts";
import { declarationOf } from "./shared/queries/declarations.ts";
import { isFoundByIndex, largeFirst, queriesIn, schemaOf } from "./shared/queries/queries.ts";
import { entityOf } from "./shared/tables/entities.ts";

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
      if (isOneRow(query, file.file, model) || isOneOfEach(query, file.file, model)) continue;
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

/**
 * A number of 1 at most, as keys of the schema or of the mapping say: of each table the query asks for one row by values, but for one that
 * it asks for by values and those rows.
 */
function isOneRow({ scans, entity }: Query, file: string, model: Model): boolean {
  const open = scans.filter((scan) => !holdsKey(scan, "equals", entity, file, model));
  const [last] = open;
  return last === undefined || (open.length === 1 && scans.length > 1 && holdsKey(last, "join", entity, file, model));
}

/** `where t.name = :name or t.email = :email` of two that are unique: one row for each side at most (tomzxy03/webquiz). */
function isOneOfEach({ scans: [scan, ...others], remarks, entity }: Query, file: string, model: Model): boolean {
  if (scan === undefined || others.length > 0) return false;
  const keys = keysOf(scan.table, entity, file, model);
  const isAsked = (column: string, arm: readonly ArmTest[]): boolean =>
    arm.some((test) => test.column === column && test.test === "equals" && test.folded === undefined);
  return remarks.some(
    (remark) => remark.kind === "either" && remark.arms.every((arm) => keys.some((key) => key.every((column) => isAsked(column, arm)))),
  );
}

/** Whether a look asks for all columns of a key: by values, or by rows of other tables, too. */
function holdsKey(scan: Scan, most: "equals" | "join", of: string | undefined, file: string, model: Model): boolean {
  const asked = scan.tests.filter(({ test, folded }) => (test === "equals" || test === most) && folded === undefined);
  const fixed = new Set(asked.map(({ column }) => column));
  if (fixed.size === 0) return false;
  return keysOf(scan.table, of, file, model).some((key) => key.every((column) => fixed.has(column)));
}

function keysOf(table: string, of: string | undefined, file: string, model: Model): readonly (readonly string[])[] {
  const own = of === undefined ? undefined : model.persistence.entity(of);
  const entity = own?.table === table ? own : entityOf({ name: table }, model);
  const mapped = entity === undefined ? [] : uniqueKeys(model.types, entity);
  const indexes = model.schema.table(table, file)?.indexes ?? [];
  const unique = indexes.filter((index) => index.unique && index.predicate === undefined);
  const schema = model.schema.schemaFor(file);
  const elsewhere = schema === undefined || schema.test || isJudged(schema.dialect) ? [] : model.schema.indexesElsewhere(schema.id, table);
  return [
    ...mapped,
    ...unique.map(({ keys }) => keys.map(({ column }) => column ?? "")),
    ...elsewhere.flatMap((index) => (index.unique ? [index.columns] : [])),
  ];
}
