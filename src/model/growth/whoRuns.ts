import type { MethodNode } from "../calls/callGraph.ts";
import type { IndexedGraph } from "../calls/effects/indexedGraph.ts";
import type { EntryPoint } from "../calls/effects/spread.ts";
import { isTestFile } from "../schema/sets/settings.ts";
import { guardAdmitsAdministrators } from "../web/administrators.ts";
import { runsAtStartUp } from "../web/startUp.ts";

/** Who comes to a method: "imports" bring many rows at once, whoever starts them; "nobody" that is known may be anybody. */
export type Comer = "administrators" | "start-up" | "imports" | "others" | "nobody";

/** Whether nobody comes but who adds few rows. */
export const areFew = (comers: ReadonlySet<Comer>): boolean =>
  [...comers].every((comer) => comer === "start-up" || comer === "administrators");

/**
 * Who comes to any of the methods, over all calls, with the files that were looked at; no further than to the first who may add many rows.
 */
export function comersOf(
  methods: readonly string[],
  graph: IndexedGraph,
  entries: ReadonlyMap<string, readonly EntryPoint[]>,
): { readonly comers: ReadonlySet<Comer>; readonly files: ReadonlySet<string> } {
  const comers = new Set<Comer>();
  const files = new Set<string>();
  const seen = new Set<number>();
  const frontier: number[] = [];
  const visit = (index: number): void => {
    if (seen.has(index)) return;
    seen.add(index);
    frontier.push(index);
  };
  for (const method of methods) for (const index of graph.indicesOf(method)) visit(index);
  for (let index = frontier.pop(); index !== undefined && areFew(comers); index = frontier.pop()) {
    const node = graph.nodes[index] as MethodNode;
    const { owner, method } = node.declared;
    files.add(owner.file.file);
    if (isTestFile(owner.file.file)) continue;
    if (IMPORTS.test(method.name) || IMPORTS.test(owner.type.name)) comers.add("imports");
    const entered = entries.get(node.key) ?? [];
    for (const entry of entered) comers.add(comerOf(entry));
    if (guardAdmitsAdministrators(owner.type, method)) {
      comers.add("administrators");
      continue;
    }
    const starts = runsAtStartUp(node);
    if (starts) comers.add("start-up");
    // What fills tables at the start may be called again later.
    let isKnown = starts || entered.length > 0;
    const above = (other: number): void => {
      isKnown = true;
      visit(other);
    };
    graph.eachCaller(index, above);
    graph.eachDeclaration(index, above);
    if (!isKnown) comers.add("nobody");
  }
  return { comers, files };
}

/** Whether an entry point that is `meant` comes to any of the methods, over all calls but those of tests, with the files that were looked at. */
export function isReachedBy(
  methods: readonly string[],
  graph: IndexedGraph,
  entries: ReadonlyMap<string, readonly EntryPoint[]>,
  meant: (entry: EntryPoint) => boolean,
): { readonly reached: boolean; readonly files: ReadonlySet<string> } {
  const files = new Set<string>();
  const seen = new Set<number>();
  for (const method of methods) for (const index of graph.indicesOf(method)) seen.add(index);
  // A set is walked in the order in which it grows.
  for (const index of seen) {
    const { key, declared } = graph.nodes[index] as MethodNode;
    const { file } = declared.owner.file;
    files.add(file);
    if (isTestFile(file)) continue;
    if (entries.get(key)?.some(meant) === true) return { reached: true, files };
    const above = (other: number): void => void seen.add(other);
    graph.eachCaller(index, above);
    graph.eachDeclaration(index, above);
  }
  return { reached: false, files };
}

/** What brings rows by the file, or from another system, whose token may be an administrator's. */
const IMPORTS = /import|upload|bulk|batch|sync(?!hronized)|csv|excel|spreadsheet|ingest|migrat/i;
const BY_MACHINES = /import|upload|bulk|batch|sync|ingest|migrat|upsert|register|webhook|callback/i;

const comerOf = ({ kind, forAdministrators, label }: EntryPoint): Comer =>
  kind !== "endpoint" || forAdministrators !== true ? "others" : BY_MACHINES.test(label) ? "imports" : "administrators";
