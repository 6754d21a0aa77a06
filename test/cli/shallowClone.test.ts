import assert from "node:assert/strict";
import { gitIn } from "../harness/git.ts";
import { TWO_TABLES, withWords } from "./twoTables.ts";

describe("check --since in a shallow clone", () => {
  it("says that the revision may not have been fetched", () =>
    withWords(TWO_TABLES, async (folder) => {
      const git = gitIn(folder.path);
      git("init", "-q");
      git("add", ".");
      git("commit", "-qm", "first");
      git("commit", "-q", "--allow-empty", "-m", "second");
      git("clone", "-q", "--depth", "1", `file://${folder.path}`, "part");
      const { exit, err } = await folder.run("check", "part", "--since", "HEAD~1");
      assert.equal(exit, 2);
      assert.match(err, /no revision HEAD~1 in .*part\. This is a shallow clone/);
      assert.doesNotMatch((await folder.run("check", "--since", "nowhere")).err, /shallow/);
    }));
});
