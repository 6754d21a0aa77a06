import assert from "node:assert/strict";
import { parseYaml, type YamlNode } from "../../src/syntax/yaml.ts";
import { cpuClock } from "../harness/cpuTime.ts";

describe("YAML", () => {
  it("gives keys and values their places", () => {
    const text = "a:\n  b: one two\n  'c': \"x\\ty\"\n";
    const [a] = entries(parseYaml(text).documents[0]?.root);
    const [b, c] = entries(a?.value);
    assert.equal(quoted(text, b?.keySpan), "b");
    assert.equal(quoted(text, b?.value?.span), "one two");
    assert.equal(quoted(text, c?.keySpan), "'c'");
    assert.equal(c?.key, "c");
    assert.deepEqual(scalar(c?.value), ["x\ty", "x\ty"]);
  });

  it("keeps the text of a number beside its value", () => {
    const [version] = entries(parseYaml("version: 1.10").documents[0]?.root);
    assert.deepEqual(scalar(version?.value), ["1.10", 1.1]);
  });

  /** The keys below each of the outermost keys. */
  const keysIn = (text: string) => {
    const { documents, problems } = parseYaml(text);
    const outer = entries(documents[0]?.root).map(({ key, value }) => [key, ...entries(value).map((inner) => inner.key)]);
    return {
      keys: outer.map((keys) => keys.join(" ")),
      problems: problems.map(({ span }) => text.slice(0, span.start).split("\n").length),
    };
  };

  it("reads quoted text that goes on at any column, as Spring Boot and Docker do", () => {
    for (const lineBreak of ["\n", "\r\n"]) {
      const text = [
        "a:",
        "  double: \"[{ url: 'x' },\\",
        '  { url: \\"y\\" }, ',
        '  z]"',
        "  single: '{",
        "    it''s: 1",
        "  }'",
        "b: 2 # don't",
        "",
      ].join(lineBreak);
      assert.deepEqual(keysIn(text), { keys: ["a double single", "b"], problems: [] });
      const [double, single] = entries(entries(parseYaml(text).documents[0]?.root)[0]?.value);
      assert.equal(scalar(double?.value)?.[0], "[{ url: 'x' },{ url: \"y\" }, z]");
      assert.equal(scalar(single?.value)?.[0], "{ it's: 1 }");
      assert.equal(quoted(text, single?.keySpan), "single");
      assert.equal(quoted(text, single?.value?.span), text.slice(text.indexOf("'{"), text.indexOf("}'") + 2));
    }
  });

  it("loses no more than the line that it cannot read", () => {
    const around = (line: string) => `a:\n  x: 1\nb:\n  x: 1\n${line}\n  y: 1\nc:\n  x: 1\nd:\n  x: 1\n`;
    for (const line of ['  z: "1', "  z: '1", "  z: [1, 2", "\tz: 1", "  z 1", "  z: 'it's'", "  z: }", "  - z"])
      assert.deepEqual(keysIn(around(line)), { keys: ["a x", "b x y", "c x", "d x"], problems: [5] }, line);
    assert.deepEqual(keysIn(`${around('  z: "1')}e: '2\nf: 3\n`), { keys: ["a x", "b x y", "c x", "d x", "f"], problems: [5, 11] });
  });

  it("leaves templates as they are", () => {
    const text = "a: 1\n{{- if .Values.b }}\nb: 'x\n{{- end }}\nc: 3\n";
    assert.notDeepEqual(parseYaml(text).problems, []);
  });

  it("counts the byte order mark and CRLF in its places", () => {
    const text = "\ufeffa: 1\r\nb: 2\r\n";
    const read = entries(parseYaml(text).documents[0]?.root);
    assert.deepEqual(
      read.map(({ keySpan, value }) => [quoted(text, keySpan), quoted(text, value?.span)]),
      [
        ["a", "1"],
        ["b", "2"],
      ],
    );
  });

  it("reads several documents", () => {
    const { documents } = parseYaml("a: 1\n---\nb: 2\n---\n");
    assert.deepEqual(
      documents.map(({ root }) => entries(root).map(({ key }) => key)),
      [["a"], ["b"], []],
    );
  });

  it("follows anchors and merges what << names", () => {
    const root = parseYaml("base: &b { x: 1, y: 2 }\nmore:\n  <<: *b\n  y: 3\nsame: *b\n").documents[0]?.root;
    const [, more, same] = entries(root);
    assert.deepEqual(
      entries(more?.value).map(({ key, value }) => [key, scalar(value)?.[1]]),
      [
        ["y", 3],
        ["x", 1],
      ],
    );
    assert.deepEqual(
      entries(same?.value).map(({ key }) => key),
      ["x", "y"],
    );
  });

  it("is not caught in an anchor that holds its own alias", () => {
    const { documents, problems } = parseYaml("a: &a [1, *a]\nb: 2\n");
    const [a, b] = entries(documents[0]?.root);
    assert.equal(a?.value?.kind === "list" ? a.value.items.length : -1, 1);
    assert.deepEqual(scalar(b?.value), ["2", 2]);
    assert.equal(problems.length, 0);
  });

  for (const [name, text, wrong, rest] of [
    ["a tab as indentation", "a: 1\nb:\n\tc: 2\nd: 3\n", "\t", ["a", "b", "d"]],
    ["a list that stays open", "a: 1\nb: [1, 2\nc: 3\n", "", ["a"]],
    ["a quote that stays open", 'a: 1\nb: "x\n', "", ["a"]],
    ["a key that is there twice", "a: 1\nb: 2\na: 3\n", "a", ["a", "b"]],
  ] as const) {
    it(`reports ${name} and reads the rest`, () => {
      const { documents, problems } = parseYaml(text);
      assert.ok(problems.length > 0, "there is a problem");
      assert.ok(
        problems.every(({ span }) => 0 <= span.start && span.start <= span.end && span.end <= text.length),
        "problems lie in the text",
      );
      if (wrong !== "") assert.ok(problems.some(({ span }) => quoted(text, span).includes(wrong)));
      const keys = entries(documents[0]?.root).map(({ key }) => key);
      for (const key of rest) assert.ok(keys.includes(key), `${key} is read, of ${keys.join(", ")}`);
    });
  }

  for (const [name, text] of [
    ["nothing", ""],
    ["a comment", "# nothing here\n"],
    ["a byte order mark alone", "\ufeff"],
  ] as const) {
    it(`finds nothing to say about ${name}`, () => {
      const { documents, problems } = parseYaml(text);
      assert.deepEqual([documents.flatMap(({ root }) => entries(root)), problems], [[], []]);
    });
  }

  for (const [name, text] of [
    ["60,000 brackets", "[".repeat(60_000)],
    ["60,000 lists on one line", `a: ${"- ".repeat(60_000)}x`],
    ["60,000 keys on one line", `${"? ".repeat(60_000)}x`],
  ] as const) {
    it(`refuses ${name} instead of overflowing the stack`, () => {
      assert.deepEqual(
        parseYaml(text).problems.map(({ code }) => code),
        ["UNREADABLE"],
      );
    });
  }

  it("does not take rulers for nesting", () => {
    assert.deepEqual(parseYaml(`# ${"-".repeat(500)} x\na: 1\n# ${"- ".repeat(300)}\n`).problems, []);
  });

  it("leaves out what is nested deeper than a person would", () => {
    const text = Array.from({ length: 150 }, (_, level) => `${" ".repeat(level)}k:`).join("\n");
    assert.deepEqual(
      parseYaml(text).problems.map(({ code }) => code),
      ["TOO_DEEP"],
    );
  });

  it("reads 50,000 lines in a few seconds", () => {
    const text = Array.from({ length: 50_000 }, (_, line) => `key${line}: value ${line}`).join("\n");
    const spentMs = cpuClock();
    assert.equal(entries(parseYaml(text).documents[0]?.root).length, 50_000);
    assert.ok(spentMs() < 10_000);
  });
});

const entries = (node: YamlNode | undefined) => (node?.kind === "map" ? node.entries : []);
const scalar = (node: YamlNode | undefined) => (node?.kind === "scalar" ? [node.text, node.value] : undefined);
const quoted = (text: string, span: { readonly start: number; readonly end: number } | undefined) =>
  span === undefined ? "" : text.slice(span.start, span.end);
