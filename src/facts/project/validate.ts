import * as z from "zod";
import type { YamlNode } from "../../syntax/yaml.ts";
import { similarNames } from "../../text/similar.ts";
import type { FileProblem } from "../fileFacts.ts";
import { type PerformanceDocument, performanceSchema } from "./schema.ts";
import { nodeAt, type Path, plain, spanOf, valueAt, without, withVersion } from "./tree.ts";

export interface Validated {
  /** Undefined where nothing of it can be used. */
  readonly document: PerformanceDocument | undefined;
  /** What `document` was read from: the tree without what is wrong. */
  readonly root: YamlNode;
  readonly problems: readonly FileProblem[];
}

/** Holds a tree against the schema: what is valid in it, and a problem at the key of everything that is not. */
export function validate(given: YamlNode): Validated {
  const problems: FileProblem[] = [];
  const answer = (root: YamlNode, document: PerformanceDocument | undefined): Validated => ({
    document,
    root,
    problems: problems.sort((a, b) => a.span.start - b.span.start),
  });
  const taken = new Set<string>();
  for (let root = given; ; ) {
    const value = plain(root, { left: MAX_VALUES });
    const result = performanceSchema.safeParse(value);
    if (result.success) return answer(root, result.data);
    const wrong = result.error.issues.flatMap((issue) => described(issue, root, value));
    problems.push(...withoutConsequences(wrong, taken));
    if (wrong.some(({ path }) => path.length === 0)) return answer(root, undefined);
    for (const { path } of wrong) taken.add(identityOf(root, path));
    // Later items first: taking one out of a list moves those behind it.
    const paths = wrong.map(({ path }) => path).sort((a, b) => comparePaths(b, a));
    const rest = paths.reduce<YamlNode>((node, path) => (sameAs(path, VERSION) ? withVersion(node) : without(node, path)), root);
    if (rest === root) return answer(root, undefined);
    root = rest;
  }
}

interface Wrong {
  readonly problem: FileProblem;
  /** Identities of the key that is missing, and of the one that an unknown key was meant to be. */
  readonly missing?: string;
  readonly meant?: string;
  /** What is taken out so that the rest is valid. */
  readonly path: Path;
}

const MAX_VALUES = 20_000;

/** A mistyped key, or a wrong value that was taken out before, is one mistake: that it is missing goes without saying. */
function withoutConsequences(wrong: readonly Wrong[], taken: ReadonlySet<string>): readonly FileProblem[] {
  const meant = new Set(wrong.map((one) => one.meant));
  return wrong.filter(({ missing }) => missing === undefined || !(meant.has(missing) || taken.has(missing))).map(({ problem }) => problem);
}

/** Names what is at a path by where its holder stands, which stays the same when items before it are taken out. */
function identityOf(root: YamlNode, path: Path): string {
  return `${nodeAt(root, path.slice(0, -1))?.span.start ?? -1} ${path.at(-1)}`;
}

function described(issue: z.core.$ZodIssue, root: YamlNode, value: unknown): readonly Wrong[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  const problem = (at: Path, message: string): FileProblem => ({ span: spanOf(root, at), message, severity: "error" });
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(performanceSchema, path);
    return issue.keys.map((key) => {
      const meant = meantBy(key, known);
      const at = [...path, key];
      const found = problem(at, `${where(path)} has no key "${key}"${hint(meant, known)}`);
      return meant === undefined ? { problem: found, path: at } : { problem: found, path: at, meant: identityOf(root, [...path, meant]) };
    });
  }
  const name = path.length === 0 ? "performance.yaml" : typeof path.at(-1) === "number" ? `${where(path)}` : `"${path.at(-1)}"`;
  const given = valueAt(value, path);
  if (given === undefined && path.length > 0) {
    const holder = path.slice(0, -1);
    // `version` alone is no reason to leave the whole file out.
    const rescue = holder.length === 0 ? path : holder;
    return [{ problem: problem(holder, `${where(holder)} needs ${name}`), path: rescue, missing: identityOf(root, path) }];
  }
  if (issue.code === "invalid_value") {
    const known = issue.values.map(String);
    const message = `${name} is ${known.length === 1 ? "" : "one of "}${known.join(", ")}, not ${shown(given)}${hint(meantBy(String(given), known), [])}`;
    return [{ problem: problem(path, message), path }];
  }
  if (issue.code === "invalid_type" && !issue.message.startsWith("is "))
    return [{ problem: problem(path, `${name} is ${article(issue.expected)}, not ${shown(given)}`), path }];
  const detail = issue.code === "too_small" ? "is too small or empty" : issue.message;
  return [{ problem: problem(path, `${name} ${detail}`), path }];
}

/** The keys that an object at `path` may have. */
function keysAt(schema: unknown, path: Path): readonly string[] {
  let at = unwrapped(schema);
  for (const part of path) {
    if (at instanceof z.ZodObject) at = unwrapped(at.shape[String(part)]);
    else if (at instanceof z.ZodArray) at = unwrapped(at.element);
    else if (at instanceof z.ZodRecord) at = unwrapped(at.valueType);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

const unwrapped = (schema: unknown): unknown => (schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema);

function where(path: Path): string {
  if (path.length === 0) return "performance.yaml";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}

/** What someone who wrote `name` may have meant; a beginning is as good as a slip. */
function meantBy(name: string, known: readonly string[]): string | undefined {
  if (name.length < 2) return undefined;
  return known.find((candidate) => name.length > 2 && candidate.startsWith(name)) ?? similarNames(name, known)[0];
}

function hint(similar: string | undefined, known: readonly string[]): string {
  if (similar !== undefined) return `; did you mean "${similar}"?`;
  return known.length === 0 ? "" : `; it has ${known.join(", ")}`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  const text = String(value);
  return `"${text.length > 30 ? `${text.slice(0, 30)}…` : text}"`;
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: "a mapping",
    record: "a mapping",
    array: "a list",
    string: "a text",
    int: "a whole number",
  };
  return names[type] ?? `a ${type}`;
}

const VERSION: Path = ["version"];
const sameAs = (a: Path, b: Path): boolean => comparePaths(a, b) === 0;

function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as string | number, b[i] as string | number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
