import assert from "node:assert/strict";
import type { JavaFile } from "../../../src/facts/fileFacts.ts";
import type { JavaType } from "../../../src/facts/java/javaFacts.ts";
import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { factsOf, TestWorkspace } from "../../harness/check.ts";

/** Of the class's only method: what each parameter is run per element of, "-" where it is not. */
async function perElement(method: string): Promise<string> {
  const { parameters } = (await typeOf(method)).methods[0] ?? assert.fail("a method");
  return parameters.map(({ perElementOf }) => perElementOf ?? "-").join(" ");
}

async function typeOf(method: string): Promise<JavaType> {
  const file = (await factsOf("src/A.java", `class A { ${method} }`)) as JavaFile;
  assert.equal(file.parse, "full");
  return file.java.types[0] ?? assert.fail("a type");
}

describe("What a method runs once per element", () => {
  const CASES: readonly (readonly [string, string])[] = [
    ["void m(List<A> all, Consumer<A> f) { for (A a : all) f.accept(a); }", "- all"],
    ["void m(List<A> all, Consumer<A> f) { all.forEach(f); }", "- all"],
    ["void m(Consumer<A> f, A[] all) { Arrays.stream(all).map(a -> a.b()).forEach(b -> f.accept(b)); }", "all -"],
    ["void m(Map<K, V> all, Function<V, W> f) { for (var e : all.entrySet()) put(f.apply(e.getValue())); }", "- all"],
    ["void m(Function<V, W> f) { own.stream().map(f).toList(); }", ""],
    ["Map<K, V> m(Collection<A> all, Function<A, K> k, Function<A, V> v) { return all.stream().collect(toMap(k, v)); }", "- all all"],
    ["Optional<B> m(Optional<A> one, Function<A, B> f) { return one.map(f); }", "- -"],
    ["A m(List<A> all, Predicate<A> f) { for (A a : all) if (f.test(a)) return a; return null; }", "- -"],
    ["void m(List<A> all, Consumer<List<A>> f) { for (List<A> part : cut(all)) f.accept(part); }", "- -"],
    ["void m(List<A> all, Consumer<A> f) { for (A part : partition(all, 500)) f.accept(part); }", "- -"],
    ["A m(Callable<A> f) { for (int i = 0; i < 3; i++) f.call(); return null; }", "-"],
    ["B m(A one, Function<A, B> f) { return f.apply(one); }", "- -"],
    ["void m(List<A> all, Function<A, B> f) { other(all, f); }", "- -"],
    ["Page<B> m(Function<P, Page<A>> read, Function<A, B> f) { Page<A> rows = read.apply(p); return rows.map(f); }", "- "],
    ["Optional<B> m(Function<P, Optional<A>> read, Function<A, B> f) { Optional<A> row = read.apply(p); return row.map(f); }", "- -"],
  ];
  for (const [method, expected] of CASES)
    it(`${method} → ${expected === "" ? "elements of its own" : expected}`, async () => {
      assert.equal(await perElement(method), expected);
    });

  const templates = async (body: string): Promise<string> => {
    const file = (await factsOf("src/A.java", `abstract class A<T> { ${body} abstract V row(T t); abstract void end(); }`)) as JavaFile;
    const { methods } = file.java.types[0] ?? assert.fail("a type");
    return methods.flatMap(({ name, perElement: each }) => (each === true ? [name] : [])).join();
  };

  it("may be a method that a class leaves to those below it", async () => {
    assert.equal(await templates("void all(List<T> ts) { for (T t : ts) put(row(t)); end(); }"), "row");
    assert.equal(await templates("List<V> all(List<T> ts) { return ts.stream().map(t -> this.row(t)).toList(); }"), "row");
  });

  it("is no such method that is run once, of another object, or until the first hit", async () => {
    assert.equal(await templates("V one(T t) { return row(t); }"), "");
    assert.equal(await templates("void all(List<T> ts, A<T> other) { for (T t : ts) other.row(t); }"), "");
    assert.equal(await templates("V first(List<T> ts) { for (T t : ts) return row(t); return null; }"), "");
  });

  it("is part of what others see of a type", async () => {
    const once = "B m(List<A> all, Function<A, B> f) { return f.apply(all.get(0)); }";
    const many = "B m(List<A> all, Function<A, B> f) { for (A a : all) f.apply(a); return null; }";
    assert.notEqual((await typeOf(once)).signature, (await typeOf(many)).signature);
  });

  it("is followed when it changes in another file", async () => {
    const tested = new TestWorkspace([queryInLoop]);
    const helper = (body: string) =>
      `package a; class Helper { static void with(java.util.List<Long> all, java.util.function.Consumer<Long> f) { ${body} } }`;
    await tested.put([
      ["a/Item.java", "package a; @jakarta.persistence.Entity class Item { @jakarta.persistence.Id Long id; }"],
      ["a/Items.java", "package a; interface Items extends org.springframework.data.jpa.repository.JpaRepository<Item, Long> {}"],
      ["a/Helper.java", helper("f.accept(all.get(0));")],
      [
        "a/Reader.java",
        "package a; class Reader { Items items; void read(java.util.List<Long> ids) { Helper.with(ids, id -> items.findById(id)); } }",
      ],
    ]);
    assert.deepEqual(
      tested.findings().map(({ file }) => file),
      [],
    );
    await tested.put([["a/Helper.java", helper("for (Long one : all) f.accept(one);")]]);
    assert.deepEqual(
      tested.findings().map(({ file }) => file),
      ["a/Reader.java"],
    );
    await tested.put([["a/Helper.java", helper("f.accept(all.get(0));")]]);
    assert.deepEqual(
      tested.findings().map(({ file }) => file),
      [],
    );
  });
});
