import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import type { LspClient } from "../harness/lspClient.ts";
import { applied, changeOf } from "./documentChanges.ts";
import { ServerWorkspace } from "./workspace.ts";

const WORDS = "backend/src/main/java/demo/Words.java";
const PAGE = "app/lib/page.dart";

/** Two calls that take a text for a pattern: each has a safe fix. */
const TWO_PATTERNS = `package demo;

import java.util.List;

class Words {

    private static final String ONE = "one";

    void print(List<String> words) {
        for (String word : words) {
            System.out.println(word.replaceAll("one", "1"));
        }
        for (String word : words) {
            if (word.matches("[A-Z]+\\\\d{4}")) System.out.println(word.replaceAll("two", "2"));
        }
    }
}
`;

/** Two controllers that nothing releases: each has a safe fix, which adds \`dispose\`. */
const TWO_CONTROLLERS = `import 'package:flutter/material.dart';

class Page extends StatefulWidget {
  const Page({super.key});
  @override
  State<Page> createState() => _PageState();
}

class _PageState extends State<Page> {
  final TextEditingController name = TextEditingController();
  final TextEditingController town = TextEditingController();

  @override
  Widget build(BuildContext context) {
    return Column(children: [TextField(controller: name), TextField(controller: town)]);
  }
}
`;

describe("server: all safe fixes of a file at once", () => {
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
  });
  afterEach(() => workspace.dispose());

  async function opened(file: string, text: string, onDisk = text): Promise<LspClient> {
    mkdirSync(dirname(workspace.path(file)), { recursive: true });
    writeFileSync(workspace.path(file), onDisk);
    const client = await workspace.start();
    client.open(file, text);
    return client;
  }

  /** The text after the action is run until it has nothing more to do, three times at most, as an editor does at each save. */
  async function fixedBySaves(client: LspClient, file: string, text: string): Promise<readonly string[]> {
    const texts: string[] = [];
    for (let now = text, i = 0; i < 3; i++) {
      const [action] = await client.codeActions(file, WHOLE, ["source.fixAll"]);
      if (action === undefined) break;
      const next = applied(now, changeOf(action, client.uri(file)));
      client.edit(file, now, now, next);
      texts.push(next);
      now = next;
      await client.diagnostics(file);
    }
    return texts;
  }

  for (const [name, as] of [
    ["as it is", (text: string) => text],
    ["with CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["with tabs", (text: string) => text.replaceAll("    ", "\t")],
  ] as const) {
    it(`edits an open file by its own offsets, whatever mark its bytes begin with, ${name}`, async () => {
      const text = as(TWO_PATTERNS);
      const client = await opened(WORDS, text, `\uFEFF${text}`);
      assert.deepEqual(await fixedBySaves(client, WORDS, text), [text.replaceAll("replaceAll", "replace")]);
      const [left, ...others] = await client.diagnostics(WORDS);
      assert.deepEqual([left?.code, others], ["java/regex-in-loop", []]);
      const [action] = await client.codeActions(WORDS, left as Diagnostic, ["quickfix"]);
      const last = applied(text.replaceAll("replaceAll", "replace"), changeOf(action as CodeAction, client.uri(WORDS)));
      assert.match(last, /Pattern\.compile/);
      assert.equal(/[^\r]\n/.test(last), !name.endsWith("CRLF"), "line ends stay as they are");
      assert.doesNotMatch(last, name.endsWith("tabs") ? /^ {2,}/m : /^\t/m);
    });
  }

  it("adds one method where two fixes need it", async () => {
    const client = await opened(PAGE, TWO_CONTROLLERS);
    const texts = await fixedBySaves(client, PAGE, TWO_CONTROLLERS);
    for (const text of texts) assert.equal(text.match(/void dispose\(\)/g)?.length, 1, text);
    for (const controller of ["name", "town"]) assert.ok(texts.at(-1)?.includes(`${controller}.dispose();`));
    assert.deepEqual(await client.diagnostics(PAGE), []);
  });

  it("gives edits of a document that is not saved, one after another", async () => {
    const client = await opened(PAGE, TWO_CONTROLLERS, "class Page {}\n");
    let text = TWO_CONTROLLERS;
    for (const left of [2, 1]) {
      const found = await client.diagnostics(PAGE);
      assert.equal(found.length, left);
      const [action] = await client.codeActions(PAGE, found[0] as Diagnostic, ["quickfix"]);
      const next = applied(text, changeOf(action as CodeAction, client.uri(PAGE)));
      client.edit(PAGE, text, text, next);
      text = next;
    }
    assert.equal(text.match(/void dispose\(\)/g)?.length, 1, text);
    assert.deepEqual(await client.diagnostics(PAGE), []);
  });
});

const WHOLE = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, message: "" } as Diagnostic;
