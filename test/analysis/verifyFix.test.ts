import assert from "node:assert/strict";
import { verifyFix } from "../../src/analysis/verifyFix.ts";
import type { Fix } from "../../src/rules/finding.ts";
import { type FileEdit, insertAt, remove, replace } from "../../src/text/edits.ts";
import { testParsers } from "../harness/check.ts";

const A = "class A {\n  int a() { return 1; }\n}\n";
const HALF_TYPED = "class A {\n  int a() { return ; \n  int b() { return 1; }\n}\n";

async function verify(texts: Readonly<Record<string, string>>, edits: readonly FileEdit[] | undefined) {
  const fix: Fix = { title: "", safe: true, edits: () => edits };
  return verifyFix(fix, { text: (file) => texts[file] }, await testParsers());
}

const change = (file: string, ...edits: Extract<FileEdit, { kind: "change" }>["edits"]): FileEdit => ({ kind: "change", file, edits });

describe("verifyFix", () => {
  it("gives the texts afterwards, of changed and of new files", async () => {
    const at = A.indexOf("1");
    const result = await verify({ "A.java": A }, [
      change("A.java", replace({ start: at, end: at + 1 }, "2")),
      { kind: "create", file: "V2__a.sql", text: "select 1;\n" },
    ]);
    assert.equal(result.kind, "verified");
    assert.deepEqual(result.kind === "verified" && result.results, [
      { file: "A.java", before: A, after: A.replace("1", "2") },
      { file: "V2__a.sql", before: undefined, after: "select 1;\n" },
    ]);
  });

  const broken: readonly (readonly [string, Readonly<Record<string, string>>, readonly FileEdit[], string])[] = [
    ["a changed Java file", { "A.java": A }, [change("A.java", insertAt(A.indexOf("return"), "((("))], "A.java"],
    ["a changed Dart file", { "a.dart": "void a() {}\n" }, [change("a.dart", insertAt(0, "class {"))], "a.dart"],
    ["a new SQL file", {}, [{ kind: "create", file: "V2__a.sql", text: "create tabel a ((;\n" }], "V2__a.sql"],
    ["a file that had errors already, with one more", { "A.java": HALF_TYPED }, [change("A.java", insertAt(0, "import ;;( \n"))], "A.java"],
  ];
  for (const [name, texts, edits, file] of broken) {
    it(`rejects syntax errors in ${name}`, async () => {
      assert.deepEqual(await verify(texts, edits), { kind: "breaksSyntax", file });
    });
  }

  it("accepts a fix beside errors that were there before", async () => {
    const at = HALF_TYPED.indexOf("1");
    const result = await verify({ "A.java": HALF_TYPED }, [change("A.java", replace({ start: at, end: at + 1 }, "2"))]);
    assert.equal(result.kind, "verified");
  });

  const misfits: readonly (readonly [string, Readonly<Record<string, string>>, readonly FileEdit[] | undefined])[] = [
    ["no edits", { "A.java": A }, undefined],
    ["an empty list", { "A.java": A }, []],
    ["edits that change nothing", { "A.java": A }, [change("A.java", replace({ start: 0, end: 5 }, "class"))]],
    ["edits that overlap", { "A.java": A }, [change("A.java", remove({ start: 0, end: 5 }), remove({ start: 3, end: 8 }))]],
    ["edits behind the end", { "A.java": A }, [change("A.java", remove({ start: 0, end: A.length + 1 }))]],
    ["a file that is gone", {}, [change("A.java", insertAt(0, " "))]],
    ["a new file that is there already", { "A.java": A }, [{ kind: "create", file: "A.java", text: A }]],
  ];
  for (const [name, texts, edits] of misfits) {
    it(`does not apply ${name}`, async () => {
      assert.deepEqual(await verify(texts, edits), { kind: "notApplicable" });
    });
  }

  it("takes no annotation that stands there already", async () => {
    const text = "class A {\n  @Transactional\n  void run() {}\n}\n";
    const add = (annotation: string) => verify({ "A.java": text }, [change("A.java", insertAt(text.indexOf("void"), annotation))]);
    assert.equal((await add("@Modifying\n  ")).kind, "verified");
    assert.equal((await add("@Transactional(readOnly = true)\n  ")).kind, "breaksSyntax");
  });

  it("takes no import of a name that the file has already", async () => {
    const text = "import shop.Sort;\n\nclass A { Sort sort; }\n";
    const add = (line: string) => verify({ "A.java": text }, [change("A.java", insertAt(0, line))]);
    assert.equal((await add("import java.util.List;\n")).kind, "verified");
    assert.equal((await add("import org.springframework.data.domain.Sort;\n")).kind, "breaksSyntax");
    assert.equal((await add("import other.A;\n")).kind, "breaksSyntax");
  });
});
