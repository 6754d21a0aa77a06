import type { Model } from "../model/model.ts";
import type { Schema, SchemaObject } from "../model/schema/schema.ts";

/** What queries need besides the tables of a schema. */
export interface Surroundings {
  /** PostgreSQL's schema in which tables lie whose migrations name none; undefined for "public". */
  readonly namespace: string | undefined;
  /** The statements of types that are no enums, by lower-case name. */
  readonly types: ReadonlyMap<string, string>;
  /** Where they start and end changes no plan. */
  readonly sequences: readonly Pick<SchemaObject, "name" | "namespace">[];
  /** The statements of views and functions, in the order in which they are made. */
  readonly views: readonly string[];
}

export const NO_SURROUNDINGS: Surroundings = { namespace: undefined, types: new Map(), sequences: [], views: [] };

/** What `textOf` does not have is left out. */
export function surroundingsOf(schema: Schema, model: Model, textOf: (file: string) => string | undefined): Surroundings {
  const texts = new Map<string, string | undefined>();
  const statementOf = ({ at }: SchemaObject): string | undefined => {
    if (!texts.has(at.file)) texts.set(at.file, textOf(at.file));
    return texts.get(at.file)?.slice(at.start, at.end);
  };
  const objects = [...schema.objects.values()];
  const types = objects.flatMap((object) => {
    const statement = WRITTEN.has(object.what) ? statementOf(object) : undefined;
    return statement === undefined ? [] : [[object.name.toLowerCase(), statement] as const];
  });
  const views = objects.filter(({ what }) => what === "view" || what === "function").flatMap((object) => statementOf(object) ?? []);
  return {
    namespace: namespaceOf(schema, model),
    types: new Map(types),
    sequences: objects.filter(({ what }) => what === "sequence"),
    // Each twice: one may need another that stands behind it.
    views: [...views, ...views],
  };
}

/** Types that are made by the statement that made them. */
const WRITTEN: ReadonlySet<SchemaObject["what"]> = new Set(["domain", "composite", "range"]);

/** Where the configuration says that names without a schema lie. */
const DEFAULT_SCHEMAS = [
  "spring.flyway.default-schema",
  "spring.flyway.schemas",
  "spring.flyway.schemas[0]",
  "spring.liquibase.default-schema",
  "spring.jpa.properties.hibernate.default_schema",
];
const URLS = ["spring.datasource.url", "spring.datasource.hikari.jdbc-url"];

function namespaceOf(schema: Schema, model: Model): string | undefined {
  const { configuration } = model;
  const near = schema.migrations[0]?.file;
  if (near === undefined) return undefined;
  const told = (key: string): string | undefined => {
    const value = configuration.value(key, near);
    return value?.known === true ? value.value : undefined;
  };
  const named = DEFAULT_SCHEMAS.flatMap((key) => told(key)?.split(",")[0]?.trim() ?? []);
  const current = URLS.flatMap((key) => /[?&]currentSchema=([^&,]+)/.exec(told(key) ?? "")?.[1] ?? []);
  const [name = namespaceIn(schema, model)] = [...named, ...current].filter((one) => /^[\w$]+$/.test(one));
  return name === undefined || name.toLowerCase() === "public" ? undefined : name;
}

/** The one PostgreSQL schema by which migrations name tables that were made without one: `CREATE TABLE bill …`, `ALTER TABLE shop.bill …`. */
function namespaceIn({ migrations, tables }: Schema, { schema }: Model): string | undefined {
  const said = new Set<string>();
  for (const { file } of migrations) {
    for (const { changes } of schema.migration(file)?.file.sql.statements ?? []) {
      for (const change of changes) {
        if (!("table" in change) || change.table?.namespace === undefined) continue;
        const table = tables.get(change.table.name.toLowerCase());
        if (table !== undefined && table.namespace === undefined) said.add(change.table.namespace);
      }
    }
  }
  return said.size === 1 ? [...said][0] : undefined;
}
