import assert from "node:assert/strict";
import { childOf, childrenOf, parseXml } from "../../src/syntax/xml.ts";
import { cpuClock } from "../harness/cpuTime.ts";

describe("XML", () => {
  it("reads elements, attributes, entities, comments and character data", () => {
    const text = `\ufeff<?xml version="1.0"?><!-- <a> --><a:root xmlns:a="x" k='1 &lt; 2'>
  <b>one &amp; &#233;&#x6f22;<!-- no --> two</b><b><![CDATA[<raw>]]></b><c/>
</a:root>`;
    const { root, problems } = parseXml(text);
    assert.deepEqual(problems, []);
    assert.equal(root?.name, "root");
    assert.equal(root?.attributes["k"], "1 < 2");
    assert.deepEqual(
      childrenOf(root, "b").map((child) => child.text),
      ["one & é漢 two", "<raw>"],
    );
    assert.equal(childOf(root, "c")?.text, "");
  });

  it("knows where a text stands", () => {
    const text = "<a>\n  <version> 3.5.6\n  </version>\n</a>";
    const span = childOf(parseXml(text).root, "version")?.textSpan;
    assert.equal(span === undefined ? "" : text.slice(span.start, span.end), "3.5.6");
  });

  for (const [name, text, message, child] of [
    ["an element that is not closed", "<a><b>1</b><c>2</a>", "<c> is not closed before </a>", "c"],
    ["an end without a start", "<a></x><b>1</b></a>", "</x> ends nothing", "b"],
    ["a file cut off", "<a><b>1</b><c", "A tag is not complete", "b"],
  ] as const) {
    it(`reports ${name} and reads the rest`, () => {
      const { root, problems } = parseXml(text);
      assert.ok(
        problems.some((problem) => problem.message === message),
        problems.map((problem) => problem.message).join("; "),
      );
      assert.ok(childOf(root, child) !== undefined, `${child} is read`);
    });
  }

  for (const [name, text] of [
    ["100,000 open elements", "<a>".repeat(100_000)],
    ["100,000 starts of tags", "<a ".repeat(100_000)],
    ["100,000 quotes", `<a ${'"'.repeat(100_000)}`],
    ["a comment that stays open", `<a><!--${" <b>".repeat(100_000)}`],
  ] as const) {
    it(`is done with ${name} in no time`, () => {
      const spentMs = cpuClock();
      parseXml(text);
      assert.ok(spentMs() < 3_000);
    });
  }
});
