import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Discovery } from "../../src/project/discovery.ts";
import { HostError } from "../../src/project/host.ts";
import { hostPath, nodeHost } from "../../src/project/nodeHost.ts";
import { memoryHost } from "./memoryHost.ts";

async function found(
  files: Readonly<Record<string, string>>,
  roots: readonly string[] = ["/w"],
  config?: string,
): Promise<readonly string[]> {
  const discovery = await Discovery.create({ host: memoryHost(files), roots, config });
  return (await discovery.all()).files.map(({ file }) => file);
}

/** Paths below /w with empty texts. */
const empty = (...paths: readonly string[]): Record<string, string> => Object.fromEntries(paths.map((path) => [`/w/${path}`, ""]));

describe("discovery", () => {
  it("finds the languages that are read, in order of their names", async () => {
    assert.deepEqual(
      await found(
        empty("src/main/java/B.java", "pom.xml", "README.md", "lib/a.dart", "db/V1__a.sql", "src/main/resources/application.yml", "A.java"),
      ),
      ["A.java", "db/V1__a.sql", "lib/a.dart", "pom.xml", "src/main/java/B.java", "src/main/resources/application.yml"],
    );
  });

  it("leaves out what is built, hidden, installed, tested, generated or somebody else's", async () => {
    assert.deepEqual(
      await found(
        empty(
          "target/A.java",
          "app/build/A.java",
          "app/bin/src/main/resources/application.yml",
          "bin/main/db/migration/V1__a.sql",
          ".dart_tool/a.dart",
          ".git/a.sql",
          "web/node_modules/x/A.java",
          "src/test/java/A.java",
          "src/integrationTest/java/A.java",
          "app/test/a_test.dart",
          "integration_test/a.dart",
          "lib/a.g.dart",
          "lib/a_test.dart",
          "lib/generated/l10n.dart",
          "generated/A.java",
          "vendor/A.java",
          "third_party/A.java",
        ),
      ),
      [],
    );
  });

  it("knows that packages may have these names too", async () => {
    const files = [
      "app/bin/migrate.sql",
      "bin/a.dart",
      "lib/src/testing/a.dart",
      "lib/vendor/a.dart",
      "src/main/java/shop/build/A.java",
      "src/main/java/shop/out/A.java",
      "src/main/java/shop/target/A.java",
      "src/main/java/shop/test/A.java",
      "src/main/java/shop/vendor/A.java",
    ];
    assert.deepEqual(await found(empty(...files)), files);
  });

  it("obeys .gitignore files, the inner ones over the outer ones", async () => {
    assert.deepEqual(
      await found({
        ...empty("a.sql", "keep/b.sql", "keep/c.sql", "x/local/d.sql", "local/e.sql", "f.sql"),
        "/w/.gitignore": "\ufeff*.sql\n!f.sql\n/local/\n",
        "/w/keep/.gitignore": "!b.sql\n",
        "/w/x/.gitignore": "!*.sql\n",
      }),
      ["f.sql", "keep/b.sql", "x/local/d.sql"],
    );
  });

  it("reads all of a folder that a module lets in, though the repository ignores every folder of its name", async () => {
    const port = "orders/src/main/java/port/out";
    assert.deepEqual(
      await found({
        ...empty(
          `${port}/A.java`,
          `${port}/stock/B.java`,
          `${port}/stock/local/C.java`,
          "orders/out/D.java",
          "bills/src/main/java/port/out/E.java",
        ),
        "/w/.gitignore": "out/\nlocal/\n",
        "/w/orders/.gitignore": "out/\n!**/src/main/**/out/\n",
      }),
      [`${port}/A.java`, `${port}/stock/B.java`],
    );
  });

  it("obeys the .gitignore files of the repository around a root, but never leaves out the root itself", async () => {
    const files = {
      "/w/.git/HEAD": "",
      "/w/.gitignore": "*.gen.sql\nignored/\n",
      "/w/app/a.sql": "",
      "/w/app/a.gen.sql": "",
      "/w/ignored/b.gen.sql": "",
    };
    assert.deepEqual(await found(files, ["/w/app"]), ["a.sql"]);
    assert.deepEqual(await found(files, ["/w/ignored"]), ["b.gen.sql"]);
    assert.deepEqual(await found({ ...files, "/w/ignored/deep/c.gen.sql": "" }, ["/w/ignored/deep"]), ["c.gen.sql"]);
  });

  it("obeys performance.yaml: ignore, tests, each for its folder", async () => {
    assert.deepEqual(
      await found({
        ...empty("tools/A.java", "src/test/java/A.java", "sub/tools/A.java", "sub/src/test/java/A.java", "sub/src/main/java/A.java"),
        "/w/performance.yaml": "version: 1\nignore: [/tools/]\n",
        "/w/sub/performance.yml": "version: 1\ntests: judge\nignore: [src/main]\n",
      }),
      ["performance.yaml", "sub/performance.yml", "sub/src/test/java/A.java", "sub/tools/A.java"],
    );
  });

  it("lets --config stand for all other configurations", async () => {
    const files = {
      ...empty("a/A.java", "b/B.java"),
      "/w/performance.yaml": "version: 1\nignore: [a/]\n",
      "/elsewhere/strict.yaml": "version: 1\nignore: [b/]\n",
    };
    assert.deepEqual(await found(files, ["/w"], "/elsewhere/strict.yaml"), ["../elsewhere/strict.yaml", "a/A.java"]);
    await assert.rejects(found(files, ["/w"], "/elsewhere/missing.yaml"), HostError);
  });

  it("reads the configuration above a root as a file of the workspace", async () => {
    const files = { "/r/.git/HEAD": "", "/r/performance.yaml": "version: 1\n", "/r/app/a.dart": "" };
    const discovery = await Discovery.create({ host: memoryHost(files), roots: ["/r/app"] });
    assert.deepEqual(
      (await discovery.all()).files.map(({ file, language }) => [file, language, discovery.paths.pathOf(file)]),
      [
        ["../performance.yaml", "project", "/r/performance.yaml"],
        ["a.dart", "dart", "/r/app/a.dart"],
      ],
    );
  });

  it("takes several roots for one system, and a root in another one once", async () => {
    const files = { "/a/app/A.java": "", "/b/app/B.java": "", "/b/app/sub/C.java": "", "/b/app/target/out/D.java": "" };
    assert.deepEqual(await found(files, ["/b/app", "/a/app", "/b/app/sub/", "/b/app/target/out"]), [
      "app-2/B.java",
      "app-2/sub/C.java",
      "app-2/target/out/D.java",
      "app/A.java",
    ]);
    assert.deepEqual(await found(files, ["/b/app", "/b/app/sub"]), ["B.java", "sub/C.java"]);
  });

  it("says what it could not read, and what is too large", async () => {
    const huge = " ".repeat(1024 * 1024 + 1);
    const host = memoryHost({ ...empty("secret/A.java", "B.java"), "/w/Huge.java": huge, "/w/rows.sql": huge }, ["/w/secret"]);
    const discovery = await Discovery.create({ host, roots: ["/w", "/gone"] });
    const { files, skipped } = await discovery.all();
    assert.deepEqual(
      files.map(({ file }) => file),
      ["w/B.java", "w/rows.sql"],
    );
    assert.deepEqual(skipped, [
      { file: "gone", why: "the folder could not be read: does not exist" },
      { file: "w/Huge.java", why: "larger than 1 MiB (1.0 MiB)" },
      { file: "w/secret", why: "the folder could not be read: permission denied" },
    ]);
  });

  it("finds one file the way it finds all", async () => {
    const files = {
      ...empty("src/main/java/A.java", "src/test/java/A.java", "target/A.java", "ignored/A.java", "notes.md", "sub/deep/B.java"),
      "/w/.gitignore": "ignored/\n",
      "/w/sub/performance.yaml": "version: 1\nignore: [deep/]\n",
    };
    const discovery = await Discovery.create({ host: memoryHost(files), roots: ["/w"] });
    const all = new Set((await discovery.all()).files.map(({ path }) => path));
    for (const path of [...Object.keys(files), "/w/Gone.java", "/elsewhere/A.java", "/w"])
      assert.equal((await discovery.find(path)) !== undefined, all.has(path), path);
  });

  it("stops when it is told to", async () => {
    const discovery = await Discovery.create({ host: memoryHost(empty("A.java")), roots: ["/w"] });
    await assert.rejects(discovery.all(AbortSignal.abort(new Error("enough"))), /enough/);
  });
});

describe("discovery on the disk", () => {
  let root = "";
  beforeEach(() => {
    root = hostPath(mkdtempSync(join(tmpdir(), "discovery-")));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const write = (path: string, text = ""): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  it("follows links to other places once, and none in a circle", async () => {
    write("w/a/A.java");
    write("other/B.java");
    write("other/deep/C.java");
    write("file/D.java");
    symlinkSync(join(root, "w"), join(root, "w/a/loop"), "dir");
    symlinkSync(root, join(root, "w/above"), "dir");
    symlinkSync(join(root, "other"), join(root, "w/link"), "dir");
    symlinkSync(join(root, "other/deep"), join(root, "w/zagain"), "dir");
    symlinkSync(join(root, "other"), join(root, "other/self"), "dir");
    symlinkSync(join(root, "file/D.java"), join(root, "w/D.java"));
    symlinkSync(join(root, "w/a/A.java"), join(root, "w/Twin.java"));
    symlinkSync(join(root, "gone"), join(root, "w/Gone.java"));
    const { files, skipped } = await (await Discovery.create({ host: nodeHost, roots: [`${root}/w`] })).all();
    assert.deepEqual(
      files.map(({ file }) => file),
      ["D.java", "a/A.java", "link/B.java", "link/deep/C.java"],
    );
    assert.ok(skipped.some(({ file, why }) => file === "above" && why.includes("holds it")));
  });

  it("reads what is there and says what is not", async () => {
    write("A.java", "class Ä {}");
    assert.equal(new TextDecoder().decode(await nodeHost.read(`${root}/A.java`)), "class Ä {}");
    assert.deepEqual(await nodeHost.stat(`${root}/A.java`), { kind: "file", bytes: 11 });
    assert.equal(await nodeHost.stat(`${root}/B.java`), undefined);
    await assert.rejects(nodeHost.read(`${root}/B.java`), (error: unknown) => error instanceof HostError && error.reason === "missing");
    await assert.rejects(nodeHost.list(`${root}/A.java`), HostError);
    await assert.rejects(nodeHost.read(root), HostError);
  });
});
