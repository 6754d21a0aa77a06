/** The block that updates a table in batches, as fixes write it: `condition` is what the UPDATE asked for before. */
export const batches = (table: string, assignments: string, condition = ""): string => `DO $$
DECLARE
  batch_start ${table}.id%TYPE;
  batch_end ${table}.id%TYPE;
BEGIN
  SELECT id INTO batch_start FROM ${table} ORDER BY id LIMIT 1;
  WHILE batch_start IS NOT NULL LOOP
    SELECT id INTO batch_end
      FROM (SELECT id FROM ${table} WHERE id >= batch_start ORDER BY id LIMIT 10000) AS batch
      ORDER BY id DESC LIMIT 1;
    UPDATE ${table} SET ${assignments} WHERE ${condition === "" ? "" : `${condition} AND `}id BETWEEN batch_start AND batch_end;
    COMMIT;
    SELECT id INTO batch_start FROM ${table} WHERE id > batch_end ORDER BY id LIMIT 1;
  END LOOP;
END $$;`;
