import assert from "node:assert/strict";
import { TestWorkspace } from "../../harness/check.ts";

describe("Methods that lead to work", () => {
  const file = (body: string): readonly [string, string] => [
    "src/shop/Orders.java",
    `package shop;
class Orders {
  private final Sender sender;
  void far() { near(); }
  void near() { ${body} }
  void direct() { new org.springframework.web.client.RestTemplate().getForObject("/x", String.class); }
}`,
  ];
  const sender: readonly [string, string] = [
    "src/shop/Sender.java",
    `package shop;
class Sender {
  private final org.springframework.web.client.RestTemplate rest;
  void send() { rest.postForObject("/x", this, String.class); }
}`,
  ];

  it("are told the nearest first, by the method that does it", async () => {
    const tested = new TestWorkspace([]);
    await tested.put([file("sender.send();"), sender]);
    const { effects } = tested.workspace.model;
    assert.deepEqual(effects.leadingTo("shop.Sender#send()", "http"), ["shop.Sender#send()", "shop.Orders#near()", "shop.Orders#far()"]);
    assert.deepEqual(effects.leadingTo("shop.Orders#direct()", "http"), ["shop.Orders#direct()"]);
    assert.deepEqual(effects.leadingTo("shop.Sender#send()", "mail"), []);
  });

  it("are others after an edit", async () => {
    const tested = new TestWorkspace([]);
    await tested.put([file("sender.send();"), sender]);
    const { effects } = tested.workspace.model;
    await tested.put([file("far();")]);
    assert.deepEqual(effects.leadingTo("shop.Sender#send()", "http"), ["shop.Sender#send()"]);
  });
});
