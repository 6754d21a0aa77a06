import type { Model } from "../../model/model.ts";
import type { Attribute, Entity } from "../../model/persistence/mapping/entity.ts";
import { pendingSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const dropInUse = defineMigrationRule({
  id: "sql/drop-in-use",
  title: "Column or table that goes while entities still map it",
  certainty: "proven",
  severity: "error",
  cost: "every query of the entity fails from when the migration has run",
  references: ["https://docs.spring.io/spring-data/jpa/reference/jpa/entity-persistence.html"],
  messages: {
    column: "{{table}}.{{column}} goes while {{entity}}.{{attribute}} still maps it",
    table: "{{table}} goes while {{entity}} still maps it",
  },

  check({ file, model, report }) {
    const steps = pendingSteps(file, model, ["drop column", "rename column", "drop table", "rename table"]);
    for (const { table, operation, migration } of steps) {
      if (table === undefined || table.uncertain) continue;
      const now = model.schema.tableOf(migration.schema.id, table.key);
      const wholeTable = operation.form.endsWith("table");
      const column = operation.name?.toLowerCase() ?? "";
      // A later statement brings it back.
      if (wholeTable ? now !== undefined : now?.columns.has(column) === true || now === undefined) continue;
      const user = userOf(model, table.key, wholeTable ? undefined : column);
      if (user === undefined) continue;
      report({
        at: operation.at,
        message: wholeTable ? "table" : "column",
        data: { table: table.name, column, entity: user.entity.name, attribute: user.attribute?.name ?? "" },
        related: [{ at: user.entity.at, message: `${user.entity.name} maps ${table.name}` }],
      });
    }
  },
});

/** An entity with a repository that maps the table, or the column of it. */
function userOf(
  model: Model,
  table: string,
  column: string | undefined,
): { readonly entity: Entity; readonly attribute: Attribute | undefined } | undefined {
  for (const { entity: qualified } of model.persistence.repositories()) {
    const entity = qualified === undefined ? undefined : model.persistence.entity(qualified);
    if (entity === undefined) continue;
    if (column === undefined) {
      if (entity.table === table) return { entity, attribute: undefined };
      continue;
    }
    const attribute = entity.attributes.find((one) => one.table === table && one.columns.includes(column));
    if (attribute !== undefined) return { entity, attribute };
  }
  return undefined;
}
