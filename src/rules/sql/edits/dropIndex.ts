import type { Model } from "../../../model/model.ts";
import type { IndexElement } from "../../../model/schema/edits/indexElement.ts";
import { addStatement, qualified, removeStatement, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import type { Index, Table } from "../../../model/schema/schema.ts";
import type { Fix } from "../../finding.ts";
import { undeclareIndex } from "./mappedIndex.ts";

/** A constraint that an entity declares is part of its mapping. */
export function canDrop({ constraint }: Index, schema: string, model: Model): boolean {
  const now = model.schema.schema(schema);
  return now?.takesStatements === true && !(now.mapped && constraint !== undefined);
}

/** `DROP INDEX` in the next migration; of a constraint the constraint. Where Hibernate makes the schema, the entity declares it no more. */
export function dropIndex(schema: string, table: Table, index: Index, model: Model): Fix {
  const constraint = index.constraint !== undefined;
  const what = `${constraint ? "constraint" : "index"} ${index.name}`;
  const namespace = table.namespace === undefined ? "" : `${sqlName(table.namespace)}.`;
  const statement = constraint
    ? `ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${sqlName(index.name)};`
    : `DROP INDEX ${namespace}${sqlName(index.name)};`;
  return {
    title: `Drop ${what}`,
    safe: false,
    edits(sources) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      if (now.mapped) return undeclareIndex(model, index.at, sources);
      // A script that creates everything anew needs no statement that takes back another.
      if (now.naming === undefined && !constraint && !now.liquibase) return removeStatement(index.at, sources);
      const { name, namespace: schemaName } = table;
      const element: IndexElement = {
        kind: "dropIndex",
        index: index.name,
        table: name,
        namespace: schemaName,
        columns: [],
        unique: false,
      };
      const description = `drop_${constraint ? "constraint" : "index"}_${index.name.toLowerCase()}`;
      return addStatement(now, index.at, description, statement, sources, constraint ? {} : { element });
    },
  };
}
