import { qualified, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import { makeName } from "../../../model/schema/fold/defaultNames.ts";
import type { Table } from "../../../model/schema/schema.ts";
import type { FollowUp } from "./rewriteMigration.ts";

/**
 * NOT NULL without reading all rows under a lock: a check that holds for new rows, then its validation, and the check is taken back.
 * PostgreSQL 12 and later read no row for SET NOT NULL where a valid check says that there is no null.
 */
export function notNullByCheck(table: Table, column: string): { readonly check: string; readonly validation: FollowUp } {
  const name = sqlName(makeName(table.name, column, "not_null"));
  const alter = `ALTER TABLE ${qualified(table)}`;
  return {
    check: `ADD CONSTRAINT ${name} CHECK (${sqlName(column)} IS NOT NULL) NOT VALID`,
    validation: {
      description: `set_not_null_${table.name}_${column}`.toLowerCase(),
      statements: [
        `${alter} VALIDATE CONSTRAINT ${name};`,
        `${alter} ALTER COLUMN ${sqlName(column)} SET NOT NULL;`,
        `${alter} DROP CONSTRAINT ${name};`,
      ],
      alone: false,
    },
  };
}
