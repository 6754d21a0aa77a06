import { policyCallPerRow } from "../../../src/rules/sql/policy-call-per-row.ts";
import { rule } from "../../harness/rule.ts";

const TABLES = `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint PRIMARY KEY, tenant int NOT NULL);
CREATE TABLE items (id bigint PRIMARY KEY, tenant int NOT NULL);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
`;

rule(policyCallPerRow, {
  reports: {
    "a setting that is read for each row": `${TABLES}
//- db/migration/V2__policies.sql
CREATE POLICY own_orders ON orders USING (tenant = current_setting('app.tenant')::int);
                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 own_orders calls current_setting('app.tenant') for each row of orders
`,
    "several policies that call the same, one of them altered": `${TABLES}
//- db/migration/V2__policies.sql
CREATE POLICY own_orders ON orders FOR ALL USING (tenant = current_setting('app.tenant')::int) WITH CHECK (tenant = current_setting('app.tenant')::int);
                                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 own_orders and 1 more call current_setting('app.tenant') for each row
CREATE POLICY own_items ON items USING (true);
//- db/migration/V3__items.sql
ALTER POLICY own_items ON items USING (tenant = current_setting('app.tenant')::int);
`,
    "a function of the schema's own": `${TABLES}
//- db/migration/V2__policies.sql
CREATE FUNCTION current_tenant() RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN current_setting('app.tenant')::int; END $$;
CREATE POLICY own_orders ON orders USING (tenant = current_tenant());
                                                 //^^^^^^^^^^^^^^^^ 💡 own_orders calls current_tenant() for each row of orders
`,
    "the outermost of two calls": `${TABLES}
//- db/migration/V2__policies.sql
CREATE POLICY own_orders ON orders USING (tenant::text = ANY (string_to_array(current_setting('app.tenants'), ',')));
                                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "a call in a subquery": `${TABLES}
//- db/migration/V2__policies.sql
CREATE POLICY own_orders ON orders USING (tenant = (SELECT current_setting('app.tenant')::int));
`,
    "a function that asks about the row": `${TABLES}
//- db/migration/V2__policies.sql
CREATE FUNCTION may_see(int) RETURNS boolean LANGUAGE sql AS $$ SELECT $1 = 1 $$;
CREATE POLICY own_orders ON orders USING (may_see(tenant));
`,
    "policies that are gone, that are altered, that do not count, and a table that stays small": `${TABLES}
CREATE TABLE modes (code text PRIMARY KEY CHECK (code IN ('on', 'off')));
ALTER TABLE modes ENABLE ROW LEVEL SECURITY;
CREATE TABLE notes (id bigint PRIMARY KEY, tenant int NOT NULL);
//- db/migration/V2__policies.sql
CREATE POLICY own_orders ON orders USING (tenant = current_setting('app.tenant')::int);
CREATE POLICY own_items ON items USING (tenant = current_setting('app.tenant')::int);
CREATE POLICY own_notes ON notes USING (tenant = current_setting('app.tenant')::int);
CREATE POLICY all_modes ON modes USING (current_setting('app.tenant') <> '');
//- db/migration/V3__again.sql
DROP POLICY own_orders ON orders;
ALTER POLICY own_items ON items USING (tenant = (SELECT current_setting('app.tenant')::int));
`,
    "tables whose policies are switched off again": `${TABLES}
//- db/migration/V2__policies.sql
CREATE POLICY own_orders ON orders USING (tenant = current_setting('app.tenant')::int);
//- db/migration/V3__off.sql
ALTER TABLE orders DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
`,
  },
  fixes: {
    "several policies that call the same, one of them altered": `
//- db/migration/V4__ask_once_in_policies.sql
ALTER POLICY own_orders ON orders USING (tenant = (SELECT current_setting('app.tenant'))::int) WITH CHECK (tenant = (SELECT current_setting('app.tenant'))::int);
ALTER POLICY own_items ON items USING (tenant = (SELECT current_setting('app.tenant'))::int);
`,
  },
  applied: {
    "several policies that call the same, one of them altered": {
      difference: [],
      same: "SELECT polname, polrelid::regclass FROM pg_policy ORDER BY polname",
    },
  },
});
