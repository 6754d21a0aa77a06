import assert from "node:assert/strict";
import { parentOf, WorkspacePaths } from "../../src/project/workspacePaths.ts";

describe("workspace paths", () => {
  it("are relative to the only root", () => {
    const paths = new WorkspacePaths(["/w/app/"]);
    assert.deepEqual(
      [paths.keyOf("/w/app/a/B.java"), paths.keyOf("/w/application/B.java"), paths.keyOf("/w")],
      ["a/B.java", undefined, undefined],
    );
    assert.equal(paths.pathOf("a/B.java"), "/w/app/a/B.java");
  });

  it("start with the name of the root when there are several, doubles numbered", () => {
    const paths = new WorkspacePaths(["/y/app", "/x/app", "/x/web", "/x/app"]);
    for (const [path, key] of [
      ["/x/app/A.java", "app/A.java"],
      ["/y/app/A.java", "app-2/A.java"],
      ["/x/web/a.dart", "web/a.dart"],
    ] as const)
      assert.deepEqual([paths.keyOf(path), paths.pathOf(key)], [key, path]);
    assert.equal(paths.pathOf("other/A.java"), undefined);
  });

  it("know Windows", () => {
    const paths = new WorkspacePaths(["C:/work/app"]);
    assert.deepEqual([paths.keyOf("C:/work/app/a.sql"), paths.pathOf("a.sql")], ["a.sql", "C:/work/app/a.sql"]);
    assert.deepEqual([parentOf("C:/work"), parentOf("C:/"), parentOf("/a"), parentOf("/")], ["C:/", undefined, "/", undefined]);
  });

  it("name what lies outside of all roots, and find it again", () => {
    const one = new WorkspacePaths(["/r/w/app"]);
    for (const [path, key] of [
      ["/r/performance.yaml", "../../performance.yaml"],
      ["/r/w/other/x.yaml", "../other/x.yaml"],
      ["/ci/strict.yaml", "../../../ci/strict.yaml"],
    ] as const)
      assert.deepEqual([one.outsideKeyOf(path), one.pathOf(key)], [key, path]);
    const two = new WorkspacePaths(["/a", "/b"]);
    assert.deepEqual([two.outsideKeyOf("/ci/strict.yaml"), two.pathOf("/ci/strict.yaml")], ["/ci/strict.yaml", "/ci/strict.yaml"]);
  });

  it("know a root that is the top of the file system", () => {
    const paths = new WorkspacePaths(["/"]);
    assert.deepEqual([paths.keyOf("/a/B.java"), paths.pathOf("a/B.java")], ["a/B.java", "/a/B.java"]);
  });
});
