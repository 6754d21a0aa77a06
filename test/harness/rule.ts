import assert from "node:assert/strict";
import type { Finding, Fix, Sources } from "../../src/rules/finding.ts";
import type { AnyRule, JudgedLanguage, RuleDefinition } from "../../src/rules/rule.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { type AppliedCase, assertAppliedFix } from "./appliedFix.ts";
import { factsOf, TestWorkspace } from "./check.ts";
import { assertTitle, editedBy, quickFixes } from "./editorFix.ts";
import { type Fixture, type Marker, parseFixture } from "./fixture.ts";
import { describeWithPostgres } from "./postgres.ts";
import { assertJavaParses } from "./strictJava.ts";

export interface RuleCases {
  /** Workspaces with carets under what is reported. */
  readonly reports: Readonly<Record<string, string>>;
  /** Their neighbours, where reporting stops. */
  readonly ignores: Readonly<Record<string, string>>;
  /** By the name of a `reports` case: the files that its first finding's first fix changes or creates, as they are afterwards. */
  readonly fixes?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** By the name of a `reports` case: what the fix leaves behind on a real PostgreSQL server. */
  readonly applied?: Readonly<Record<string, AppliedCase>>;
}

/** Declares the tests of one rule, and the checks that every rule must pass unasked. */
export function rule<L extends JudgedLanguage, M extends string>(definition: RuleDefinition<L, M>, cases: RuleCases): void {
  const rules = [definition];
  describe(definition.id, () => {
    for (const [name, source] of Object.entries(cases.reports)) {
      it(`reports ${name}`, async () => {
        const fixture = parseFixture(source);
        assert.ok(fixture.findings.length > 0, "a reports case has carets");
        assertFindings(fixture, await findingsIn(rules, fixture));
      });
      it(`reports ${name}: the same with CRLF, with characters outside the BMP, in any order and step by step`, async () => {
        await assertSteady(rules, parseFixture(source));
      });
    }
    for (const [name, source] of Object.entries(cases.ignores)) {
      it(`ignores ${name}`, async () => {
        const fixture = parseFixture(source);
        assert.equal(fixture.findings.length, 0, "an ignores case has no carets");
        assertFindings(fixture, await findingsIn(rules, fixture));
        await assertSteady(rules, fixture);
      });
    }
    for (const [name, expected] of Object.entries(cases.fixes ?? {})) {
      it(`fixes ${name}`, async () => {
        const source = cases.reports[name];
        assert.ok(source !== undefined, `no reports case is named "${name}"`);
        const byTitle = typeof expected === "string" ? { "": expected } : expected;
        for (const [title, after] of Object.entries(byTitle)) await assertFix(rules, parseFixture(source), title, parseFixture(after));
      });
    }
    if (cases.applied !== undefined) {
      const applied = cases.applied;
      describeWithPostgres("on a real server", (server) => {
        for (const [name, expected] of Object.entries(applied)) {
          it(`the fix leaves what it should: ${name}`, async () => {
            const source = cases.reports[name];
            assert.ok(source !== undefined, `no reports case is named "${name}"`);
            await assertAppliedFix(definition, source, expected, () => server().database());
          });
        }
      });
    }
  });
}

type Known = Pick<Fixture, "files" | "history" | "statistics">;

async function findingsIn(rules: readonly AnyRule[], { files, history, statistics }: Known): Promise<readonly Finding[]> {
  const workspace = new TestWorkspace(rules);
  workspace.workspace.setHistory(history);
  workspace.setStatistics(statistics);
  await workspace.put(files);
  return workspace.findings().filter((finding) => finding.rule !== "project/unused-suppression");
}

function assertFindings(fixture: Fixture, findings: readonly Finding[]): void {
  const shown = findings.map((finding) => show(fixture.files, finding.file, finding.span.start, finding.span.end, finding.message));
  const wanted = fixture.findings.map((marker) => showMarker(fixture.files, marker));
  assert.deepEqual(
    shown.map((line) => line.place).sort(),
    wanted.map((line) => line.place).sort(),
    `findings: ${shown.map((s) => `${s.place} ${s.message}`).join("\n")}`,
  );
  for (const marker of fixture.findings) {
    const { place } = showMarker(fixture.files, marker);
    const finding = findings.find(
      (candidate) => show(fixture.files, candidate.file, candidate.span.start, candidate.span.end, "").place === place,
    );
    assert.ok(finding !== undefined);
    if (marker.text !== "") assert.equal(finding.message, marker.text);
    assert.equal(finding.fixes.length > 0, marker.hasFix, `a fix at ${place}`);
    assert.ok(finding.message.length <= 120 && !finding.message.includes("{{"), `the message fits one line: ${finding.message}`);
    assert.ok(finding.cost.length > 0, "a finding states its cost");
  }
  const related = findings.flatMap((finding) =>
    finding.related.map((place) => show(fixture.files, place.at.file, place.at.start, place.at.end, place.message)),
  );
  for (const marker of fixture.related) {
    const { place } = showMarker(fixture.files, marker);
    const found = related.find((candidate) => candidate.place === place);
    assert.ok(found !== undefined, `a related place at ${place}; there are: ${related.map((r) => r.place).join(", ")}`);
    if (marker.text !== "" && marker.text !== "related") assert.equal(found.message, marker.text);
  }
}

/** `file:line:startColumn-endColumn`; a range over several lines ends where its first line does. */
function show(
  files: ReadonlyMap<string, string>,
  file: string,
  start: number,
  end: number,
  message: string,
): { place: string; message: string } {
  const text = files.get(file);
  assert.ok(text !== undefined, `a finding in ${file}, which the fixture does not have`);
  assert.ok(0 <= start && start < end && end <= text.length, `the range ${start}-${end} lies in ${file}`);
  const lines = text.split("\n");
  const before = text.slice(0, start).split("\n");
  const line = before.length - 1;
  const column = (before.at(-1) as string).length;
  const lineText = lines[line] as string;
  return { place: `${file}:${line + 1}:${column + 1}-${Math.min(column + end - start, lineText.trimEnd().length) + 1}`, message };
}

function showMarker(files: ReadonlyMap<string, string>, marker: Marker): { place: string; message: string } {
  const lineText = (files.get(marker.file) as string).split("\n")[marker.line] ?? "";
  return {
    place: `${marker.file}:${marker.line + 1}:${marker.start + 1}-${Math.min(marker.end, lineText.trimEnd().length) + 1}`,
    message: marker.text,
  };
}

/** Findings as text that does not depend on line ends or on what stands in front: line content and message. */
function summary(texts: ReadonlyMap<string, string>, findings: readonly Finding[]): string[] {
  const quote = (file: string, start: number, end: number) =>
    `${file}: ${(texts.get(file) as string).slice(start, end).replaceAll("\r\n", "\n")}`;
  return findings
    .map((f) =>
      [
        f.rule,
        quote(f.file, f.span.start, f.span.end),
        f.severity,
        f.message,
        f.cost,
        ...f.related.map((r) => `${quote(r.at.file, r.at.start, r.at.end)} ${r.message}`),
        ...f.fixes.map((x) => x.title),
      ].join(" | "),
    )
    .sort();
}

async function assertSteady(rules: readonly AnyRule[], fixture: Fixture): Promise<void> {
  const expected = summary(fixture.files, await findingsIn(rules, fixture));
  const variants: [string, (file: string, text: string) => string][] = [
    ["CRLF", (_, text) => text.replaceAll("\n", "\r\n")],
    // Liquibase wants its own comment to be the first.
    ["characters outside the BMP", (file, text) => (/^--liquibase.*/.test(text) ? text.replace("\n", " é漢😀\n") : astral(file) + text)],
  ];
  for (const [name, change] of variants) {
    const files = new Map([...fixture.files].map(([file, text]) => [file, change(file, text)]));
    assert.deepEqual(summary(files, await findingsIn(rules, { ...fixture, files })), expected, name);
  }
  const stepwise = new TestWorkspace(rules);
  stepwise.workspace.setHistory(fixture.history);
  for (const entry of [...fixture.files].reverse()) {
    await stepwise.put([entry]);
    stepwise.findings();
  }
  stepwise.setStatistics(fixture.statistics);
  assert.deepEqual(summary(fixture.files, stepwise.findings()), expected, "files one by one, last first");
  for (const [file, text] of fixture.files) {
    await stepwise.put([[file, undefined]]);
    stepwise.findings();
    await stepwise.put([[file, text]]);
    assert.deepEqual(summary(fixture.files, stepwise.findings()), expected, `${file} taken away and put back`);
  }
}

function astral(file: string): string {
  if (/\.(java|dart|sql|gradle|kts)$/.test(file)) return "/* é漢😀 */ ";
  if (/\.(ya?ml|properties|toml)$/.test(file)) return "# é漢😀\n";
  return "";
}

async function assertFix(rules: readonly AnyRule[], fixture: Fixture, title: string, after: Fixture): Promise<void> {
  const workspace = new TestWorkspace(rules);
  workspace.workspace.setHistory(fixture.history);
  workspace.setStatistics(fixture.statistics);
  await workspace.put(fixture.files);
  const findings = workspace.findings().filter((finding) => finding.fixes.length > 0);
  const finding = findings[0];
  assert.ok(finding !== undefined, "a finding with a fix");
  const fix = title === "" ? finding.fixes[0] : finding.fixes.find((candidate) => candidate.title === title);
  assert.ok(fix !== undefined, `a fix titled "${title}"; there are: ${finding.fixes.map((f) => f.title).join("; ")}`);
  const sources = new Texts(workspace.texts);
  const edits = fix.edits(sources);
  assert.ok(edits !== undefined && edits.length > 0, "the fix has an edit");
  const result = new Map<string, string>();
  for (const edit of edits) {
    if (edit.kind === "create") {
      assert.ok(!workspace.texts.has(edit.file), `${edit.file} does not exist yet`);
      result.set(edit.file, edit.text);
    } else result.set(edit.file, applyEdits(workspace.texts.get(edit.file) as string, edit.edits));
  }
  assert.deepEqual(Object.fromEntries([...result].sort()), Object.fromEntries([...after.files].sort()));
  await assertOffered(finding, fix, workspace, result);
  for (const [file, text] of result) {
    const facts = await factsOf(file, text);
    assert.equal(facts.parse, "full", `${file} parses after the fix`);
    if (file.endsWith(".java")) assertJavaParses(file, text);
  }
  await workspace.put(result);
  const same = workspace.findings().filter((f) => f.rule === finding.rule && f.message === finding.message && f.file === finding.file);
  const before = findings.filter((f) => f.message === finding.message && f.file === finding.file);
  assert.ok(same.length < before.length, `the finding is gone after the fix; still there: ${same.map((f) => f.message).join("; ")}`);
}

/** The editor offers the fix under the same name, and its edit leaves the same behind. */
async function assertOffered(finding: Finding, fix: Fix, workspace: TestWorkspace, result: ReadonlyMap<string, string>): Promise<void> {
  assertTitle(fix);
  const action = (await quickFixes(finding, workspace)).find(({ title }) => title === fix.title);
  assert.ok(action !== undefined, `the editor offers "${fix.title}"`);
  assert.equal(action.isPreferred, fix.safe && fix === finding.fixes[0], "only a safe fix that comes first is preferred");
  assert.deepEqual(editedBy(action, workspace), Object.fromEntries(result));
}

/** Sources that need their `this`, as the editor's and the disk's do: a fix must not take `text` out of them. */
class Texts implements Sources {
  readonly #texts: ReadonlyMap<string, string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  text(file: string): string | undefined {
    return this.#texts.get(file);
  }
}
