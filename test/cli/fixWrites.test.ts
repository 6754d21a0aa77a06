import assert from "node:assert/strict";
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { DiskTexts } from "../../src/cli/diskTexts.ts";
import { writeFixed } from "../../src/cli/writeFixed.ts";
import { Folder, inFolder } from "./shell.ts";
import { wordRules } from "./wordRules.ts";

const read = (folder: Folder, file: string) => readFileSync(join(folder.path, file), "utf8");

describe("what fix may not write", () => {
  it("leaves out every fix of a read-only file, and says so", () =>
    inFolder(
      "\n//- V1__first.sql\ncreate table slow_a (id int primary key);\n",
      async (folder) => {
        chmodSync(join(folder.path, "V1__first.sql"), 0o444);
        const { out, err } = await folder.run("fix");
        assert.equal(out, "Nothing to fix.\n");
        assert.match(err, /^left out: "Rename slow_a" \(sql\/slow-table\) in V1__first\.sql: V1__first\.sql is read-only$/m);
        assert.match(read(folder, "V1__first.sql"), /slow_a/);
      },
      wordRules,
    ));

  it("writes nothing outside of the project, whatever links lead there, and says so", () =>
    inFolder(
      "",
      (folder) =>
        inFolder("\n//- db/V1__real.sql\ncreate table slow_a (id int primary key);\n", async (elsewhere) => {
          symlinkSync(join(elsewhere.path, "db"), join(folder.path, "db"));
          symlinkSync(join(elsewhere.path, "db/V1__real.sql"), join(folder.path, "V2__link.sql"));
          const before = read(elsewhere, "db/V1__real.sql");
          const { out, err } = await folder.run("fix");
          assert.equal(out, "Nothing to fix.\n");
          assert.match(
            err,
            /^left out: "Rename slow_a" .* a symbolic link leads from V2__link\.sql out of the project, to \S+V1__real\.sql$/m,
          );
          assert.equal((await folder.run("fix", "--dry-run")).out, "");
          assert.equal(read(elsewhere, "db/V1__real.sql"), before);
          assert.deepEqual(readdirSync(join(elsewhere.path, "db")), ["V1__real.sql"]);
          assert.ok(lstatSync(join(folder.path, "V2__link.sql")).isSymbolicLink());
        }),
      wordRules,
    ));

  it("creates no file in a folder to which a link leads out of the project, and replaces no link that leads nowhere", () =>
    inFolder("", (folder) =>
      inFolder("", async (elsewhere) => {
        symlinkSync(elsewhere.path, join(folder.path, "db"));
        symlinkSync(join(folder.path, "gone"), join(folder.path, "V1__a.sql"));
        const texts = new DiskTexts((file) => join(folder.path, file), [folder.path]);
        assert.equal(texts.outside("db/deep/V1__a.sql"), join(realpathSync(elsewhere.path), "deep/V1__a.sql"));
        assert.equal(texts.write("db/V1__a.sql", undefined, "select 1;\n"), "a symbolic link leads out of the project");
        assert.equal(texts.write("V1__a.sql", undefined, "select 1;\n"), "something else is there");
        assert.deepEqual(readdirSync(elsewhere.path), []);
        assert.ok(lstatSync(join(folder.path, "V1__a.sql")).isSymbolicLink());
      }),
    ));

  it("writes no half of a fix", async () => {
    const folder = new Folder("\n//- A.java\nclass A {}\n//- B.java\nclass B {}\n//- C.java\nclass C {}\n");
    try {
      const texts = new DiskTexts((file) => join(folder.path, file), [folder.path]);
      const changed = ["A.java", "B.java", "C.java", "D.java"].map((file) => ({ file, before: texts.text(file), after: "// new\n" }));
      folder.write("B.java", "// somebody else\n");
      const fix = (...files: string[]) => ({ rule: "r", file: files[0] as string, title: "t", files });
      const unwritten = writeFixed(changed, [fix("A.java", "D.java"), fix("A.java", "B.java"), fix("C.java")], texts);
      assert.deepEqual(unwritten, [
        { file: "A.java", why: "it shares a fix with B.java" },
        { file: "B.java", why: "it has changed meanwhile" },
        { file: "D.java", why: "it shares a fix with A.java" },
      ]);
      assert.equal(read(folder, "A.java"), "class A {}\n");
      assert.equal(read(folder, "C.java"), "// new\n");
      assert.equal(existsSync(join(folder.path, "D.java")), false);
    } finally {
      folder.remove();
    }
  });

  it("does not write over a file that has changed meanwhile", async () => {
    const folder = new Folder("\n//- V1__a.sql\ncreate table slow_a (id int primary key);\n");
    try {
      const texts = new DiskTexts((file) => join(folder.path, file), [folder.path]);
      const before = texts.text("V1__a.sql");
      folder.write("V1__a.sql", "-- somebody else\n");
      assert.equal(texts.write("V1__a.sql", before, "create table a (id int);\n"), "it has changed meanwhile");
      assert.equal(read(folder, "V1__a.sql"), "-- somebody else\n");
      assert.equal(texts.write("V2__b.sql", undefined, "select 1;\n"), undefined);
      assert.equal(texts.write("V2__b.sql", undefined, "select 2;\n"), "it has changed meanwhile");
      assert.equal(read(folder, "V2__b.sql"), "select 1;\n");
    } finally {
      folder.remove();
    }
  });
});
