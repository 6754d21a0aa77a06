import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scan, workspaceOf } from "../src/analysis/scan.ts";
import { defaultSettings } from "../src/analysis/settings.ts";
import { nodeHost } from "../src/project/nodeHost.ts";
import type { Finding } from "../src/rules/finding.ts";
import { rules } from "../src/rules/index.ts";
import { positionAt } from "../src/text/positions.ts";
import { testParsers } from "./harness/check.ts";

const SAMPLE = fileURLToPath(new URL("../samples/ticket-chain", import.meta.url));

/** A row of PROBLEMS.md: a rule, a line, and a piece of the code that must stand there. */
interface Row {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

function rowsOf(section: string): readonly Row[] {
  return section
    .split("\n")
    .filter((line) => /^\| (java|sql|dart|config)\//.test(line))
    .map((line) => {
      const [, rule, file, number, code] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return { rule: rule ?? "", file: file ?? "", line: Number(number), code: (code ?? "").replace(/^`|`$/g, "").replaceAll("\\|", "|") };
    });
}

const [problems = "", lookAlikes = ""] = readFileSync(join(SAMPLE, "PROBLEMS.md"), "utf8").split("# Look-alikes");

/** `rule file:line` of what was found and of what the list names. */
const found = (finding: Finding, lineStarts: Uint32Array): string =>
  `${finding.rule} ${finding.file}:${positionAt(lineStarts, finding.span.start).line + 1}`;
const named = ({ rule, file, line }: Row): string => `${rule} ${file}:${line}`;

describe("the sample", () => {
  let reported: readonly string[] = [];

  before(async () => {
    const scanned = await scan({ roots: [SAMPLE], host: nodeHost, parsers: await testParsers() });
    const workspace = await workspaceOf(scanned, {
      rules,
      settings: defaultSettings,
      onRuleError: ({ rule, error }) => {
        throw new Error(`${rule} failed`, { cause: error });
      },
    });
    reported = [...workspace.files()].flatMap((file) => {
      const facts = workspace.get(file);
      assert.ok(facts !== undefined);
      return workspace.findings(file).map((finding) => found(finding, facts.lineStarts));
    });
  });

  it("lists lines that hold the code they name", () => {
    const rows = [...rowsOf(problems), ...rowsOf(lookAlikes)];
    assert.ok(rows.length > 40, `${rows.length} rows`);
    for (const row of rows) {
      const line = readFileSync(join(SAMPLE, row.file), "utf8").split("\n")[row.line - 1];
      assert.ok(line?.includes(row.code), `${row.file}:${row.line} holds ${row.code}, not ${line}`);
    }
  });

  it("is found to have every problem that it lists, and no other", () => {
    assert.deepEqual([...new Set(reported)].sort(), [...new Set(rowsOf(problems).map(named))].sort());
  });

  it("keeps every rule of ours silent on its look-alikes", () => {
    const rows = rowsOf(lookAlikes).map(named);
    assert.ok(rows.length > 10);
    assert.deepEqual(
      reported.filter((line) => rows.includes(line)),
      [],
    );
  });

  it("plants the problems that the first rules are for", () => {
    const planted = new Set(rowsOf(problems).map((row) => row.rule));
    assert.deepEqual(
      FIRST.filter((id) => !planted.has(id)),
      [],
    );
  });
});

const FIRST = [
  "config/connection-pool-defaults",
  "config/open-in-view",
  "dart/animated-builder-without-child",
  "dart/controller-not-disposed",
  "dart/future-created-in-build",
  "dart/rebuild-wide-state",
  "java/query-in-loop",
  "java/unbounded-find-all",
  "java/uncached-hot-endpoint",
  "sql/foreign-key-without-index",
  "sql/missing-index-for-query",
  "sql/redundant-index",
];
