import assert from "node:assert/strict";
import { redundantIndex } from "../../../src/rules/sql/redundant-index.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { pomIn } from "../config/builds.ts";

// bekalpaslan/chain: left over from before Flyway.
it("sql/redundant-index leaves a schema.sql alone that Spring Boot does not run", async () => {
  const found = async (settings: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([redundantIndex]);
    const files = `
${pomIn("shop", "spring-boot-starter-data-jpa", "flyway-core", "postgresql")}
//- shop/src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
${settings}
//- shop/src/main/resources/db/migration/V1__guests.sql
CREATE TABLE guests (id bigint PRIMARY KEY, name text NOT NULL);
//- shop/src/main/resources/schema.sql
CREATE TABLE tickets (id bigint PRIMARY KEY, code text UNIQUE);
CREATE INDEX tickets_code ON tickets (code);
`;
    await workspace.put(parseFixture(files).files);
    return workspace.findings().map(({ file }) => file);
  };
  assert.deepEqual(await found(""), []);
  assert.deepEqual(await found("spring.sql.init.mode=embedded"), []);
  assert.deepEqual(await found("spring.sql.init.mode=always"), ["shop/src/main/resources/schema.sql"]);
});
