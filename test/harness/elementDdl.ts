import type { ColumnFact, ConstraintFact, SchemaChange } from "../../src/facts/sql/sqlFacts.ts";

/** An element of a change log as Liquibase writes it for PostgreSQL; only what the tests of fixes have. */
export function elementDdl(change: SchemaChange): string {
  switch (change.kind) {
    case "createTable":
      return `CREATE TABLE ${change.table.name} (${[...change.columns.map(column), ...change.constraints.map(constraint)].join(", ")})`;
    case "createIndex": {
      const keys = change.index.keys.map((key) => `${key.column ?? key.expression}${key.descending ? " DESC" : ""}`);
      return `CREATE ${change.index.unique ? "UNIQUE " : ""}INDEX ${change.index.name} ON ${change.table.name} (${keys.join(", ")})`;
    }
    case "dropIndex":
      return `DROP INDEX ${change.name}`;
    case "addColumn":
      return `ALTER TABLE ${change.table.name} ADD ${column(change.column)}`;
    case "columnNullable":
      return `ALTER TABLE ${change.table.name} ALTER COLUMN ${change.column} ${change.nullable ? "DROP" : "SET"} NOT NULL`;
    case "addConstraint":
      return `ALTER TABLE ${change.table.name} ADD ${constraint(change.constraint)}`;
    default:
      throw new Error(`No SQL for ${change.kind}`);
  }
}

const column = ({ name, type, nullable }: ColumnFact): string => `${name} ${type}${nullable ? "" : " NOT NULL"}`;

function constraint(given: ConstraintFact): string {
  const named = given.name === undefined ? "" : `CONSTRAINT ${given.name} `;
  switch (given.type) {
    case "foreign": {
      const { columns, parent, parentColumns, onDelete, onUpdate } = given;
      return `${named}FOREIGN KEY (${columns.join()}) REFERENCES ${parent.name} (${parentColumns.join()}) ON DELETE ${onDelete} ON UPDATE ${onUpdate}`;
    }
    case "primary":
    case "unique":
      return `${named}${given.type === "primary" ? "PRIMARY KEY" : "UNIQUE"} (${given.index.keys.map((key) => key.column).join()})`;
    default:
      throw new Error(`No SQL for a constraint of type ${given.type}`);
  }
}
