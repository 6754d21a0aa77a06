import assert from "node:assert/strict";
import { type DartNode, nodesIn, unpackDart } from "../../../src/facts/dart/code.ts";
import type { DartFacts } from "../../../src/facts/dart/dartFacts.ts";
import type { FileFacts } from "../../../src/facts/fileFacts.ts";
import { factsOf } from "../../harness/check.ts";

async function read(text: string, file = "lib/a.dart"): Promise<{ readonly facts: FileFacts; readonly dart: DartFacts }> {
  const facts = await factsOf(file, text);
  assert.equal(facts.language, "dart");
  return { facts, dart: facts.dart };
}

/** A node in short: kind, text, flags that matter, children. */
function show(node: DartNode): string {
  const inner = node.children.map(show).join(" ");
  const text = node.text === "" ? "" : `:${node.text}`;
  return inner === "" ? `${node.kind}${text}` : `${node.kind}${text}(${inner})`;
}

/** The statements of a function body in short. */
async function body(code: string): Promise<readonly string[]> {
  const { dart } = await read(`void f() {\n${code}\n}`);
  return unpackDart(dart.code, dart.functions[0]?.body ?? -1).children.map(show);
}

describe("Dart facts: declarations", () => {
  it("reads directives", async () => {
    const { dart } = await read("import 'package:flutter/material.dart' as m show A;\nexport 'b.dart';\npart 'c.g.dart';");
    assert.deepEqual(
      dart.directives.map(({ kind, uri, prefix }) => [kind, uri, prefix]),
      [
        ["import", "package:flutter/material.dart", "m"],
        ["export", "b.dart", undefined],
        ["part", "c.g.dart", undefined],
      ],
    );
  });

  it("reads a method that returns a record behind an annotation", async () => {
    const { dart } = await read("class A extends B {\n  @override\n  (int, List<String>) pair() => (0, []);\n}");
    assert.deepEqual(
      dart.classes[0]?.methods.map(({ name, kind, returns }) => [name, kind, returns]),
      [["pair", "method", "(int, List<String>)"]],
    );
  });

  it("reads an extension without a name", async () => {
    const { dart } = await read("extension on Cart {\n  int get size => 1;\n}");
    const [extension] = dart.classes;
    assert.deepEqual([extension?.name, extension?.kind, extension?.on, extension?.methods.length], ["", "extension", ["Cart"], 1]);
  });

  it("reads what a class is made of", async () => {
    const { dart } = await read(`
abstract class A<T extends Object> extends m.State<Foo<T>> with B<int>, C implements D {}
mixin M<T> on State<T> implements Q {}
extension E on String {}
class Alias = Base<int> with C;
enum En with X { a, b }
extension type Id(int value) {}`);
    assert.deepEqual(
      dart.classes.map(({ name, kind, superclass, mixins, interfaces, on, abstract }) => [
        name,
        kind,
        superclass,
        mixins,
        interfaces,
        on,
        abstract,
      ]),
      [
        ["A", "class", "m.State<Foo<T>>", ["B<int>", "C"], ["D"], [], true],
        ["M", "mixin", undefined, [], ["Q"], ["State<T>"], false],
        ["E", "extension", undefined, [], [], ["String"], false],
        ["Alias", "class", "Base<int>", ["C"], [], [], false],
        ["En", "enum", undefined, ["X"], [], [], false],
        ["Id", "extension type", undefined, [], [], [], false],
      ],
    );
  });

  it("reads fields", async () => {
    const { dart } = await read(`class A {
  final int x = 1, y;
  late final Map<String, List<int>>? m;
  static const k = 1;
  @override var z;
  void Function(int)? onTap;
}`);
    assert.deepEqual(
      dart.classes[0]?.fields.map(({ name, type, isLate, isFinal, isStatic, isConst, annotations, initializer }) => [
        name,
        type,
        [isLate && "late", isFinal && "final", isStatic && "static", isConst && "const"].filter(Boolean).join(" "),
        annotations.join(),
        initializer >= 0,
      ]),
      [
        ["x", "int", "final", "", true],
        ["y", "int", "final", "", false],
        ["m", "Map<String, List<int>>?", "late final", "", false],
        ["k", undefined, "static const", "", true],
        ["z", undefined, "", "override", false],
        ["onTap", "void Function(int)?", "", "", false],
      ],
    );
  });

  it("reads methods and constructors", async () => {
    const { dart } = await read(`class A {
  const A({super.key, required this.x, int y = 1}) : z = y, super();
  A.named(this.x);
  factory A.f() => A();
  @override
  Future<void> load([int? page]) async { }
  int get g => 1;
  set g(int v) {}
  static Stream<int> s() async* { yield 1; }
  bool operator ==(Object other) => true;
  void m();
}`);
    assert.deepEqual(
      dart.classes[0]?.methods.map(({ name, kind, returns, marker, parameters, body, initializers }) => [
        kind,
        name,
        returns,
        marker,
        parameters.map((p) => `${p.binds ?? p.type ?? ""} ${p.name}${p.named ? "=" : ""}${p.optional ? "?" : ""}`).join(),
        body >= 0,
        initializers.length,
      ]),
      [
        ["constructor", "", undefined, "", "super key=?,field x=,int y=?", false, 2],
        ["constructor", "named", undefined, "", "field x", false, 0],
        ["factory", "f", undefined, "", "", true, 0],
        ["method", "load", "Future<void>", "async", "int? page?", true, 0],
        ["getter", "g", "int", "", "", true, 0],
        ["setter", "g", undefined, "", "int v", true, 0],
        ["method", "s", "Stream<int>", "async*", "", true, 0],
        ["operator", "==", "bool", "", "Object other", true, 0],
        ["method", "m", "void", "", "", false, 0],
      ],
    );
  });

  it("tells a changed body from a changed signature", async () => {
    const classOf = async (text: string) => (await read(text)).dart.classes[0];
    const [before, after, other] = [
      await classOf("class A { int m() => 1; }"),
      await classOf("class A { int m() => 2; }"),
      await classOf("class A { num m() => 1; }"),
    ];
    assert.equal(before?.signature, after?.signature);
    assert.notEqual(before?.digest, after?.digest);
    assert.notEqual(before?.signature, other?.signature);
  });

  it("knows generated files and tools", async () => {
    const flags = async (file: string, text: string) => {
      const { dart } = await read(text, file);
      return [dart.generated, dart.tooling];
    };
    assert.deepEqual(await flags("lib/a.dart", "// A class\nclass A {}"), [false, false]);
    assert.deepEqual(await flags("lib/a.g.dart", "class A {}"), [true, false]);
    assert.deepEqual(await flags("lib/a.dart", "// GENERATED CODE - DO NOT MODIFY BY HAND\nclass A {}"), [true, false]);
    assert.deepEqual(await flags("test/a_test.dart", "class A {}"), [false, true]);
  });
});

describe("Dart facts: code", () => {
  it("puts the flat siblings of the grammar together into chains", async () => {
    assert.deepEqual(await body("a.b(c, d: e.f)?.g!.h[1]; this.x; super.dispose(); a.b..c()..d = e;"), [
      "statement(chain(name:a property:b call(name:c named:d(chain(name:e property:f))) property:g bang property:h index(literal:1)))",
      "statement(chain(this:this property:x))",
      "statement(chain(super:super property:dispose call))",
      "statement(chain(name:a property:b cascade(property:c call) cascade:=(property:d name:e)))",
    ]);
  });

  it("reads calls with type arguments, which the grammar takes for comparisons", async () => {
    assert.deepEqual(await body("final x = Provider.of<Foo>(context).bar; f(X<D>(D.c, e: 1,)); a < b; f(a < b);"), [
      "local:x(chain(name:Provider property:of call(name:context) property:bar))",
      "statement(chain(name:f call(chain(name:X call(chain(name:D property:c) named:e(literal:1))))))",
      "statement(binary:<(name:a name:b))",
      "statement(chain(name:f call(binary:<(name:a name:b))))",
    ]);
  });

  it("reads creations, collections and closures", async () => {
    assert.deepEqual(
      await body("final a = const p.A<int>.named(1); f([b, ...c, if (d) e else g, for (final h in i) h.j], (k) async => await l());"),
      [
        "local:a(chain(name:p property:A property:named call(literal:1)))",
        "statement(chain(name:f call(list(name:b spread(name:c) if(name:d name:e name:g) foreach:h(name:i chain(name:h property:j))) closure(parameter:k await(chain(name:l call))))))",
      ],
    );
  });

  it("tells a named constructor of a generic type from what counts up", async () => {
    assert.deepEqual(await body("final a = A<int>.named(1); f(B<int>.c()); i++;"), [
      "local:a(chain(name:A property:named call(literal:1)))",
      "statement(chain(name:f call(chain(name:B property:c call))))",
      "statement(update:++(name:i))",
    ]);
  });

  it("reads statements", async () => {
    assert.deepEqual(
      await body(
        "for (var i = 0; i < 3; i++) f(); if (a case final b?) return b; try { x ??= 1; } catch (e) { rethrow; } finally { y++; } final (p, q) = r;",
      ),
      [
        "for(local:i(literal:0) binary:<(name:i literal:3) update:++(name:i) statement(chain(name:f call)))",
        "if(name:a pattern(pattern(name:b)) return(name:b))",
        "try(block(statement(assign:??=(name:x literal:1))) catch(name:e) block(statement(jump:rethrow)) block(statement(update:++(name:y))))",
        "destructure(pattern(pattern(name:p) pattern(name:q)) name:r)",
      ],
    );
  });

  it("keeps offsets of the original text, behind a byte order mark, CRLF and characters outside the BMP too", async () => {
    const text = "\uFEFF/* 😀é */\r\nvoid f() {\r\n  const .all(8);\r\n  go('漢😀', target);\r\n}\r\n";
    const { dart } = await read(text);
    const root = unpackDart(dart.code, dart.functions[0]?.body ?? -1);
    const target = [...nodesIn(root)].find((node) => node.text === "target");
    assert.equal(text.slice(target?.start, target?.end), "target");
  });
});

describe("Dart facts: bad input", () => {
  it("reads what it can of a file that is being typed in", async () => {
    const { facts, dart } = await read("class A {\n  void a() { foo(; }\n  void b() { bar(1); }\n}\nclass B extends C {}");
    assert.equal(facts.parse, "partly");
    assert.ok(facts.unparsed.length > 0);
    assert.ok(dart.classes.some(({ name }) => name === "B"));
  });

  it("reads every cut of a file without throwing", async () => {
    const text =
      "import 'a.dart';\nclass A extends B<C> with D { late final int? x = f(y: [for (final a in b) a])!..z(); A(this.x) : super(); g() async { if (a case B(:var c) when d) switch (e) { 1 => 2, _ => 3 }; } }";
    for (let length = 0; length <= text.length; length++)
      assert.equal((await factsOf("lib/a.dart", text.slice(0, length))).language, "dart");
  });

  it("says of a large generated file that it is not analysed", async () => {
    const { facts } = await read(`// GENERATED CODE\n${"final a = 1;\n".repeat(40_000)}`, "lib/a.g.dart");
    assert.deepEqual(
      facts.problems.map(({ severity, message }) => [severity, message]),
      [["information", "Not analysed: generated, 520018 characters, more than 500000"]],
    );
  });

  it("reads 50,000 lines, an empty file and code deeper than any stack", async () => {
    const { dart } = await read(`class A {\n${"  int m() => f(1);\n".repeat(50_000)}}`);
    assert.equal(dart.classes[0]?.methods.length, 50_000);
    assert.deepEqual((await read("")).dart.classes, []);
    const deep = await read(`final a = ${"[".repeat(5_000)}${"]".repeat(5_000)};\nclass A {}`);
    assert.equal(deep.facts.language, "dart");
  });
});

describe("Dart facts: calls with several type arguments in a list", () => {
  it("are one element", async () => {
    assert.deepEqual(await body("f([a, B<X, Y>(c: 1, d: (e) => g), h]);\nf([p.B<List<X>, Y, Z>(c: 1).d]);\nf([a < b, c > d, i]);"), [
      "statement(chain(name:f call(list(name:a chain(name:B call(named:c(literal:1) named:d(closure(parameter:e name:g)))) name:h))))",
      "statement(chain(name:f call(list(chain(name:p property:B call(named:c(literal:1)) property:d)))))",
      "statement(chain(name:f call(list(binary:<(name:a name:b) binary:>(name:c name:d) name:i))))",
    ]);
  });
});
