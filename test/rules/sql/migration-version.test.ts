import assert from "node:assert/strict";
import { migrationVersion } from "../../../src/rules/sql/migration-version.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const pom = (...artifacts: readonly string[]): string => `
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version>
<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.4.1</version></parent>
<dependencies>${artifacts.map((name) => `<dependency><groupId>g</groupId><artifactId>${name}</artifactId></dependency>`).join("")}</dependencies>
</project>`;
const TWO = `
//- tool/V1__a.sql
CREATE TABLE a (id int);
//- tool/V1__b.sql
CREATE TABLE b (id int);
`;

rule(migrationVersion, {
  reports: {
    "two files of one version": `
//- db/migration/V1__init.sql
CREATE TABLE a (id int);
//- db/migration/V1__other.sql
  CREATE TABLE b (id int);
--^^^^^^^^^^^^^^^^^^^^^^^ Version 1 belongs to V1__init.sql too
`,
    "one version spelled in two ways": `
//- db/migration/V1.1__a.sql
CREATE TABLE a (id int);
//- db/migration/sub/V1_1.0__b.sql
  CREATE TABLE b (id int);
--^^^^^^^^^^^^^^^^^^^^^^^ Version 1_1.0 belongs to V1.1__a.sql too
`,
    "a script and a class of one version": `
//- app/src/main/java/db/migration/V2__Compute.java
package db.migration;
public class V2__Compute extends BaseJavaMigration {}
//- app/src/main/resources/db/migration/V1__a.sql
CREATE TABLE a (id int);
//- app/src/main/resources/db/migration/V2__b.sql
  CREATE TABLE b (id int);
--^^^^^^^^^^^^^^^^^^^^^^^ Version 2 belongs to V2__Compute.java too
`,
    "a number that is missing": `
//- db/migration/V1__a.sql
CREATE TABLE a (id int);
//- db/migration/V3__c.sql
  CREATE TABLE c (id int);
--^^^^^^^^^^^^^^^^^^^^^^^ Version 2 is missing between V1__a.sql and this migration
`,
    "a migration that has run and is not what it was": `
//- db/migration/V1__a.sql (new from line 2)
CREATE TABLE a (id int);
  CREATE INDEX i ON a (id);
--^^^^^^^^^^^^^^^^^^^^^^^^ Version 1 has other text here than where it has run: its checksum differs
`,
  },
  ignores: {
    // corona-warn-app's server counts with holes, twelve of them.
    "numbers that are left out time and again": `
//- db/migration/V1__a.sql
CREATE TABLE a (id int);
//- db/migration/V3__b.sql
CREATE TABLE b (id int);
//- db/migration/V5__c.sql
CREATE TABLE c (id int);
//- db/migration/V8__d.sql
CREATE TABLE d (id int);
`,
    // ministryofjustice/hmpps-manage-adjudications-api: 46 of 130, years ago
    "a number that is missing far behind the last": Array.from({ length: 23 }, (_, i) => i + 1)
      .filter((version) => version !== 2)
      .map((version) => `\n//- db/migration/V${version}__t.sql\nCREATE TABLE t${version} (id int);`)
      .join(""),
    // ehrbase runs Flyway for two schemas, Spring Modulith for each module.
    "folders that count for themselves": `
//- db/migration/orders/V1__init.sql
CREATE TABLE a (id int);
//- db/migration/orders/V2__more.sql
CREATE TABLE b (id int);
//- db/migration/users/V1__init.sql
CREATE TABLE c (id int);
`,
    "a new migration, a repeatable one that is edited, and one behind the version that has run": `
//- performance.yaml
version: 1
migrations: { applied: 1 }
//- db/migration/V1__a.sql
CREATE TABLE a (id int);
//- db/migration/V2__b.sql (new from line 1)
CREATE TABLE b (id int);
//- db/migration/V3__c.sql (new)
CREATE TABLE c (id int);
//- db/migration/R__views.sql (new from line 1)
CREATE VIEW v AS SELECT 1 AS x;
`,
    "numbers in a row, repeatable and undo migrations": `
//- db/migration/V1__a.sql
CREATE TABLE a (id int);
//- db/migration/U1__a.sql
DROP TABLE a;
//- db/migration/V2__b.sql
CREATE TABLE b (id int);
//- db/migration/R__views.sql
CREATE VIEW v AS SELECT 1 AS x;
`,
    "one version in two vendors' folders": `
//- db/migration/postgresql/V1__a.sql
CREATE TABLE a (id int);
//- db/migration/mysql/V1__a.sql
CREATE TABLE a (id int);
`,
    "dotted versions and dates, which leave holes": `
//- a/db/migration/V1.0__a.sql
CREATE TABLE a (id int);
//- a/db/migration/V1.5__b.sql
CREATE TABLE b (id int);
//- b/db/migration/V20240101__a.sql
CREATE TABLE a (id int);
//- b/db/migration/V20240103__b.sql
CREATE TABLE b (id int);
`,
    // mojito V56
    "a number that a migration in Java has": `
//- app/src/main/resources/db/migration/V1__a.sql
CREATE TABLE a (id int);
//- app/src/main/java/db/migration/V2__Compute.java
package db.migration;
public class V2__Compute extends BaseJavaMigration {}
//- app/src/main/resources/db/migration/V3__c.sql
CREATE TABLE c (id int);
`,
    "a jump to a new range of numbers": `
//- db/migration/V9__a.sql
CREATE TABLE a (id int);
//- db/migration/V100__b.sql
CREATE TABLE b (id int);
`,
  },
});

describe("one version twice", () => {
  const said = async (build: string) => {
    const workspace = new TestWorkspace([migrationVersion]);
    await workspace.put(parseFixture(build + TWO).files);
    return workspace.findings().map(({ certainty, severity }) => `${certainty} ${severity}`);
  };

  it("is proven beside an application that has Flyway, by itself, and without Spring Boot", async () => {
    assert.deepEqual(await said(`\n//- app/pom.xml${pom("flyway-core")}`), ["proven warning"]);
    assert.deepEqual(await said(""), ["proven warning"]);
    assert.deepEqual(await said("\n//- lib/pom.xml\n<project><groupId>a</groupId><artifactId>b</artifactId></project>"), [
      "proven warning",
    ]);
  });

  // Abiess/storeBackend runs all files of a folder with psql, in the order of their names.
  it("is possible where no build has Flyway", async () => {
    assert.deepEqual(await said(`\n//- pom.xml${pom("postgresql")}`), ["possible hint"]);
  });
});
