import { refreshWithoutUniqueIndex } from "../../../src/rules/sql/refresh-without-unique-index.ts";
import { rule } from "../../harness/rule.ts";

const VIEW = `
CREATE TABLE sales (id bigserial PRIMARY KEY, day date, amount numeric);
CREATE MATERIALIZED VIEW daily AS SELECT day, sum(amount) AS total FROM sales GROUP BY day;`;
const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
//- db/migration/V1__init.sql${VIEW}
`;

rule(refreshWithoutUniqueIndex, {
  reports: {
    "a new migration": `${APPLIED}
//- db/migration/V2__refresh.sql
  REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFRESH CONCURRENTLY fails: daily has no unique index on plain columns
CREATE UNIQUE INDEX idx_daily ON daily (day);
`,
    "a view that the same migration makes": `${APPLIED}
//- db/migration/V2__refresh.sql
CREATE MATERIALIZED VIEW monthly AS SELECT date_trunc('month', day) AS month, total FROM daily;
CREATE UNIQUE INDEX idx_monthly ON monthly ((month + interval '1 day'));
  REFRESH MATERIALIZED VIEW CONCURRENTLY monthly;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFRESH CONCURRENTLY fails: monthly has no unique index on plain columns
`,
    "functions and jobs": `
//- db/migration/V1__init.sql${VIEW}
CREATE UNIQUE INDEX idx_daily ON daily (day) WHERE total > 0;
CREATE OR REPLACE FUNCTION refresh_daily() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
  REFRESH MATERIALIZED VIEW CONCURRENTLY public."daily";
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFRESH CONCURRENTLY fails: daily has no unique index on plain columns
  EXECUTE 'REFRESH MATERIALIZED VIEW CONCURRENTLY ' || tg_argv[0];
END $$;
SELECT cron.schedule('daily', '0 3 * * *', 'REFRESH MATERIALIZED VIEW CONCURRENTLY daily');
                                          --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFRESH CONCURRENTLY fails: daily has no unique index on plain columns
`,
  },
  ignores: {
    "a unique index, with further columns": `${APPLIED}
//- db/migration/V2__refresh.sql
CREATE UNIQUE INDEX idx_daily ON daily (day) INCLUDE (total);
REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
`,
    "a migration that has run, and a refresh that blocks": `
//- db/migration/V1__init.sql${VIEW}
REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
CREATE FUNCTION refresh_daily() RETURNS void LANGUAGE sql AS $$ REFRESH MATERIALIZED VIEW daily $$;
`,
    "a function that a later migration replaces, and an index that one adds": `
//- db/migration/V1__init.sql${VIEW}
CREATE MATERIALIZED VIEW yearly AS SELECT 1 AS year;
CREATE FUNCTION refresh_daily() RETURNS void LANGUAGE sql AS $$ REFRESH MATERIALIZED VIEW CONCURRENTLY daily $$;
CREATE FUNCTION refresh_yearly() RETURNS void LANGUAGE sql AS $$ REFRESH MATERIALIZED VIEW CONCURRENTLY yearly $$;
//- db/migration/V2__more.sql
CREATE OR REPLACE FUNCTION refresh_daily() RETURNS void LANGUAGE sql AS $$ REFRESH MATERIALIZED VIEW daily $$;
CREATE UNIQUE INDEX idx_yearly ON yearly (year);
`,
    "a function that goes on after an error, one that looks for the index, and a view that nobody knows": `
//- db/migration/V1__init.sql${VIEW}
CREATE FUNCTION a() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
EXCEPTION WHEN OTHERS THEN
  REFRESH MATERIALIZED VIEW daily;
END $$;
CREATE FUNCTION b() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_indexes WHERE tablename = 'daily') THEN REFRESH MATERIALIZED VIEW CONCURRENTLY daily; END IF;
END $$;
CREATE FUNCTION c() RETURNS void LANGUAGE sql AS $$ REFRESH MATERIALIZED VIEW CONCURRENTLY weekly $$;
`,
  },
});
