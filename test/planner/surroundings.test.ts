import assert from "node:assert/strict";
import { indexesOf } from "../../src/planner/plan.ts";
import { SchemaPlans } from "../../src/planner/schemaPlans.ts";
import { isUnavailable } from "../../src/planner/whatIf.ts";
import { modelOf } from "../harness/model.ts";
import { plannerOfSuite } from "./planners.ts";

const MIGRATION = `
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN broken AS nothing;
DROP TYPE IF EXISTS full_name;
CREATE TYPE full_name AS (first text, last text);
CREATE TYPE gone AS (x int);
DROP TYPE gone;
CREATE SEQUENCE ticket_version MINVALUE 5;
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint NOT NULL, count positive, odd broken, names full_name[]);
CREATE INDEX tickets_by_owner ON tickets (owner_id);
CREATE VIEW named AS SELECT t.id, t.owner_id, array(SELECT ROW('a', 'b')::full_name) AS all_names FROM tickets t;
`;

describe("what a schema has besides tables", function () {
  this.timeout(60_000);
  const suite = plannerOfSuite();

  it("types of its own, sequences and views are there for queries", async () => {
    const { plans } = await started("");
    const answers = await planned(plans, [
      "SELECT * FROM tickets WHERE count > 3",
      "DELETE FROM tickets WHERE id = 1 RETURNING nextval('ticket_version')",
      "SELECT * FROM named WHERE owner_id = 7",
      "SELECT ROW(1)::gone",
    ]);
    assert.deepEqual(
      answers.map((answer) => (answer.ok ? indexesOf(answer.plan) : answer.why)),
      [[], ["tickets_pkey"], ["tickets_by_owner"], 'type "gone" does not exist'],
    );
    const remarks = await plans.whatIf.remarks();
    assert.deepEqual(remarks, ["type broken is planned as text"]);
  });

  for (const [what, file, configuration] of [
    ["Flyway", "application.yml", "spring: { flyway: { default-schema: shop } }"],
    ["Flyway's list", "application.properties", "spring.flyway.schemas=shop,other\n"],
    ["Hibernate", "application.properties", "spring.jpa.properties.hibernate.default_schema=shop\n"],
    ["another migration", "db/migration/V2__more.sql", "ALTER TABLE shop.tickets ADD COLUMN IF NOT EXISTS owner_id bigint;\n"],
    ["the driver", "application.properties", "spring.datasource.url=jdbc:postgresql://db/x?currentSchema=shop\n"],
  ] as const) {
    it(`names without a schema lie where ${what} says`, async () => {
      const { plans } = await started(`//- src/main/resources/${file}\n${configuration}`);
      const [bare, named, other] = await planned(plans, [
        "SELECT * FROM tickets WHERE owner_id = 7",
        "SELECT * FROM shop.tickets WHERE owner_id = 7",
        "SELECT * FROM public.tickets WHERE owner_id = 7",
      ]);
      assert.ok(bare?.ok && named?.ok);
      assert.deepEqual(named.plan, bare.plan);
      assert.deepEqual(indexesOf(named.plan), ["tickets_by_owner"]);
      // A million rows are assumed, ten for each owner.
      assert.ok(named.plan.totalCost > 20, String(named.plan.totalCost));
      assert.deepEqual(other, { ok: false, why: 'relation "public.tickets" does not exist' });
    });
  }

  it("a schema that nobody names is none", async () => {
    const { plans } = await started("");
    const [answer] = await planned(plans, ["SELECT * FROM shop.tickets"]);
    assert.deepEqual(answer, { ok: false, why: 'relation "shop.tickets" does not exist' });
  });

  async function started(configuration: string): Promise<{ readonly plans: SchemaPlans }> {
    const file = "src/main/resources/db/migration/V1__all.sql";
    const model = await modelOf(`//- ${file}\n${MIGRATION}${configuration}`);
    const [schema] = model.schema.schemas();
    assert.ok(schema !== undefined);
    const textOf = (name: string) => (name === file ? MIGRATION : undefined);
    return { plans: new SchemaPlans(suite.planner, schema, { model, statistics: undefined, rates: new Map(), textOf }, "usual") };
  }

  async function planned(plans: SchemaPlans, queries: readonly string[]) {
    const answers = await plans.whatIf.plan(queries.map((sql) => ({ sql, with: [], without: [] })));
    assert.ok(!isUnavailable(answers), JSON.stringify(answers));
    return answers;
  }
});
