import assert from "node:assert/strict";
import { sourceAssets } from "../../../src/syntax/assets.ts";
import { type GrammarId, SyntaxRuntime, sameTree, timedOut } from "../../../src/syntax/trees/runtime.ts";
import { Random } from "../../bench/random.ts";

const JAVA = `package shop; /* 😀 */
import java.util.*;
@Entity(name = "o") class Order<T extends Item> implements Comparable<Order<T>> {
  private final Map<String, List<T>> lines = new HashMap<>(); // tail
  int total(int... a) { return a.length > 0 ? a[0] << 1 : (int) sum(lines.values()); }
  String text() { return """
      block é"""; }
  void all() { for (var e : lines.entrySet()) { e.getValue().stream().map(Item::name).forEach(n -> { use(n); }); } }
  record P(int x, String y) {} enum Q { A, B(1) { int z; }; }
}
`;

const DART = `import 'a.dart' as a; // 😀
class W<T> extends StatelessWidget with M { const W({super.key, required this.x}); final int x; late final T? y;
  @override Widget build(BuildContext context) => Column(children: [for (final e in es) if (e case (:var a, 1)) Text('\${e.a} $b'), ...?more]);
  Future<void> m() async { await for (var s in t) { x ??= await f<int>(1)!; } switch (a) { case 1 || 2: break; default: } }
  /* a /* nested */ comment */ String get s => r'raw $x' '''many
lines''';
}
`;

/** What a person types or pastes, whole and half. */
const TYPED = [..."x \n;(){}\"'<>,$@", "/*", "*/", "//", "a.b();", "int q = 1;", "é😀", ""];

describe("LastTree", () => {
  for (const [id, text] of [
    ["java", JAVA],
    ["dart", DART],
    ["java", JAVA.replaceAll("\n", "\r\n")],
  ] as [GrammarId, string][])
    it(`leads to the tree that the text has by itself: ${id}${text.includes("\r") ? " with CRLF" : ""}`, async () => {
      const [kept, fresh] = await Promise.all([runtime(id, true), runtime(id, false)]);
      const random = new Random(11);
      let right = 0;
      for (let typed = text, i = 0; i < 600; i++) {
        const at = random.below(typed.length + 1);
        const cut = random.chance(30) ? random.below(12) : 0;
        typed = typed.slice(0, at) + random.oneOf(TYPED) + typed.slice(at + cut);
        const [one, other] = [kept.parse(id, typed), fresh.parse(id, typed)];
        assert.ok(!timedOut(one) && !timedOut(other) && sameTree(one, other), `differs after ${i} edits: ${typed}`);
        if (other.errors.length === 0) right++;
        else if (random.chance(85)) typed = text;
      }
      assert.ok(right > 100, `${right} texts without an error`);
    });

  it("parses a text that has little in common by itself, and keeps that one", async () => {
    const syntax = await runtime("java", true);
    for (const text of [JAVA, "class A { void f( }", JAVA.slice(0, 20), "interface B { int f(); }\n".repeat(3), "", JAVA]) {
      const [one, other] = [syntax.parse("java", text), (await runtime("java", false)).parse("java", text)];
      assert.ok(!timedOut(one) && !timedOut(other) && sameTree(one, other), text);
    }
  });

  it("stops at the time budget, and goes on", async () => {
    const syntax = await runtime("java", true);
    const long = `class A { void f() { ${"g(1 + 2);\n".repeat(60_000)} } }`;
    const before = syntax.parse("java", long);
    assert.ok(!timedOut(before));
    assert.ok(timedOut(syntax.parse("java", `${long}${"class B { int f = 1; }\n".repeat(60_000)}`, 1)));
    const after = syntax.parse("java", "class C {}");
    assert.ok(!timedOut(after) && after.errors.length === 0);
  });
});

async function runtime(id: GrammarId, keepsTrees: boolean): Promise<SyntaxRuntime> {
  const syntax = await SyntaxRuntime.create(sourceAssets(), { keepsTrees });
  await syntax.load(id);
  return syntax;
}
