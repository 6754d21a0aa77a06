import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changesSince, changesSinceDefaultBranch } from "../../src/project/gitChanges.ts";
import { migrationChanges } from "../../src/project/migrationChanges.ts";
import { hostPath } from "../../src/project/nodeHost.ts";
import { WorkspacePaths } from "../../src/project/workspacePaths.ts";
import { gitIn } from "../harness/git.ts";

describe("what git says of migrations", function () {
  this.timeout(60_000);
  let folder = "";
  const git = (...args: string[]) => gitIn(folder)(...args);
  const write = (file: string, text: string): void => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const asked = async (revision?: string): Promise<Readonly<Record<string, unknown>>> =>
    Object.fromEntries((await migrationChanges(new WorkspacePaths([hostPath(join(folder, "app"))]), revision)).changed);

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "performance-auditor-git-")));
    git("init", "-q", "-b", "main");
    write("app/db/V1__a.sql", "SELECT 1;\nSELECT 2;\n");
    write("app/notes.txt", "a\n");
    git("add", ".");
    git("commit", "-q", "-m", "one");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is what a branch has more than the default branch, committed or not, without what has happened there since", async () => {
    git("checkout", "-q", "-b", "work");
    write("app/db/V2__b.sql", "SELECT 3;\n");
    write("app/db/ünter wegs.sql", "SELECT 3;\n");
    git("add", ".");
    git("commit", "-q", "-m", "two");
    write("app/db/V3__c.sql", "SELECT 4;\n");
    write("app/db/V1__a.sql", "SELECT 1;\nSELECT 20;\n");
    write("app/notes.txt", "b\n");
    git("checkout", "-q", "main", "--", "app/notes.txt");
    assert.deepEqual(await asked(), {
      "db/V1__a.sql": [{ first: 2, last: 2 }],
      "db/V2__b.sql": "new",
      "db/V3__c.sql": "new",
      "db/ünter wegs.sql": "new",
    });
  });

  it("is about change logs and migrations in Java, too, and about no other classes", async () => {
    git("checkout", "-q", "-b", "work");
    write("app/changelog/001.xml", "<databaseChangeLog/>\n");
    write("app/changelog/002.yaml", "databaseChangeLog:\n");
    write("app/changelog/003.yml", "databaseChangeLog:\n");
    write("app/changelog/004.json", "{}\n");
    write("app/db/V2__Fill.java", "class V2__Fill {}\n");
    write("app/db/R__Views.java", "class R__Views {}\n");
    write("app/Shop.java", "class Shop {}\n");
    assert.deepEqual(await asked(), {
      "changelog/001.xml": "new",
      "changelog/002.yaml": "new",
      "changelog/003.yml": "new",
      "changelog/004.json": "new",
      "db/V2__Fill.java": "new",
      "db/R__Views.java": "new",
    });
  });

  it("is what has not been committed on the default branch itself, or since a revision", async () => {
    assert.deepEqual(await asked(), {});
    write("app/db/V2__b.sql", "SELECT 3;\n");
    assert.deepEqual(await asked(), { "db/V2__b.sql": "new" });
    git("add", ".");
    git("commit", "-q", "-m", "two");
    assert.deepEqual(await asked(), {});
    assert.deepEqual(await asked("HEAD~1"), { "db/V2__b.sql": "new" });
  });

  it("is a whole migration where one got another version, since it runs as a new one", async () => {
    git("checkout", "-q", "-b", "work");
    git("mv", "app/db/V1__a.sql", "app/db/V2__a.sql");
    assert.deepEqual(await asked(), { "db/V2__a.sql": "new" });
    assert.deepEqual(await asked("main"), { "db/V2__a.sql": "new" });
  });

  it("is nothing outside of repositories and without such a branch, and says when there is no such revision", async () => {
    git("branch", "-q", "-m", "other");
    assert.equal(await changesSinceDefaultBranch(folder, []), undefined);
    assert.deepEqual((await migrationChanges(new WorkspacePaths([hostPath(folder)]), undefined)).silent, [hostPath(folder)]);
    assert.deepEqual(await changesSince(folder, "nowhere", { followRenames: true }), { problem: "no revision" });
    assert.deepEqual((await migrationChanges(new WorkspacePaths([hostPath(folder)]), "nowhere")).unknown, [hostPath(folder)]);
    rmSync(join(folder, ".git"), { recursive: true });
    assert.deepEqual(await changesSince(folder, "HEAD", { followRenames: true }), { problem: "no repository" });
  });
});
