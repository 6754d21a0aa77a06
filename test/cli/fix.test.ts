import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Fix } from "../../src/rules/finding.ts";
import { countForExistence } from "../../src/rules/java/count-for-existence.ts";
import { type AnyRule, defineRule } from "../../src/rules/rule.ts";
import { insertAt, replace } from "../../src/text/edits.ts";
import { type Folder, inFolder } from "./shell.ts";
import { wordRules } from "./wordRules.ts";

const read = (folder: Folder, file: string) => readFileSync(join(folder.path, file), "utf8");

const NAMES = `
//- V1__first.sql
create table slow_a (id int primary key);
create table slow_b (id int primary key);
create table odd_c (id int primary key);
`;

/** A warning without a fix. */
const evenTable: AnyRule = defineRule({
  id: "sql/even-table",
  title: "A table named even_…",
  language: "sql",
  certainty: "proven",
  cost: "none",
  references: [],
  messages: { named: "{{name}} is a name like that" },
  check({ file, report }) {
    for (const change of file.sql.statements.flatMap(({ changes }) => changes))
      if (change.kind === "createTable" && change.table.name.startsWith("even_"))
        report({ at: change.at, message: "named", data: { name: change.table.name } });
  },
});

describe("fix", () => {
  it("applies every safe fix, several in one file, and no suggestion", () =>
    inFolder(
      NAMES,
      async (folder) => {
        const { exit, out } = await folder.run("fix");
        assert.equal(exit, 0, "only a hint remains");
        assert.equal(
          read(folder, "V1__first.sql"),
          "create table a (id int primary key);\ncreate table b (id int primary key);\ncreate table odd_c (id int primary key);\n",
        );
        assert.equal(out, "changed V1__first.sql: Rename slow_a; Rename slow_b\nFixed 2 findings:\n   2  sql/slow-table\n");
        assert.equal((await folder.run("fix")).out, "Nothing to fix.\n");
      },
      wordRules,
    ));

  it("applies suggestions when asked to, and single rules", () =>
    inFolder(
      NAMES,
      async (folder) => {
        await folder.run("fix", "--suggestions", "--rule", "sql/odd-table");
        assert.match(read(folder, "V1__first.sql"), /slow_a.*\n.*slow_b.*\n.* c /);
      },
      wordRules,
    ));

  it("shows with --dry-run what it would write, as a diff, and writes nothing", () =>
    inFolder(
      NAMES,
      async (folder) => {
        const before = read(folder, "V1__first.sql");
        const { out, exit } = await folder.run("fix", "--dry-run");
        assert.equal(exit, 0);
        assert.equal(
          out,
          [
            "--- a/V1__first.sql",
            "+++ b/V1__first.sql",
            "@@ -1,3 +1,3 @@",
            "-create table slow_a (id int primary key);",
            "-create table slow_b (id int primary key);",
            "+create table a (id int primary key);",
            "+create table b (id int primary key);",
            " create table odd_c (id int primary key);",
            "",
          ].join("\n"),
        );
        assert.equal(read(folder, "V1__first.sql"), before);
      },
      wordRules,
    ));

  it("keeps encoding, byte order mark, line ends and permissions", () =>
    inFolder(
      "",
      async (folder) => {
        folder.write("a/bom.sql", "\ufeffcreate table slow_a (id int);\r\n");
        folder.write("b/latin1.sql", Buffer.from("-- é\ncreate table slow_b (id int);\n", "latin1"));
        chmodSync(join(folder.path, "b/latin1.sql"), 0o640);
        folder.write("c/utf16.sql", Buffer.from("\ufeffcreate table slow_c (id int);\n", "utf16le"));
        assert.equal((await folder.run("fix")).exit, 0);
        assert.equal(read(folder, "a/bom.sql"), "\ufeffcreate table a (id int);\r\n");
        assert.deepEqual(readFileSync(join(folder.path, "b/latin1.sql")), Buffer.from("-- é\ncreate table b (id int);\n", "latin1"));
        assert.equal(statSync(join(folder.path, "b/latin1.sql")).mode & 0o777, 0o640);
        assert.equal(readFileSync(join(folder.path, "c/utf16.sql")).toString("utf16le"), "\ufeffcreate table c (id int);\n");
        assert.deepEqual(readdirSync(join(folder.path, "a")), ["bom.sql"], "nothing is left beside the files");
      },
      wordRules,
    ));

  it("creates files", () =>
    inFolder(
      "\n//- db/V1__a.sql\ncreate table slow_a (id int primary key);\n",
      async (folder) => {
        const { out } = await folder.run("fix");
        assert.equal(read(folder, "db/V2__next.sql"), "select 1;\n");
        assert.match(out, /^created db\/V2__next\.sql/m);
      },
      [
        fixing((file) => ({
          title: "Add",
          safe: true,
          edits: (sources) => [
            { kind: "create", file: "db/V2__next.sql", text: "select 1;\n" },
            { kind: "change", file, edits: [replace({ start: 0, end: sources.text(file)?.length ?? 0 }, "create table a (id int);\n")] },
          ],
        })),
      ],
    ));

  const useless: readonly (readonly [string, string, RegExp, (file: string) => Fix])[] = [
    ["adds syntax errors", "slow_a", /its result would have syntax errors/, (file) => inserting(file, 0, "create tabel nonsense ((;\n")],
    ["does not remove its finding", "slow_a", /it does not remove the finding/, (file) => inserting(file, 0, "-- here\n")],
    ["does not fit the text", "slow_a", /it does not fit the text/, () => ({ title: "Nothing", safe: true, edits: () => undefined })],
  ];
  for (const [name, tableName, why, make] of useless) {
    it(`leaves out a fix that ${name}, and says so`, () =>
      inFolder(
        `\n//- V1__a.sql\ncreate table ${tableName} (id int primary key);\n`,
        async (folder) => {
          const { exit, err, out } = await folder.run("fix");
          assert.equal(exit, 1);
          assert.match(err, why);
          assert.equal(out, "Nothing to fix.\n");
          assert.equal(read(folder, "V1__a.sql"), `create table ${tableName} (id int primary key);\n`);
        },
        [fixing(make)],
      ));
  }

  it("takes fixes that undo each other to an end", () =>
    inFolder(
      "\n//- V1__a.sql\ncreate table slow_a (id int primary key);\n",
      async (folder) => {
        const { exit } = await folder.run("fix");
        assert.notEqual(exit, 2);
        assert.match(read(folder, "V1__a.sql"), /^create table (slow|fast)_a \(id int primary key\);\n$/);
      },
      [swapping("sql/slow", "slow_a", "fast_a"), swapping("sql/fast", "fast_a", "slow_a")],
    ));

  it("exits as a check would, whose baseline knows what is left", () =>
    inFolder(
      "\n//- V1__a.sql\ncreate table even_a (id int primary key);\n",
      async (folder) => {
        assert.equal((await folder.run("fix")).exit, 1);
        const known = (await folder.check(".")).findings.map(({ file, rule, fingerprint }) => ({ file, rule, fingerprint }));
        folder.write("performance.yaml", "version: 1\nbaseline: known.json\n");
        folder.write("known.json", JSON.stringify({ version: 1, findings: known }));
        assert.equal((await folder.check(".")).exit, 0);
        assert.equal((await folder.run("fix")).exit, 0);
      },
      [evenTable],
    ));

  it("tells of tests that stub what is called no more", () =>
    inFolder(
      `
//- src/main/java/a/Badge.java
package a;
@Entity class Badge { @Id Long id; String code; }
//- src/main/java/a/BadgeRepository.java
package a;
interface BadgeRepository extends JpaRepository<Badge, Long> {
  List<Badge> findByCode(String code);
  boolean existsByCode(String code);
}
//- src/main/java/a/Badges.java
package a;
@RestController class Badges {
  private final BadgeRepository badges;
  @GetMapping("/badges") boolean has(@RequestParam String code) { return !badges.findByCode(code).isEmpty(); }
}
//- src/test/java/a/BadgesTest.java
package a;
import org.mockito.Mock;
class BadgesTest {
  @Mock BadgeRepository badges;
  void has() { when(badges.findByCode("a")).thenReturn(List.of()); }
  void hasNot() { when(badges.findByCode("b")).thenReturn(List.of()); }
}
`,
      async (folder) => {
        const note =
          "tests stub what is called less now: BadgeRepository.findByCode in src/test/java/a/BadgesTest.java:5 and 1 more place\n";
        const args = ["fix", "--suggestions", "--rule", "java/count-for-existence"];
        const shown = await folder.run(...args, "--dry-run");
        assert.equal(shown.err, note);
        assert.match(shown.out, /existsByCode/);
        assert.ok((await folder.run(...args)).out.endsWith(note));
        assert.equal((await folder.run(...args)).out, "Nothing to fix.\n");
      },
      [countForExistence],
    ));

  it("leaves tests that stub what is called no more as they are, for a hint", () =>
    inFolder(
      `
//- src/main/java/a/Badge.java
package a;
@Entity class Badge { @Id Long id; String code; }
//- src/main/java/a/BadgeRepository.java
package a;
interface BadgeRepository extends JpaRepository<Badge, Long> {
  Optional<Badge> findByCode(String code);
  boolean existsByCode(String code);
}
//- src/main/java/a/Badges.java
package a;
@Service class Badges {
  private final BadgeRepository badges;
  boolean has(String code) { return badges.findByCode(code).isPresent(); }
}
//- src/test/java/a/BadgesTest.java
package a;
import org.mockito.Mock;
class BadgesTest {
  @Mock BadgeRepository badges;
  void has() { when(badges.findByCode("a")).thenReturn(Optional.empty()); }
  void hasNot() { when(badges.findByCode("b")).thenReturn(Optional.empty()); }
}
`,
      async (folder) => {
        const { out, err } = await folder.run("fix", "--suggestions", "--rule", "java/count-for-existence");
        assert.equal(out, "Nothing to fix.\n");
        assert.match(
          err,
          /left out: "Ask existsByCode" .*: a test stubs BadgeRepository\.findByCode \(src\/test\/java\/a\/BadgesTest\.java:5\), and it is a hint/,
        );
      },
      [countForExistence],
    ));
});

describe("fix --verify", () => {
  /** tree-sitter takes any escape in a string. */
  const BROKEN = 'class A { String fast = "\\q"; }\n';

  it("parses Java results with a strict parser, which does not forgive", () =>
    inFolder(
      "\n//- A.java\nclass A { int slow = 0; }\n",
      async (folder) => {
        const { err } = await folder.run("fix", "--verify");
        assert.match(err, /java-parser does not accept the result/);
        assert.match(read(folder, "A.java"), /slow/);
      },
      [javaFixing(BROKEN)],
    ));

  it("writes what both parsers accept", () =>
    inFolder(
      "\n//- A.java\nclass A { int slow = 0; }\n",
      async (folder) => {
        assert.equal((await folder.run("fix", "--verify")).exit, 0);
        assert.equal(read(folder, "A.java"), "class A { int fast = 0; }\n");
        assert.ok(!existsSync(join(folder.path, "A.java.tmp")));
      },
      [javaFixing("class A { int fast = 0; }\n")],
    ));
});

function inserting(file: string, offset: number, text: string): Fix {
  return { title: "Insert", safe: true, edits: () => [{ kind: "change", file, edits: [insertAt(offset, text)] }] };
}

/** Reports tables named `slow_…`, with the fix given. */
function fixing(make: (file: string) => Fix): AnyRule {
  return tables("sql/slow", (name) => name.startsWith("slow_"), make);
}

function swapping(id: string, from: string, to: string): AnyRule {
  return tables(
    id,
    (name) => name === from,
    (file) => ({
      title: `To ${to}`,
      safe: true,
      edits: (sources) => {
        const start = sources.text(file)?.indexOf(from) ?? -1;
        return start < 0 ? undefined : [{ kind: "change", file, edits: [replace({ start, end: start + from.length }, to)] }];
      },
    }),
  );
}

function tables(id: string, wanted: (name: string) => boolean, make: (file: string) => Fix): AnyRule {
  return defineRule({
    id,
    title: id,
    language: "sql",
    certainty: "proven",
    cost: "none",
    references: [],
    messages: { named: "{{name}}" },
    check({ file, report }) {
      for (const change of file.sql.statements.flatMap(({ changes }) => changes)) {
        if (change.kind !== "createTable" || !wanted(change.table.name)) continue;
        report({ at: change.at, message: "named", data: { name: change.table.name }, fixes: [make(file.file)] });
      }
    },
  });
}

/** Reports fields named "slow"; its fix replaces the whole text. */
function javaFixing(result: string): AnyRule {
  return defineRule({
    id: "java/slow",
    title: "slow",
    language: "java",
    certainty: "proven",
    cost: "none",
    references: [],
    messages: { named: "slow" },
    check({ file, report }) {
      const slow = file.java.types.flatMap(({ fields }) => fields).find(({ name }) => name === "slow");
      if (slow === undefined) return;
      const edit = { kind: "change", file: file.file, edits: [replace({ start: 0, end: file.length }, result)] } as const;
      report({ at: slow.nameSpan, message: "named", fixes: [{ title: "Rewrite", safe: true, edits: () => [edit] }] });
    },
  });
}
