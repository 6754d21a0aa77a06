import assert from "node:assert/strict";
import type { JavaFile } from "../../../src/facts/fileFacts.ts";
import { type CodeNode, childOf, nodesOf, unpack } from "../../../src/facts/java/code.ts";
import { factsOf } from "../../harness/check.ts";

async function nodesIn(statements: string): Promise<readonly CodeNode[]> {
  const file = (await factsOf("src/A.java", `class A { void m() { ${statements} } }`)) as JavaFile;
  assert.equal(file.parse, "full");
  return nodesOf(unpack(file.java.code, file.java.types[0]?.methods[0]?.body ?? assert.fail("a body")));
}

/** The loops of a body: "Order order of orders: pay order" with the names in each loop's body, or the kind of those that stay as they are. */
async function loopsIn(statements: string): Promise<readonly string[]> {
  const nodes = await nodesIn(statements);
  return nodes.flatMap((loop) => {
    if (/^(?:for|while|do)$/.test(loop.kind)) return [loop.kind];
    if (loop.kind !== "foreach") return [];
    const over = childOf(loop, "iterable");
    const names = nodesOf(childOf(loop, "body") ?? assert.fail("a body")).flatMap(({ text }) => (text === "" ? [] : [text]));
    return [`${`${loop.type} ${loop.text}`.trim()} of ${over?.text}: ${names.join(" ")}`];
  });
}

describe("A loop over elements", () => {
  const SAME: readonly (readonly [string, string])[] = [
    ["for (Order order : orders) { pay(order); }", "Order order of orders: pay order"],
    ["for (int i = 0; i < orders.size(); i++) { Order order = orders.get(i); pay(order); }", "Order order of orders: pay order"],
    ["for (int i = 0; i != orders.size(); ++i) { final var order = orders.get(i); pay(order); }", "var order of orders: pay order"],
    ["for (int i = 0; i < orders.size(); i++) { Order order = (Order) orders.get(i); pay(order); }", "Order order of orders: pay order"],
    ["for (int i = 0; i < ids.length; i++) { long id = ids[i]; pay(id, orders.get(id)); }", "long id of ids: pay id get orders id"],
    [
      "for (int i = 0; i < orders.size(); i++) { Order order = orders.get(i); pay(order, orders.get(i).price(), orders.size()); }",
      "Order order of orders: pay order price order size orders",
    ],
    ["for (int i = 0; i < orders.size(); i++) pay(orders.get(i));", "orders.get(i) of orders: pay orders.get(i)"],
    [
      "for (int i = 0; i < orders.size(); i++) { Order order = orders.get(i); order = merge(order); }",
      "orders.get(i) of orders: order orders.get(i) = order merge order",
    ],
    [
      "for (Iterator<Order> it = orders.iterator(); it.hasNext(); ) { Order order = it.next(); pay(order); }",
      "Order order of orders: pay order",
    ],
    [
      "Iterator<Order> it = orders.iterator(); while (it.hasNext()) { Order order = it.next(); pay(order); }",
      "Order order of orders: pay order",
    ],
    ["Iterator<Order> it = all().iterator(); while (it.hasNext()) pay(it.next());", "it.next() of all: pay it.next()"],
  ];
  for (const [statements, expected] of SAME)
    it(`is ${expected}, spelled ${statements}`, async () => {
      assert.deepEqual(await loopsIn(statements), [expected]);
    });

  const OTHER: readonly (readonly [string, string, string])[] = [
    ["tells its counter", "for (int i = 0; i < orders.size(); i++) { Order order = orders.get(i); order.setPlace(i); }", "for"],
    ["walks two lists", "for (int i = 0; i < orders.size(); i++) { Order order = orders.get(i); pay(order, sums.get(i)); }", "for"],
    ["goes on by chunks", "for (int i = 0; i < orders.size(); i += 100) { Order order = orders.get(i); pay(order); }", "for"],
    ["goes on in its body", "for (int i = 0; i < orders.size(); i++) { Order order = orders.get(i); if (order.isPaid()) i++; }", "for"],
    ["leaves out the first", "for (int i = 1; i < orders.size(); i++) { Order order = orders.get(i); pay(order); }", "for"],
    ["asks for the list in each round", "for (int i = 0; i < all().size(); i++) { Order order = all().get(i); pay(order); }", "for"],
    ["adds to the list", "for (int i = 0; i < open.size(); i++) { Node node = open.get(i); open.addAll(node.below()); }", "for"],
    ["hands the list on", "for (int i = 0; i < open.size(); i++) { Node node = open.get(i); extend(open, node); }", "for"],
    ["sets the list", "for (int i = 0; i < open.size(); i++) { Node node = open.get(i); open = node.below(); }", "for"],
    ["sets what an array holds", "for (int i = 0; i < ids.length; i++) { ids[i] = 0; }", "for"],
    ["looks at no element", "for (int i = 0; i < orders.size(); i++) { send(); }", "for"],
    ["removes elements", "for (Iterator<Order> it = orders.iterator(); it.hasNext(); ) { Order order = it.next(); it.remove(); }", "for"],
    ["takes two at once", "Iterator<Order> it = orders.iterator(); while (it.hasNext()) { pay(it.next(), it.next()); }", "while"],
    ["takes one here and there", "Iterator<Order> it = orders.iterator(); while (it.hasNext()) { if (open) pay(it.next()); }", "while"],
    [
      "takes one where another is missing",
      "Iterator<A> it = as.iterator(); while (it.hasNext()) { pay(one == null ? it.next() : one); }",
      "while",
    ],
    ["goes on elsewhere", "Iterator<A> it = as.iterator(); while (it.hasNext()) { A a = it.next(); pay(a); } end(it);", "while"],
    ["begins elsewhere", "Iterator<A> it = as.iterator(); it.next(); while (it.hasNext()) { A a = it.next(); pay(a); }", "while"],
  ];
  for (const [what, statements, expected] of OTHER)
    it(`is none that ${what}`, async () => {
      assert.deepEqual(await loopsIn(statements), [expected]);
    });

  it("lies where it is spelled, with the iterator that it asks", async () => {
    const statements = "Iterator<Order> it = orders.iterator(); while (it.hasNext()) { Order order = it.next(); pay(order); }";
    const text = `class A { void m() { ${statements} } }`;
    const [loop] = (await nodesIn(statements)).filter(({ kind }) => kind === "foreach");
    assert.ok(loop !== undefined);
    assert.equal(text.slice(loop.start, loop.end), statements);
    assert.equal(text.slice(loop.nameStart, loop.nameStart + 12), "order = it.n");
  });

  it("may stand in another", async () => {
    const inner = "for (int k = 0; k < sums.length; k++) send(order, k);";
    assert.deepEqual(await loopsIn(`for (int i = 0; i < orders.size(); i++) { Order order = orders.get(i); ${inner} }`), [
      "Order order of orders: k 0 < k length sums ++ k send order k",
      "for",
    ]);
    assert.deepEqual(await loopsIn("for (int i = 0; i < as.size(); i++) for (int k = 0; k < bs.size(); k++) pair(as.get(i), bs.get(k));"), [
      "as.get(i) of as: bs.get(k) bs pair as.get(i) bs.get(k)",
      "bs.get(k) of bs: pair as.get(i) bs.get(k)",
    ]);
  });
});
