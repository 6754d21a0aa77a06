import { columnSql, qualified } from "../../../model/schema/edits/migrationEdit.ts";
import type { Table } from "../../../model/schema/schema.ts";

const ROWS = 10_000;

/**
 * `UPDATE … SET assignments [WHERE condition]` over the primary key in batches, each in its own transaction: a block that commits has to run
 * outside of one. Undefined without a primary key of one column.
 */
export function batchedUpdate(table: Table, assignments: string, condition: string | undefined): string | undefined {
  const keys = table.indexes.find(({ constraint }) => constraint === "primary")?.keys ?? [];
  const column = keys.length === 1 ? keys[0]?.column : undefined;
  if (column === undefined) return undefined;
  const key = columnSql(table, column);
  const name = qualified(table);
  const rows = condition === undefined ? "" : `(${condition}) AND `;
  return `DO $$
DECLARE
  batch_start ${name}.${key}%TYPE;
  batch_end ${name}.${key}%TYPE;
BEGIN
  SELECT ${key} INTO batch_start FROM ${name} ORDER BY ${key} LIMIT 1;
  WHILE batch_start IS NOT NULL LOOP
    SELECT ${key} INTO batch_end
      FROM (SELECT ${key} FROM ${name} WHERE ${key} >= batch_start ORDER BY ${key} LIMIT ${ROWS}) AS batch
      ORDER BY ${key} DESC LIMIT 1;
    UPDATE ${name} SET ${assignments} WHERE ${rows}${key} BETWEEN batch_start AND batch_end;
    COMMIT;
    SELECT ${key} INTO batch_start FROM ${name} WHERE ${key} > batch_end ORDER BY ${key} LIMIT 1;
  END LOOP;
END $$;`;
}
