import type { Model } from "../../model/model.ts";
import { attributeOf, type Entity } from "../../model/persistence/mapping/entity.ts";
import type { ColumnTest, Scan } from "../../model/persistence/scans/query.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";
import { feltScans, isFoundByIndex } from "./shared/queries/queries.ts";

export const parameterTypePastIndex = defineRule({
  id: "sql/parameter-type-past-index",
  title: "A property's type makes PostgreSQL convert the column, past its index",
  language: "java",
  certainty: "likely",
  severity: "warning",
  cost: "each call reads the whole table, and converts the column of each row",
  references: [
    "https://www.postgresql.org/docs/current/typeconv-oper.html",
    "https://www.postgresql.org/docs/current/citext.html",
    "https://jdbc.postgresql.org/documentation/use/",
  ],
  messages: { converted: "{{method}} compares {{column}}, {{is}}, with {{java}}: {{index}} is not used" },

  check({ file, model, report }) {
    for (const { query, scan, table } of feltScans(model, file)) {
      // SQL of one's own may cast; and the type of what it is given is the caller's.
      if (query.source !== "derived" || query.entity === undefined || query.scans[0] !== scan) continue;
      const entity = model.persistence.entity(query.entity);
      const found = entity === undefined ? undefined : convertedTest(entity, scan, table, model, file.file);
      if (entity === undefined || found === undefined) continue;
      const others = { ...scan, tests: scan.tests.filter((test) => test !== found.test) };
      if (isFoundByIndex(others, table, query)) continue;
      const { at } = attributeOf(entity, found.attribute) ?? entity;
      report({
        at: query.at,
        message: "converted",
        data: { method: query.method, column: found.test.column, is: found.type, java: found.java, index: found.index.name },
        related: [
          { at, message: `${entity.name}.${found.attribute} is ${found.java}` },
          { at: found.index.at, message: `${found.index.name} is created here` },
        ],
      });
    }
  },
});

interface Converted {
  readonly test: ColumnTest;
  readonly attribute: string;
  readonly type: string;
  readonly java: string;
  readonly index: Index;
}

function convertedTest(entity: Entity, scan: Scan, table: Table, model: Model, near: string): Converted | undefined {
  for (const test of scan.tests) {
    if (!ASKS.has(test.test) || test.folded !== undefined || test.constant) continue;
    const column = table.columns.get(test.column);
    const attribute = entity.attributes.find(({ kind, columns }) => kind === "basic" && columns.includes(test.column));
    const index = table.indexes.find(({ keys, predicate }) => keys[0]?.column === test.column && predicate === undefined);
    if (column === undefined || attribute === undefined || index === undefined) continue;
    const java = attribute.type.slice(attribute.type.lastIndexOf(".") + 1);
    const type = column.type.replace(/\(.*/, "");
    if (CONVERTED[type]?.test(java) !== true || isSentOtherwise(model, entity, attribute.name)) continue;
    if (type === "citext" && sendsUntyped(model, near)) continue;
    return { test, attribute: attribute.name, type, java, index };
  }
  return undefined;
}

const ASKS: ReadonlySet<ColumnTest["test"]> = new Set(["equals", "in", "range"]);

/** Java types whose values PostgreSQL's driver sends as a type that the column is converted to, by the column's type. */
const CONVERTED: Readonly<Record<string, RegExp>> = {
  int2: /^(?:double|Double|float|Float|BigDecimal|BigInteger)$/,
  int4: /^(?:double|Double|float|Float|BigDecimal|BigInteger)$/,
  int8: /^(?:double|Double|float|Float|BigDecimal|BigInteger)$/,
  numeric: /^(?:double|Double|float|Float)$/,
  citext: /^String$/,
};

/** A converter, or what Hibernate is told of the type, decides what is sent. */
function isSentOtherwise(model: Model, { qualified }: Entity, attribute: string): boolean {
  const entry = model.types.declared(qualified);
  const field = entry === undefined ? undefined : model.types.fieldOf(entry, attribute)?.field;
  return (
    field === undefined ||
    annotationNamed(field.annotations, "Convert", "Type", "JdbcType", "JdbcTypeCode", "ColumnTransformer") !== undefined
  );
}

/** The server then takes texts for what they are compared with. */
const sendsUntyped = (model: Model, near: string): boolean =>
  /stringtype=unspecified/.test(String(model.configuration.value("spring.datasource.url", near)?.value ?? "")) ||
  model.configuration.value("spring.datasource.hikari.data-source-properties.stringtype", near) !== undefined;
