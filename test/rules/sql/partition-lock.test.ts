import { partitionLock } from "../../../src/rules/sql/partition-lock.ts";
import { rule } from "../../harness/rule.ts";

const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;

rule(partitionLock, {
  reports: {
    "a partition that is detached": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint, day timestamptz) PARTITION BY RANGE (day);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2025 (id bigint, day timestamptz);
${APPLIED}//- db/migration/V2__more.sql
ALTER TABLE orders DETACH PARTITION orders_2024;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 DETACH PARTITION orders_2024 blocks reads and writes of orders from when it waits for its lock
`,
    "a table with rows that is attached": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint, day timestamptz) PARTITION BY RANGE (day);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2025 (id bigint, day timestamptz);
${APPLIED}//- db/migration/V2__more.sql
ALTER TABLE orders ATTACH PARTITION orders_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ATTACH PARTITION blocks reads and writes of orders_2025 while every row is checked
`,
  },
  ignores: {
    concurrently: `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint, day timestamptz) PARTITION BY RANGE (day);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2025 (id bigint, day timestamptz);
${APPLIED}//- db/migration/V2__more.sql
ALTER TABLE orders DETACH PARTITION orders_2024 CONCURRENTLY;
`,
    "a new table, and one with a check": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint, day timestamptz) PARTITION BY RANGE (day);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2025 (id bigint, day timestamptz);
${APPLIED}//- db/migration/V2__more.sql
CREATE TABLE orders_2026 (id bigint, day timestamptz);
ALTER TABLE orders ATTACH PARTITION orders_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE orders_2025 ADD CONSTRAINT k CHECK (day >= '2025-01-01' AND day < '2026-01-01') NOT VALID;
ALTER TABLE orders_2025 VALIDATE CONSTRAINT k;
ALTER TABLE orders ATTACH PARTITION orders_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
`,
  },
  fixes: {
    "a partition that is detached": `
//- db/migration/V2__more.sql
ALTER TABLE orders DETACH PARTITION orders_2024 CONCURRENTLY;
//- db/migration/V2__more.sql.conf
executeInTransaction=false
`,
  },
  applied: {
    "a partition that is detached": {
      // PostgreSQL leaves what the bounds said as a check, so that attaching it again reads nothing.
      difference: [
        "+ constraint orders_2024.orders_2024_day_check CHECK (((day IS NOT NULL) AND (day >= '2024-01-01 00:00:00+00'::timestamp with time zone) AND (day < '2025-01-01 00:00:00+00'::timestamp with time zone)))",
      ],
    },
  },
});
