import assert from "node:assert/strict";
import { otherDialectChanges } from "../../../src/facts/sql/otherDialects.ts";
import type { IndexFact } from "../../../src/facts/sql/sqlFacts.ts";

const keys = ({ keys: of, unique }: IndexFact): string => `${unique ? "unique " : ""}(${of.map(({ column }) => column).join()})`;

/** Each change in a line. */
const said = (text: string): readonly string[] =>
  otherDialectChanges(text).flatMap((change): readonly string[] => {
    switch (change.kind) {
      case "createTable":
        return [
          `table ${change.table.name}: ${change.columns.map(({ name }) => name).join()}`,
          ...change.constraints.map((one) => ("index" in one ? `${one.type} ${keys(one.index)}` : one.type)),
        ];
      case "addColumn":
        return [`column ${change.table.name}.${change.column.name}`, ...change.constraints.map(({ type }) => type)];
      case "createIndex":
        return [`index ${change.index.name} on ${change.table.name} ${keys(change.index)}`];
      case "addConstraint": {
        const { constraint } = change;
        if (constraint.type === "foreign") return [`foreign ${change.table.name}(${constraint.columns.join()}) ${constraint.parent.name}`];
        return [`${constraint.type} ${"index" in constraint ? keys(constraint.index) : ""} on ${change.table.name}`];
      }
      case "dropIndex":
        return [`drop index ${change.name}`];
      case "dropColumn":
      case "renameColumn":
        return [`${change.kind} ${change.table.name}.${change.column}`];
      case "dropTable":
        return [`drop ${change.table.name}`];
      default:
        return [change.kind];
    }
  });

describe("tables and indexes in other dialects", () => {
  it("are read in MySQL's CREATE TABLE", () => {
    const text = `CREATE TABLE IF NOT EXISTS \`shop\`.\`orders\` (
  \`id\` bigint(20) unsigned NOT NULL AUTO_INCREMENT COMMENT 'a key; not an index (x)',
  \`customer\` int DEFAULT '0',
  \`code\` varchar(20) NOT NULL UNIQUE,
  \`at\` datetime(6) NOT NULL,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`uk_code\` (\`code\`, \`at\`),
  KEY \`idx_at\` (\`at\` DESC, \`code\`(10)) USING BTREE,
  INDEX (customer),
  FULLTEXT KEY \`ft\` (\`code\`),
  CONSTRAINT \`fk_customer\` FOREIGN KEY (\`customer\`) REFERENCES \`customers\` (\`id\`) ON DELETE CASCADE,
  CONSTRAINT ck CHECK (customer > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='orders';`;
    assert.deepEqual(said(text), [
      "table orders: id,customer,code,at",
      "unique unique (code)",
      "primary unique (id) on orders",
      "unique unique (code,at) on orders",
      "index idx_at on orders (at,code)",
      "index undefined on orders (customer)",
      "foreign orders(customer) customers",
    ]);
    const index = otherDialectChanges(text).find((change) => change.kind === "createIndex");
    assert.ok(index?.kind === "createIndex");
    assert.equal(text.slice(index.index.at.start, index.index.at.end), "KEY `idx_at` (`at` DESC, `code`(10)) USING BTREE");
  });

  it("follow what later statements change", () => {
    assert.deepEqual(
      said(`
ALTER TABLE orders ADD COLUMN note text, ADD INDEX idx_note (note), ADD CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES p (a, b), DROP KEY idx_at;
ALTER TABLE orders ADD shop int UNIQUE;
ALTER TABLE orders CHANGE COLUMN note remark text, DROP COLUMN gone, MODIFY code varchar(30), ADD UNIQUE (shop, code);
ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (shop, id);
CREATE UNIQUE INDEX idx_a ON orders (a ASC);
CREATE NONCLUSTERED INDEX [idx_b] ON [dbo].[orders] ([b]);
DROP INDEX idx_a ON orders;
DROP TABLE IF EXISTS old;
-- # a remark that isn't SQL
INSERT INTO orders VALUES (1, 'CREATE INDEX x ON y (z)');`),
      [
        "column orders.note",
        "index idx_note on orders (note)",
        "foreign orders(a,b) p",
        "drop index idx_at",
        "column orders.shop",
        "unique",
        "renameColumn orders.note",
        "dropColumn orders.gone",
        "unique unique (shop,code) on orders",
        "dropPrimaryKey",
        "primary unique (shop,id) on orders",
        "index idx_a on orders unique (a)",
        "index idx_b on orders (b)",
        "drop index idx_a",
        "drop old",
      ],
    );
  });

  it("end an index where an expression begins, and are nothing where nothing is understood", () => {
    assert.deepEqual(said("CREATE INDEX i ON t (a, lower(b), c);"), ["index i on t (a)"]);
    assert.deepEqual(said("CREATE INDEX i ON t (lower(b));"), ["index i on t ()"]);
    assert.deepEqual(said("CREATE TABLE ("), []);
    assert.deepEqual(said("ALTER TABLE t"), []);
    assert.deepEqual(said("ALTER TABLE t ADD"), []);
    assert.deepEqual(said("CREATE TABLE t (a int, PRIMARY KEY (a"), ["table t: a", "primary unique (a) on t"]);
  });
});
