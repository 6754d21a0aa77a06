import { backfillInMigration } from "../../../src/rules/sql/backfill-in-migration.ts";
import { foreignKeyValidatedAtOnce } from "../../../src/rules/sql/foreign-key-validated-at-once.ts";
import { indexMethodMismatch } from "../../../src/rules/sql/index-method-mismatch.ts";
import { indexNotConcurrent } from "../../../src/rules/sql/index-not-concurrent.ts";
import { setNotNullScan } from "../../../src/rules/sql/set-not-null-scan.ts";
import { workUnderExclusiveLock } from "../../../src/rules/sql/work-under-exclusive-lock.ts";
import { rule } from "../../harness/rule.ts";

/** What a `DO` block does counts as if every branch ran; it cannot be taken apart, so there are no fixes. */
const before = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
//- db/migration/V1__init.sql
CREATE TABLE users (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, user_id bigint);
//- db/migration/V2__more.sql
`;

rule(indexNotConcurrent, {
  reports: {
    "an index that a block makes once": `${before}DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'idx_a') THEN
    CREATE INDEX idx_a ON orders (state);
  --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_a
  END IF;
END $$;
`,
  },
  ignores: {
    "an index on a table that the block makes, too": `${before}DO $$ BEGIN
  CREATE TABLE items (id int);
  CREATE INDEX idx_items ON items (id);
END $$;
`,
    "a text that names an index": `${before}DO $$ BEGIN
  RAISE NOTICE 'CREATE INDEX idx_a ON orders (state);';
END $$;
`,
  },
});

rule(foreignKeyValidatedAtOnce, {
  reports: {
    "a key that a block adds": `${before}DO $block$
DECLARE found boolean := false;
BEGIN
  ALTER TABLE orders ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users;
                   --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
EXCEPTION WHEN duplicate_object THEN NULL;
END $block$;
`,
  },
  ignores: {
    "a key that holds for new rows": `${before}DO $$ BEGIN
  ALTER TABLE orders ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users NOT VALID;
END $$;
`,
  },
});

rule(setNotNullScan, {
  reports: {
    "a column that a block makes NOT NULL": `${before}DO $$ BEGIN
  ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
                   --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
END $$;
`,
  },
  ignores: {
    "a column that takes no null already": `${before}DO $$ BEGIN
  ALTER TABLE orders ALTER COLUMN id SET NOT NULL;
END $$;
`,
  },
});

rule(backfillInMigration, {
  reports: {
    "all rows, written by a block": `${before}DO $$ BEGIN
  UPDATE orders SET state = 'NEW';
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
END $$;
`,
  },
  ignores: {
    "rows, so many at a time": `${before}DO $$ BEGIN
  LOOP
    UPDATE orders SET state = 'NEW' WHERE id IN (SELECT id FROM orders WHERE state IS NULL LIMIT 1000);
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END $$;
`,
  },
});

rule(workUnderExclusiveLock, {
  reports: {
    "rows that a block writes behind a change of the table": `${before}DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN note text;
  UPDATE orders SET note = state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UPDATE orders runs while orders is locked for reads and writes
END $$;
`,
  },
  ignores: {
    "some rows": `${before}DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN note text;
  UPDATE orders SET note = state WHERE id < 10;
END $$;
`,
  },
});

/** One place is one finding, however many tables the block takes there. */
rule(indexMethodMismatch, {
  reports: {
    "a loop over tables": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY, tags text[]);
CREATE TABLE b (id bigserial PRIMARY KEY, tags text[]);
CREATE TABLE c (id bigserial PRIMARY KEY, tags text[]);
CREATE TABLE d (id bigserial PRIMARY KEY, tags text[]);
CREATE TABLE e (id bigserial PRIMARY KEY, tags text[]);
CREATE TABLE f (id bigserial PRIMARY KEY, tags text[]);
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['a', 'b', 'c', 'd', 'e'] LOOP
    EXECUTE format('CREATE INDEX %s_tags ON %I (tags)', t, t);
  --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a_tags is a B-tree on text[]: only a whole tags is found by it, not elements in it; 4 more alike
  END LOOP;
  CREATE INDEX f_tags ON f (tags);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ f_tags is a B-tree on text[]: only a whole tags is found by it, not elements in it
END $$;
`,
  },
  ignores: {
    "a loop that makes the right ones": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY, tags text[]);
CREATE TABLE b (id bigserial PRIMARY KEY, tags text[]);
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP
    EXECUTE format('CREATE INDEX %s_tags ON %I USING gin (tags)', t, t);
  END LOOP;
END $$;
`,
  },
});
