import type { JavaFile } from "../../facts/fileFacts.ts";
import { mayHold } from "../../facts/packedCode.ts";
import type { Model } from "../../model/model.ts";
import { uniqueKeys } from "../../model/persistence/mapping/uniqueKeys.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import type { Index, Schema, Table } from "../../model/schema/schema.ts";
import { insertAt } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { createUniqueIndex } from "./edits/createIndex.ts";
import { declarationOf } from "./shared/queries/declarations.ts";
import { isUncalled } from "./shared/queries/entries.ts";
import { isFelt, queriesIn, schemaOf } from "./shared/queries/queries.ts";
import { askedByPolicies } from "./shared/tables/schemaQuestions.ts";

export const uniqueIndexMissing = defineRule({
  id: "sql/unique-index-missing",
  title: "A lookup of one row whose index is not unique",
  language: "java",
  certainty: "possible",
  cost: "two inserts at once make two rows, and the lookup throws from then on; the planner expects several rows where there is one",
  references: [
    "https://www.postgresql.org/docs/current/indexes-unique.html",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-return-types-reference.html",
  ],
  messages: {
    one: "{{method}} takes one row of {{table}} by {{columns}}, but {{index}} is not unique",
    checked: "{{method}} is asked before a save, but {{index}} on {{columns}} of {{table}} is not unique",
  },

  check({ file, model, report }) {
    const schema = schemaOf(model, file.file);
    if (schema === undefined) return;
    const said = new Set<Index>();
    const looks = [...lookupsIn(model, file), ...checksIn(model, file)];
    for (const { query, at, message } of looks) {
      const found = notUnique(query, schema, model);
      if (found === undefined || said.has(found.index)) continue;
      said.add(found.index);
      const { table, index } = found;
      const columns = index.keys.flatMap(({ column }) => column ?? []);
      report({
        at,
        message,
        data: { method: query.method, table: table.name, columns: columns.join(", "), index: index.name },
        related: [{ at: index.at, message: `${index.name} is created here` }],
        fixes: !isChecked(query, message, model)
          ? []
          : model.pending.isPending(index.at)
            ? makeUnique(index)
            : createUniqueIndex(model, schema.id, table, columns, table.at),
      });
    }
  },
});

/** Whether code asks if there is such a row already: who only looks for one need not know that there are no two. */
const isChecked = (query: Query, message: Look["message"], model: Model): boolean =>
  message === "checked" ||
  model.persistence
    .queriesOf(query.repository)
    .some((other) => other.kind === "exists" && asksSame(other, query) && !isUncalled(other, model));

/** What has not been created yet may as well be created as a unique one. */
function makeUnique({ name, at }: Index): readonly Fix[] {
  return [
    {
      title: `Make ${name} unique`,
      safe: false,
      edits(sources) {
        const [create] = /^create(?=\s+index\b)/i.exec(sources.text(at.file)?.slice(at.start) ?? "") ?? [];
        if (create === undefined) return undefined;
        const unique = create === create.toLowerCase() ? " unique" : " UNIQUE";
        return [{ kind: "change", file: at.file, edits: [insertAt(at.start + create.length, unique)] }];
      },
    },
  ];
}

interface Look {
  readonly query: Query;
  readonly at: Query["at"];
  readonly message: "one" | "checked";
}

/** Methods of repositories that give one entity: Spring Data throws where there are two. */
function lookupsIn(model: Model, file: JavaFile): readonly Look[] {
  return queriesIn(model, file).flatMap((query): readonly Look[] => {
    return isLookup(query) && givesEntity(query, file, model) ? [{ query, at: query.at, message: "one" }] : [];
  });
}

function givesEntity(query: Query, file: JavaFile, model: Model): boolean {
  const repository = "sender" in query ? undefined : model.persistence.repository(query.repository);
  const declared = repository?.style === "spring-data" ? declarationOf(query, file) : undefined;
  const returned = declared && model.types.resolve(declared.method.returns, { file, type: declared.type });
  const element = query.returns === "optional" ? returned?.args[0] : returned;
  return repository?.entity !== undefined && element?.name === repository.entity;
}

/** `if (orders.existsByCode(code)) …` in front of `orders.save(…)`. */
function checksIn(model: Model, file: JavaFile): readonly Look[] {
  const { code } = file.java;
  if (!SAVES.some((name) => mayHold(code, name)) || !code.strings.some((text) => text.startsWith("existsBy"))) return [];
  return model.calls.methodsIn(file.file).flatMap(({ sites }) =>
    sites.flatMap((site): readonly Look[] => {
      if (!site.name.startsWith("existsBy")) return [];
      const call = repositoryCall(model.persistence, model.calls, site);
      if (call?.query?.kind !== "exists") return [];
      const { repository } = call;
      const isSaved = sites.some(
        (other) =>
          other.order > site.order &&
          SAVES.includes(other.name) &&
          repositoryCall(model.persistence, model.calls, other)?.repository === repository,
      );
      // What is said of the repository's own lookup is not said again.
      const known = model.persistence.queriesOf(repository.qualified).some((one) => isLookup(one) && asksSame(one, call.query));
      return isSaved && !known ? [{ query: call.query, at: { file: file.file, ...site.at }, message: "checked" }] : [];
    }),
  );
}

const SAVES: readonly string[] = ["save", "saveAndFlush", "insert", "persist"];

const isLookup = ({ kind, limit, returns }: Query): boolean =>
  kind === "find" && limit === "none" && (returns === "optional" || returns === "one");

const asksSame = (one: Query, other: Query | undefined): boolean => JSON.stringify(one.scans) === JSON.stringify(other?.scans);

/** The index that somebody made for exactly what a query compares with values, where nothing makes these values unique. */
function notUnique(
  { scans, understood, entity }: Query,
  schema: Schema,
  model: Model,
): { readonly table: Table; readonly index: Index } | undefined {
  const [scan, ...others] = scans;
  if (!understood || scan === undefined || others.length > 0 || scan.tests.length === 0) return undefined;
  // A constant may pick the one row that counts, and the fold of upper and lower case is another index.
  if (scan.tests.some(({ test, constant, folded, ambiguous }) => test !== "equals" || constant || folded !== undefined || ambiguous))
    return undefined;
  const table = model.schema.tableOf(schema.id, scan.table);
  if (!isFelt(model, table) || table.kind !== "table" || table.partitionBy !== undefined || table.partitionOf !== undefined)
    return undefined;
  const asked = new Set(scan.tests.map(({ column }) => column));
  const isAsked = (columns: readonly (string | undefined)[]): boolean =>
    columns.every((column) => column === undefined || asked.has(column));
  const mapped = entity === undefined ? undefined : model.persistence.entity(entity);
  if (mapped !== undefined && uniqueKeys(model.types, mapped).some(isAsked)) return undefined;
  // Unique for some rows only is what a soft delete wants.
  const isHeld = (columns: ReadonlySet<string>): boolean =>
    table.indexes.some(({ unique, keys }) => unique && keys.every(({ column }) => column === undefined || columns.has(column)));
  // What is unique within each tenant is so on purpose, whether a policy or a filter asks for the tenant (avniproject/avni-server).
  const tenants = [...table.columns.keys()].filter((column) => TENANT.test(column));
  if (isHeld(asked) || isHeld(new Set([...asked, ...tenants, ...askedByPolicies(schema, table)]))) return undefined;
  const index = table.indexes.find(
    ({ unique, predicate, method, keys }) =>
      !unique &&
      predicate === undefined &&
      method === "btree" &&
      keys.length === asked.size &&
      keys.every(({ column }) => column !== undefined && asked.has(column)),
  );
  if (index === undefined || isLifted(index, table, model)) return undefined;
  return model.tableQueries.of(scan.table).some((other) => expectsSeveral(other, asked, table)) ? undefined : { table, index };
}

const TENANT = /^(?:tenant|organi[sz]ation|org|company|workspace|realm)(?:_?(?:id|uuid|code|key|name))?$/;

/** Whether a query takes several rows with the same values, or picks one of them by something else. */
function expectsSeveral({ kind, scans: [scan, ...more], returns, limit }: Query, asked: ReadonlySet<string>, { indexes }: Table): boolean {
  if (kind !== "find" || scan === undefined || more.length > 0) return false;
  const given = new Set(scan.tests.filter(({ test }) => test === "equals").map(({ column }) => column));
  if (![...asked].every((column) => given.has(column))) return false;
  if (returns !== "optional" && returns !== "one") return true;
  // Another row than this one: `findByCodeAndIdNot`.
  const key = indexes.find(({ constraint }) => constraint === "primary")?.keys.map(({ column }) => column) ?? [];
  return limit !== "none" || scan.tests.some(({ column, test }) => !asked.has(column) && !(test === "not" && key.includes(column)));
}

/** Whether somebody made it of one that was unique (eperusteet): the rows are not, whatever the method gives. */
function isLifted({ name, keys, at }: Index, table: Table, model: Model): boolean {
  const before = model.schema.schemaBefore(at.file)?.tables.get(table.key);
  const columns = keys.map(({ column }) => column).sort();
  const same = before?.indexes.some((one) => one.unique && String(one.keys.map(({ column }) => column).sort()) === String(columns));
  return same === true || /^(?:uk|uq|unique)_|_(?:uk|uq|key|unique)$/i.test(name);
}
