import assert from "node:assert/strict";
import type { JavaFile } from "../../../src/facts/fileFacts.ts";
import { type CodeNode, nodesOf, unpack } from "../../../src/facts/java/code.ts";
import type { JavaMethod, JavaType } from "../../../src/facts/java/javaFacts.ts";
import { factsOf } from "../../harness/check.ts";

const read = async (text: string): Promise<JavaFile> => (await factsOf("src/A.java", text)) as JavaFile;

function typeNamed(file: JavaFile, name: string): JavaType {
  const type = file.java.types.find((candidate) => candidate.name === name);
  assert.ok(type !== undefined, `a type ${name}`);
  return type;
}

function methodNamed(type: JavaType, name: string): JavaMethod {
  const method = type.methods.find((candidate) => candidate.name === name);
  assert.ok(method !== undefined, `a method ${name}`);
  return method;
}

/** The body of the only method of class A, as `kind text` lines. */
async function bodyOf(statements: string): Promise<readonly CodeNode[]> {
  const file = await read(`class A { void m() { ${statements} } }`);
  assert.equal(file.parse, "full");
  return nodesOf(unpack(file.java.code, methodNamed(typeNamed(file, "A"), "m").body));
}

const shown = (nodes: readonly CodeNode[]): string[] =>
  nodes.map((node) => [node.kind, node.text, node.type && `<${node.type}>`].filter(Boolean).join(" "));

describe("Java facts", () => {
  it("read types with their nesting, supertypes and type parameters", async () => {
    const file = await read(
      "package a.b;\nimport static x.Y.z;\nimport x.*;\nabstract class A<T extends Comparable<T>> extends B<C> implements D, E<F> {\n interface I extends J, K<L> {}\n enum Q implements W { ONE, TWO(2) { int z() { return 1; } }; int w; }\n record P<Z>(@Id int x, List<Z> y) {}\n @interface S { int v() default 1; }\n void m() { class Local { void inner() { go(); } } }\n}",
    );
    assert.equal(file.java.packageName, "a.b");
    assert.deepEqual(
      file.java.imports.map(({ name, isStatic, wildcard }) => [name, isStatic, wildcard]),
      [
        ["x.Y.z", true, false],
        ["x", false, true],
      ],
    );
    assert.deepEqual(
      file.java.types.map((type) => [type.kind, type.qualified, type.superclass, type.interfaces]),
      [
        ["class", "a.b.A", "B<C>", ["D", "E<F>"]],
        ["interface", "a.b.A.I", undefined, ["J", "K<L>"]],
        ["enum", "a.b.A.Q", undefined, ["W"]],
        ["class", "a.b.A.Q.TWO", "Q", []],
        ["record", "a.b.A.P", undefined, []],
        ["annotation", "a.b.A.S", undefined, []],
        ["class", "a.b.A.Local", undefined, []],
      ],
    );
    assert.deepEqual(typeNamed(file, "A").typeParameters, [{ name: "T", bound: "Comparable<T>" }]);
    assert.deepEqual(typeNamed(file, "A").modifiers, ["abstract"]);
    assert.deepEqual(
      typeNamed(file, "Q").fields.map((field) => [field.name, field.origin]),
      [
        ["ONE", "constant"],
        ["TWO", "constant"],
        ["w", "field"],
      ],
    );
    assert.deepEqual(
      typeNamed(file, "P").fields.map((field) => [field.name, field.type, field.annotations.length]),
      [
        ["x", "int", 1],
        ["y", "List<Z>", 0],
      ],
    );
    const local = methodNamed(typeNamed(file, "Local"), "inner");
    assert.deepEqual(shown(nodesOf(unpack(file.java.code, local.body))), ["block", "call go"]);
    assert.deepEqual(shown(nodesOf(unpack(file.java.code, methodNamed(typeNamed(file, "A"), "m").body))), ["block"]);
  });

  it("read fields, parameters and annotations with their values", async () => {
    const file = await read(
      'class A {\n @Column(name = "a" + T.X, length = 1_000, unique = true) private final @Nullable Map< String ,int[] > m = f(), n[];\n @Query("""\n   select x\n     from y\\n""") void q(final int a, @Param("b") String... b) {}\n @JoinColumns({@JoinColumn(name = "c"), @JoinColumn(name = "d")}) Object o;\n}',
    );
    const { fields, methods } = typeNamed(file, "A");
    assert.deepEqual(
      fields.map((field) => [field.name, field.type]),
      [
        ["m", "Map<String, int[]>"],
        ["n", "Map<String, int[]>[]"],
        ["o", "Object"],
      ],
    );
    const [column] = fields[0]?.annotations ?? [];
    assert.deepEqual(
      column?.values.map(({ name, value }) => [name, value]),
      [
        [
          "name",
          {
            kind: "concatenation",
            parts: [
              { kind: "text", text: "a" },
              { kind: "reference", name: "T.X" },
            ],
          },
        ],
        ["length", { kind: "number", number: 1000 }],
        ["unique", { kind: "boolean", value: true }],
      ],
    );
    assert.deepEqual(methods[0]?.annotations[0]?.values[0]?.value, { kind: "text", text: "select x\n  from y\n" });
    assert.deepEqual(
      methods[0]?.parameters.map(({ name, type, annotations }) => [name, type, annotations.length]),
      [
        ["a", "int", 0],
        ["b", "String[]", 1],
      ],
    );
    const joined = fields[2]?.annotations[0]?.values[0]?.value;
    assert.equal(joined?.kind === "array" ? joined.values.length : 0, 2);
  });

  it("lower statements and expressions", async () => {
    assert.deepEqual(
      shown(await bodyOf("for (final var e : es.all()) { if (e.ok() && !x) y += f(a -> a.b, C::new, D::e)[0]; else return; }")),
      [
        "block",
        "foreach e <var>",
        "call all",
        "name es",
        "block",
        "if",
        "binary &&",
        "call ok",
        "name e",
        "unary !",
        "name x",
        "assign +=",
        "name y",
        "index",
        "call f",
        "lambda",
        "parameter a",
        "field b",
        "name a",
        "reference new",
        "name C",
        "reference e",
        "name D",
        "literal 0 <int>",
        "return",
      ],
    );
    assert.deepEqual(shown(await bodyOf("try (var r = s()) { t(); } catch (I | J e) { throw e; } finally { u(); }")), [
      "block",
      "try",
      "local r <var>",
      "call s",
      "block",
      "call t",
      "catch e <I | J>",
      "block",
      "throw",
      "name e",
      "block",
      "call u",
    ]);
    assert.deepEqual(
      shown(await bodyOf('var x = switch (a) { case B, C -> 1; case D d when d.e() -> { yield 2; } default -> throw new F("g"); };')),
      [
        "block",
        "local x <var>",
        "switch",
        "name a",
        "case",
        "name B",
        "name C",
        "literal 1 <int>",
        "case",
        "local d <D>",
        "call e",
        "name d",
        "block",
        "yield",
        "literal 2 <int>",
        "case",
        "throw",
        "new <F>",
        "literal g <String>",
      ],
    );
    assert.deepEqual(
      shown(
        await bodyOf(
          "Runnable r = new Runnable() { int z = 1; public void run() { go(); } }; synchronized (this) { l: while (true) break l; }",
        ),
      ),
      [
        "block",
        "local r <Runnable>",
        "new <Runnable>",
        "local z <int>",
        "literal 1 <int>",
        "method run <void>",
        "block",
        "call go",
        "synchronized",
        "this",
        "block",
        "labeled l",
        "while",
        "literal true <boolean>",
        "break l",
      ],
    );
  });

  it("mark calls whose value nobody uses", async () => {
    const calls = (await bodyOf("f(); x = g(); return;")).filter((node) => node.kind === "call");
    assert.deepEqual(
      calls.map((node) => [node.text, node.statement]),
      [
        ["f", true],
        ["g", false],
      ],
    );
  });

  it("have one signature for all bodies, and another for another declaration", async () => {
    const of = async (text: string) => typeNamed(await read(text), "A").signature;
    const plain = await of("class A { int f(int a) { return a; } class B { void g() {} } }");
    assert.equal(await of("class A { int f(int a) { return a + h(1); } class B { void g() { i(); } } }"), plain);
    assert.notEqual(await of("class A { int f(long a) { return a; } class B { void g() {} } }"), plain);
    assert.notEqual(await of("class A { @X int f(int a) { return a; } class B { void g() {} } }"), plain);
  });

  it("resolve the escapes of strings", async () => {
    const literals = (await bodyOf('f("a\\tb\\u0041\\101\\"\\\\");')).filter((node) => node.kind === "literal");
    assert.equal(literals[0]?.text, 'a\tbAA"\\');
  });
});

describe("Java facts of bad input", () => {
  it("keep what parses around what does not", async () => {
    const file = await read("class A { void good() { one(); } void broken( { int = ; foo(.bar } }\nclass B { void fine() { two(); } }");
    assert.equal(file.parse, "partly");
    assert.ok(file.unparsed.length > 0);
    const one = methodNamed(typeNamed(file, "A"), "good");
    assert.deepEqual(shown(nodesOf(unpack(file.java.code, one.body))), ["block", "call one"]);
  });

  it("survive every beginning of a file", async () => {
    const text =
      'package a; @X(k = {1, "b"}) class A<T> { int f = g(h -> i); void m(List<T>... p) throws E { for (int i = 0; i < p.length; i++) { new J() { void k() { l(); } }; } } record R(int x) {} enum S { T { } } }';
    for (let length = 0; length <= text.length; length++) assert.ok((await read(text.slice(0, length))).java.types.length >= 0);
    // The constant with a body is one, too.
    assert.equal((await read(text)).java.types.length, 4);
  });

  it("read CRLF, a byte order mark's absence and characters outside the BMP at their UTF-16 offsets", async () => {
    const text = '/* é漢😀 */ class A {\r\n  void m() { 😀(); x.f("😀"); }\r\n}\r\n';
    const file = await read(text);
    const call = nodesOf(unpack(file.java.code, methodNamed(typeNamed(file, "A"), "m").body)).find((node) => node.text === "f");
    assert.equal(text.slice(call?.start, call?.end), 'x.f("😀")');
  });

  it("read empty files and files of comments", async () => {
    assert.deepEqual((await read("")).java.types, []);
    assert.deepEqual((await read("// nothing\n/* here */")).java.types, []);
  });

  it("read 50,000 lines", async () => {
    const file = await read(`class A {\n${"  void m() { a(b -> c.d(b)); }\n".repeat(50_000)}}`);
    assert.equal(typeNamed(file, "A").methods.length, 50_000);
  });

  it("keep very deep code as one opaque node", async () => {
    const file = await read(
      `class A { String s = ${Array(20_000).fill('"x"').join(" + ")}; @Q(${Array(5_000).fill('"y"').join(" + ")}) void m() {} }`,
    );
    const type = typeNamed(file, "A");
    assert.equal(type.fields.length, 1);
    const value = type.methods[0]?.annotations[0]?.values[0]?.value;
    assert.equal(value?.kind === "text" ? value.text.length : 0, 5_000);
  });

  it("leave out files that are larger than anybody writes, and say so", async () => {
    const file = await read(`class A { String s = "${"x".repeat(2_000_001)}"; }`);
    assert.deepEqual(file.java.types, []);
    assert.match(file.problems[0]?.message ?? "", /^Not analysed: 20000\d\d characters/);
  });
});
