import assert from "node:assert/strict";
import type { DartFile, FileFacts } from "../../../src/facts/fileFacts.ts";
import { ClientModel } from "../../../src/model/client/clientModel.ts";
import { ReadLog } from "../../../src/model/readLog.ts";
import { factsOf, TestWorkspace } from "../../harness/check.ts";

async function workspace(files: Readonly<Record<string, string>>): Promise<TestWorkspace> {
  const workspace = new TestWorkspace([]);
  await workspace.put(Object.entries(files));
  return workspace;
}

function dart(workspace: TestWorkspace, file: string): DartFile {
  const facts = workspace.workspace.get(file);
  assert.ok(facts?.language === "dart");
  return facts;
}

describe("the Dart classes of a workspace", () => {
  it("finds what a class is through the workspace", async () => {
    const w = await workspace({
      "lib/base.dart": "abstract class Base<T> extends State<T> {}\nmixin Keeps on Base {}",
      "lib/a.dart": "class _A extends Base<P> {}\nclass P extends ConsumerStatefulWidget {}\nclass N extends _$N {}\nclass Plain {}",
    });
    const { client } = w.workspace.model;
    const from = dart(w, "lib/a.dart");
    assert.deepEqual(
      ["_A", "Keeps", "P", "N", "Plain", "Nothing"].map((name) => client.kindOfName(name, from)),
      ["state", "state", "stateful", "riverpod", undefined, undefined],
    );
  });

  it("takes the nearest of two classes of one name, and a private one from its own file only", async () => {
    const w = await workspace({
      "one/lib/model.dart": "class Model {}\nclass _Hidden {}",
      "two/lib/model.dart": "class Model {}",
      "two/lib/page.dart": "class Page {}",
    });
    const { client } = w.workspace.model;
    assert.equal(client.classOf("Model", dart(w, "two/lib/page.dart"))?.file.file, "two/lib/model.dart");
    assert.equal(client.classOf("_Hidden", dart(w, "two/lib/page.dart")), undefined);
  });

  it("survives classes that extend each other", async () => {
    const w = await workspace({ "lib/a.dart": "class A extends B {}\nclass B extends A {}\nclass C extends C {}" });
    const { client } = w.workspace.model;
    const from = dart(w, "lib/a.dart");
    assert.equal(client.kindOfName("A", from), undefined);
    assert.equal(client.kindOfName("C", from), undefined);
    assert.equal(client.disposalOf("A", from), undefined);
  });

  it("names the keys that change: a body's, a signature's, a package's", async () => {
    const client = new ClientModel(new ReadLog());
    const texts = new Map<string, FileFacts>();
    const changed = async (file: string, text: string) => {
      const before = texts.get(file);
      const after = await factsOf(file, text);
      texts.set(file, after);
      return [...client.update([{ file, before, after }])].sort();
    };
    assert.deepEqual(await changed("lib/a.dart", "class A { int m() => 1; }"), ["dartBody:A", "dartClass:A"]);
    assert.deepEqual(await changed("lib/a.dart", "class A { int m() => 2; }"), ["dartBody:A"]);
    assert.deepEqual(await changed("lib/a.dart", "class A { num m() => 2; }"), ["dartBody:A", "dartClass:A"]);
    assert.deepEqual(await changed("lib/a.dart", "// text\nclass A { num m() => 2; }"), []);
    assert.deepEqual(await changed("pubspec.yaml", "name: a\nenvironment:\n  sdk: ^3.0.0\n"), ["pubspec:"]);
    assert.deepEqual(await changed("pubspec.yaml", "name: b\nenvironment:\n  sdk: ^3.0.0\n"), []);
    const from = texts.get("lib/a.dart");
    assert.ok(from?.language === "dart");
    assert.ok(client.dartAtLeast([3, 0], from) && client.dartAtLeast([2, 19], from) && !client.dartAtLeast([3, 2], from));
  });
});
