import { parseYaml, type YamlNode } from "../../syntax/yaml.ts";
import type { Span } from "../../text/positions.ts";
import type { Extracted, FileProblem } from "../fileFacts.ts";
import { syntaxProblems } from "../syntaxProblems.ts";
import { NO_PROJECT_FACTS, type ProjectFacts, type RuleChoice, type RuleLevel, type Scenario, type Sla } from "./projectFacts.ts";
import type { PerformanceDocument } from "./schema.ts";
import { entryAt, nodeAt } from "./tree.ts";
import { validate } from "./validate.ts";

const DEFAULT_DURATION_MS = 30_000;
const DEFAULT_WARMUP_MS = 5_000;
const DEFAULT_TIMEOUT_MS = 10_000;

/** Reads a `performance.yaml`. What is wrong in it becomes a problem at its key; everything else counts. */
export function projectFacts(_file: string, text: string): Extracted<ProjectFacts> {
  const { documents, problems: syntax } = parseYaml(text);
  const problems: FileProblem[] = [...syntaxProblems(syntax, text, "error")];
  const unparsed = syntax.map(({ span }) => span);
  const second = documents[1];
  if (second !== undefined)
    problems.push({ span: firstOf(second.root?.span ?? second.span), message: "Only the first document is read", severity: "warning" });
  const written = documents[0]?.root;
  if (written === undefined) return { facts: NO_PROJECT_FACTS, unparsed, problems };
  const { document, root, problems: wrong } = validate(written);
  return { facts: document === undefined ? NO_PROJECT_FACTS : factsOf(document, root), unparsed, problems: [...problems, ...wrong] };
}

function factsOf(document: PerformanceDocument, root: YamlNode): ProjectFacts {
  const at = (...path: readonly (string | number)[]): Span =>
    entryAt(root, path)?.keySpan ?? nodeAt(root, path)?.span ?? firstOf(root.span);
  const valueAt = (...path: readonly (string | number)[]): Span => nodeAt(root, path)?.span ?? firstOf(root.span);
  const choices = (rules: Readonly<Record<string, RuleLevel>>, ...path: readonly (string | number)[]): readonly RuleChoice[] =>
    Object.entries(rules).map(([rule, level]) => ({ rule, level, at: at(...path, rule) }));
  return {
    rules: choices(document.rules ?? {}, "rules"),
    overrides: (document.overrides ?? []).map(({ files, rules }, index) => ({ files, rules: choices(rules, "overrides", index, "rules") })),
    ignore: document.ignore ?? [],
    tests: document.tests,
    database: {
      dialect: document.database?.dialect,
      tables: Object.entries(document.database?.tables ?? {}).map(([name, { rows }]) => ({
        name,
        rows,
        at: at("database", "tables", name),
      })),
    },
    appliedMigration: document.migrations?.applied,
    statistics: document.statistics,
    slas: (document.slas ?? []).map((sla, index) => slaOf(sla, valueAt("slas", index, "endpoint"))),
    scenarios: (document.scenarios ?? []).map((scenario, index) => scenarioOf(scenario, valueAt("scenarios", index, "name"))),
    baseline: document.baseline,
  };
}

function slaOf(given: NonNullable<PerformanceDocument["slas"]>[number], at: Span): Sla {
  const { endpoint, p50, p90, p95, p99, max, errorRate, throughput } = given;
  return { endpoint, p50Ms: p50, p90Ms: p90, p95Ms: p95, p99Ms: p99, maxMs: max, errorRate, throughputPerSecond: throughput, at };
}

function scenarioOf(given: NonNullable<PerformanceDocument["scenarios"]>[number], at: Span): Scenario {
  const [endpointMethod, endpointPath] = given.endpoint?.split(" ") ?? [];
  const method = given.method ?? endpointMethod ?? "GET";
  const url = given.url ?? endpointPath ?? "/";
  const executor = given.executor ?? (given.rate === undefined ? "constant-vus" : "constant-arrival-rate");
  return {
    name: given.name,
    endpoint: given.endpoint ?? `${method} ${pathOf(url)}`,
    method,
    url,
    headers: given.headers ?? {},
    body: given.body === undefined ? undefined : typeof given.body === "string" ? given.body : JSON.stringify(given.body),
    executor,
    vus: executor === "constant-vus" ? (given.vus ?? 1) : undefined,
    ratePerSecond: given.rate,
    durationMs: given.duration ?? DEFAULT_DURATION_MS,
    warmupMs: given.warmup ?? DEFAULT_WARMUP_MS,
    timeoutMs: given.timeout ?? DEFAULT_TIMEOUT_MS,
    target: given.target?.replace(/\/$/, ""),
    at,
  };
}

/** The path of a URL or path, without its query. */
function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/?#]*/, "").replace(/[?#].*$/, "");
  return path === "" ? "/" : path;
}

const firstOf = ({ start, end }: Span): Span => ({ start, end: Math.min(end, start + 1) });
