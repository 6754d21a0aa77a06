import assert from "node:assert/strict";
import { advise } from "../../src/planner/advice/advice.ts";
import { advisedQuery } from "../../src/planner/advice/advisedQuery.ts";
import { namesForPlaceholders } from "../../src/planner/placeholders.ts";
import { storedQueries } from "../../src/planner/storedQueries.ts";
import { isUnavailable, WhatIf } from "../../src/planner/whatIf.ts";
import { plannerOfSuite, schemaOf } from "./planners.ts";
import { statistics } from "./ticketTables.ts";

const DEPOT = `\${Depot-S}`;

// WebAPI of OHDSI: every table stands in a schema that only Flyway knows, and no query was planned.
const TABLES = `CREATE SEQUENCE ${DEPOT}.parcel_seq;
CREATE TABLE ${DEPOT}.parcels (id bigint PRIMARY KEY DEFAULT nextval('${DEPOT}.parcel_seq'), owner_id bigint NOT NULL, state text);
CREATE FUNCTION ${DEPOT}.forget(p_owner bigint) RETURNS void LANGUAGE sql AS $$ DELETE FROM ${DEPOT}.parcels WHERE owner_id = p_owner $$;
`;

describe("placeholders of Flyway", function () {
  this.timeout(60_000);
  const suite = plannerOfSuite();

  it("are some name to the planner, as long as they are", () => {
    assert.equal(
      namesForPlaceholders(`SELECT 1 FROM ${DEPOT}.a, "${DEPOT}".b WHERE $1 = 2`),
      'SELECT 1 FROM p_depot_s_.a, "p_depot_s_".b WHERE $1 = 2',
    );
  });

  it("stay what they are in the index that is advised", async () => {
    const schema = await schemaOf(TABLES);
    const query = advisedQuery("Parcels.byOwner", `SELECT * FROM ${DEPOT}.parcels WHERE owner_id = $1`, schema, suite.parser);
    assert.ok(!("why" in query), JSON.stringify(query));
    const advice = await advise(new WhatIf(suite.planner, schema, statistics(schema, false)), [query]);
    assert.ok(!isUnavailable(advice), JSON.stringify(advice));
    assert.deepEqual(
      advice.indexes.map(({ sql }) => sql),
      [`CREATE INDEX idx_parcels_owner_id ON ${DEPOT}.parcels (owner_id);`],
    );
  });

  it("do not hide the queries of a function", async () => {
    const schema = await schemaOf(TABLES);
    const file = "src/main/resources/db/migration/V1__all.sql";
    assert.deepEqual(
      storedQueries(schema, (one) => (one === file ? TABLES : undefined), suite.parser).map(({ name }) => name),
      ["forget()"],
    );
  });
});
