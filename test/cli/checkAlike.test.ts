import assert from "node:assert/strict";
import { parseFixture } from "../harness/fixture.ts";
import { pomIn } from "../rules/config/builds.ts";
import { inFolder } from "./shell.ts";

const settings = (service: string): string => `${service}/src/main/resources/application.yml`;
const service = (name: string): string => `${pomIn(name, "spring-boot-starter-web", "spring-boot-starter-data-jpa")}
//- ${settings(name)}
server.port: 80
`;

const pages = (name: string): string => `//- src/shop/${name}Controller.java
package shop;
import org.springframework.data.domain.PageRequest;
@RestController
class ${name}Controller {
  private final ${name}Repository rows;
  @GetMapping("/${name}") Object list(@RequestParam int page, @RequestParam int size) { return rows.findAll(PageRequest.of(page, size)); }
}
//- src/shop/${name}Repository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface ${name}Repository extends JpaRepository<${name}, Long> {}
`;

describe("check of a habit of a project", () => {
  it("lists it once, with the other places, and what is asked for alone", () =>
    inFolder(`${pages("Order")}${pages("Guest")}${pages("Room")}`, async (folder) => {
      const rooms = "src/shop/RoomController.java";
      for (const asked of [".", rooms]) {
        const { findings } = await folder.check(asked, "--rule", "java/page-size-unbounded");
        assert.equal(findings.length, 1, asked);
        assert.equal(findings[0]?.file, asked === rooms ? rooms : "src/shop/GuestController.java");
        assert.match(findings[0]?.message ?? "", /reads pages of any size; 2 more alike$/);
        assert.equal(findings[0]?.alike?.length, 2);
        assert.match(findings[0]?.fixes[0]?.title ?? "", /, and alike in 2 more places$/);
      }
    }));
});

describe("check of what several services lack alike", () => {
  it("tells of it whichever of the services is asked for", () =>
    inFolder(`${service("billing")}${service("orders")}`, async (folder) => {
      for (const asked of [".", settings("billing"), settings("orders")]) {
        const { findings } = await folder.check(asked, "--rule", "config/open-in-view");
        assert.deepEqual(
          findings.map(({ file, alike = [] }) => [file, ...alike.map((other) => other.file)]),
          [asked === settings("orders") ? [asked, settings("billing")] : [settings("billing"), settings("orders")]],
          asked,
        );
      }
      assert.deepEqual((await folder.check("orders/pom.xml", "--rule", "config/open-in-view")).findings, []);
    }));

  it("names each of them for the baseline, which silences no service that comes later", () =>
    inFolder(`${service("billing")}${service("orders")}`, async (folder) => {
      const before = await folder.check(".", "--rule", "config/open-in-view");
      const known = before.findings.flatMap(({ file, rule, fingerprint, alike = [] }) =>
        [{ file, fingerprint }, ...alike].map((one) => ({ file: one.file, rule, fingerprint: one.fingerprint })),
      );
      assert.equal(new Set(known.map(({ fingerprint }) => fingerprint)).size, 2);
      folder.write("performance.yaml", "version: 1\nbaseline: known.json\n");
      folder.write("known.json", JSON.stringify({ version: 1, findings: known }));
      assert.deepEqual((await folder.check(".", "--rule", "config/open-in-view")).findings, []);
      for (const [file, text] of parseFixture(service("stock")).files) folder.write(file, text);
      const [added, ...others] = (await folder.check(".", "--rule", "config/open-in-view")).findings;
      assert.deepEqual(others, []);
      assert.equal(added?.file, settings("stock"));
      assert.doesNotMatch(added?.message ?? "more", /more/);
      folder.write("known.json", JSON.stringify({ version: 1, findings: known.slice(0, 1) }));
      const [rest] = (await folder.check(".", "--rule", "config/open-in-view")).findings;
      assert.deepEqual([rest?.file, ...(rest?.alike ?? []).map(({ file }) => file)], [settings("orders"), settings("stock")]);
      assert.match(rest?.message ?? "", /; 1 more alike$/);
      assert.match(rest?.fixes[0]?.title ?? "", /, and alike in 1 more place$/);
    }));
});

describe("check of what a script lacks in several places", () => {
  const script = (...keys: readonly string[]): string => `CREATE TABLE shops (id uuid PRIMARY KEY);
CREATE TABLE calls (
  id uuid PRIMARY KEY,
${keys.map((key) => `  ${key} uuid REFERENCES shops`).join(",\n")}
);
`;

  it("names each of them for the baseline, which silences no place that comes later", () =>
    inFolder(`//- db/schema.sql\n${script("a_id", "b_id")}`, async (folder) => {
      const check = async () => (await folder.check(".", "--rule", "sql/foreign-key-without-index")).findings;
      const [found] = await check();
      assert.match(found?.message ?? "", /^calls\.a_id .*; 1 more alike$/);
      const places = found === undefined ? [] : [found, ...(found.alike ?? [])];
      assert.deepEqual(
        places.map(({ line }) => line),
        [4, 5],
      );
      assert.equal(new Set(places.map(({ fingerprint }) => fingerprint)).size, 2);
      folder.write("performance.yaml", "version: 1\nbaseline: known.json\n");
      const known = places.map(({ file, fingerprint }) => ({ rule: "sql/foreign-key-without-index", file, fingerprint }));
      folder.write("known.json", JSON.stringify({ version: 1, findings: known }));
      assert.deepEqual(await check(), []);
      folder.write("db/schema.sql", script("c_id", "a_id", "b_id"));
      const [more, ...others] = await check();
      assert.deepEqual(others, []);
      assert.match(more?.message ?? "", /^calls\.c_id .*; 2 more alike$/);
    }));
});
