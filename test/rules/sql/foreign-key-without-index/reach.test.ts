import assert from "node:assert/strict";
import { partsOf } from "../../../../src/analysis/parts.ts";
import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { TestWorkspace } from "../../../harness/check.ts";

const SHOPS = "CREATE TABLE shops (id uuid PRIMARY KEY); CREATE TABLE desks (id uuid PRIMARY KEY);";
const CALLS = `${SHOPS} CREATE TABLE calls (
  id uuid PRIMARY KEY, shop_id uuid NOT NULL REFERENCES shops, desk_id uuid REFERENCES desks, code varchar(40), taken_at timestamptz);`;

const STATES = CALLS.replace("code varchar", "state varchar(20), code varchar");

/** A repository with a method for each of `methods`, and one that sends them all for `entry`. */
const java = (entry: string, ...methods: readonly string[]): Readonly<Record<string, string>> => ({
  "src/main/java/a/Call.java": `package a; import jakarta.persistence.*;
@Entity @Table(name = "calls") class Call { @Id UUID id; @Column(name = "shop_id") UUID shopId; @Column(name = "desk_id") UUID deskId; String code; String state; }`,
  "src/main/java/a/Calls.java": `package a; import java.util.*; import org.springframework.data.jpa.repository.JpaRepository;
interface Calls extends JpaRepository<Call, UUID> { ${methods.map((method) => `List<Call> ${method};`).join(" ")} }`,
  "src/main/java/a/Office.java": `package a; import java.util.*; import org.springframework.web.bind.annotation.*;
@RestController class Office { private Calls calls;
  ${entry} void show() { ${methods.map((method) => `calls.${method.replace(/UUID /g, "").replace(/String /g, "")};`).join(" ")} } }`,
});

describe("how loud a foreign key without an index is, by who looks rows up by it", () => {
  const said = async (sql: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex, missingIndexForQuery]);
    await workspace.put(Object.entries({ "db/migration/V1__init.sql": sql, ...more }));
    const keys = workspace
      .findings()
      .flatMap(partsOf)
      .sort((a, b) => a.span.start - b.span.start);
    return keys.map(({ severity, message }) => `${severity} ${message.replace(/^(?:calls\.)?(\S+ \w+).*/, "$1")}`);
  };

  it("is a warning where requests look rows up, and information where administrators do or nothing is known to", async () => {
    const key = "findByShopId(UUID id)";
    const desk = "hint desk_id references";
    assert.deepEqual(await said(CALLS, java('@GetMapping("/calls")', key)), ["warning shop_id references", desk]);
    assert.deepEqual(await said(CALLS, java('@GetMapping("/admin/calls")', key)), ["information shop_id references", desk]);
    assert.deepEqual(await said(CALLS, java("", key)), ["information shop_id references", desk]);
  });

  it("is a warning where the table is known to be large", async () => {
    const large = { "performance.yaml": "version: 1\ndatabase:\n  tables:\n    calls: { rows: 4000000 }\n" };
    const asked = java('@GetMapping("/admin/calls")', "findByShopId(UUID id)");
    assert.deepEqual((await said(CALLS, { ...asked, ...large }))[0], "warning shop_id references");
  });

  // alf.io keeps settings of events and of what else is sold in one table, with a unique index for each.
  it("is left out of what a partial index finds, since the values that a lookup gives are none of those left out", async () => {
    const both = java('@GetMapping("/calls")', "findByShopIdAndDeskId(UUID shop, UUID desk)");
    const index = (keys: string, rows: string) => `${CALLS} CREATE UNIQUE INDEX by_desk ON calls (${keys}) WHERE ${rows};`;
    const held = ["hint shop_id references", "hint desk_id references"];
    assert.deepEqual(await said(index("shop_id, desk_id, code", "desk_id IS NOT NULL"), both), held);
    assert.deepEqual((await said(index("shop_id, desk_id, code", "code IS NOT NULL"), both))[0], "warning shop_id references");
  });

  it("is asked for where an index knows only what has few values, but for a constant that may have few rows", async () => {
    const index = (keys: string): string => `${STATES} CREATE INDEX by_state ON calls (${keys});`;
    const asked = java('@GetMapping("/calls")', "findByShopIdAndState(UUID shop, String state)");
    const desk = "hint desk_id references";
    assert.deepEqual(await said(index("state, taken_at"), asked), ["warning shop_id references", desk]);
    assert.deepEqual(await said(index("state, shop_id"), asked), ["hint shop_id references", desk]);
    const waiting = "@Query(\"select c from Call c where c.state = 'WAITING' and c.shopId = :id\") List<Call> waiting(UUID id);";
    const repository = "src/main/java/a/Calls.java";
    const constant = { ...asked, [repository]: (asked[repository] as string).replace(/List<Call> .*;/, waiting) };
    assert.deepEqual(await said(index("state, taken_at"), constant), ["hint shop_id references", desk]);
  });

  // linda-techy/wd_portal_api: rows that are kept after they were deleted.
  it("is left out of what a partial index finds that holds all rows of the entity", async () => {
    const asked = java('@GetMapping("/calls")', "findByShopId(UUID id)");
    const call = asked["src/main/java/a/Call.java"] ?? "";
    const restricted = { ...asked, "src/main/java/a/Call.java": call.replace("@Entity", '@SQLRestriction("code IS NULL") @Entity') };
    const index = (rows: string): string => `${CALLS} CREATE INDEX open_calls ON calls (shop_id) WHERE (${rows});`;
    const held = ["hint shop_id references", "hint desk_id references"];
    assert.deepEqual(await said(index("code is null"), restricted), held);
    assert.deepEqual((await said(index("code is null"), asked))[0], "warning shop_id references");
    assert.deepEqual((await said(index("desk_id is null"), restricted))[0], "warning shop_id references");
  });

  it("is said of one of two keys that are always asked for together", async () => {
    const keys = async (sql: string, more: Readonly<Record<string, string>>): Promise<readonly string[]> =>
      (await said(sql, more)).filter((finding) => finding.endsWith("references"));
    const both = "findByShopIdAndDeskId(UUID shop, UUID desk)";
    assert.deepEqual(await keys(CALLS, java('@GetMapping("/calls")', both)), ["warning shop_id references", "hint desk_id references"]);
    const alone = java('@GetMapping("/calls")', both, "findByDeskId(UUID desk)");
    assert.deepEqual(await keys(CALLS, alone), ["hint shop_id references", "warning desk_id references"]);
    const each = java('@GetMapping("/calls")', both, "findByDeskId(UUID desk)", "findByShopId(UUID shop)");
    assert.deepEqual(await keys(CALLS, each), ["warning shop_id references", "warning desk_id references"]);
  });

  it("is said once, of the key, however loud", async () => {
    const asked = java('@GetMapping("/admin/calls")', "findByShopId(UUID id)");
    assert.equal((await said(CALLS, asked)).filter((finding) => finding.includes("shop_id") || finding.includes("findBy")).length, 1);
  });

  it("names what a query wants behind the key, once of two keys, and neither for deletes nor for a state", async () => {
    const messages = async (...methods: readonly string[]): Promise<readonly string[]> => {
      const workspace = new TestWorkspace([foreignKeyWithoutIndex, missingIndexForQuery]);
      await workspace.put(Object.entries({ "db/migration/V1__init.sql": STATES, ...java('@GetMapping("/calls")', ...methods) }));
      return workspace.findings().map(({ message }) => message);
    };
    const [shop, desk] = ["calls.shop_id references shops", "calls.desk_id references desks"];
    const plain = [shop, desk].map((key) => `${key}, and no index starts with it`);
    const both = "findByShopIdAndDeskId(UUID shop, UUID desk)";
    assert.deepEqual(await messages(both), [`${shop} without an index; findByShopIdAndDeskId wants desk_id behind it`, plain[1]]);
    assert.deepEqual(await messages("findByShopIdAndState(UUID shop, String state)"), plain);
    assert.deepEqual(await messages("findByShopId(UUID shop)", "deleteByShopIdAndCode(UUID shop, String code)"), plain);
  });

  // Social-network's members of groups: joined to all groups, and looked up by whoever belongs to them.
  it("is told where a query stands that begins with the key and comes to the other one by a join", async () => {
    const query = '@Query(value = "select * from shops s join members m on s.id = m.shop_id where m.desk_id = :id", nativeQuery = true)';
    const members = `${SHOPS} CREATE TABLE members (shop_id uuid REFERENCES shops, desk_id uuid REFERENCES desks);`;
    const asked = java('@GetMapping("/calls")', "findMine(UUID id)");
    const calls = asked["src/main/java/a/Calls.java"]?.replace("List<Call> findMine", `${query} List<Call> findMine`) ?? "";
    const all = await said(`${CALLS} ${members.replace(SHOPS, "")}`, { ...asked, "src/main/java/a/Calls.java": calls });
    assert.deepEqual(
      all.filter((one) => /findMine|members\.desk_id/.test(one)),
      ["information findMine filters"],
    );
  });

  // nyay-setu's tokens: deleted by their user, and looked up by a method that nothing calls.
  it("speaks for queries where rows are deleted by the key", async () => {
    const asked = java('@PostMapping("/calls")', "deleteByShopId(UUID id)");
    const unused = "Optional<Call> findByShopIdAndCode(UUID id, String code);";
    const calls = asked["src/main/java/a/Calls.java"]?.replace("{ List<Call> delete", `{ ${unused} void delete`) ?? "";
    const keys = ["information shop_id references", "hint desk_id references"];
    assert.deepEqual(await said(CALLS, { ...asked, "src/main/java/a/Calls.java": calls }), keys);
  });
});
