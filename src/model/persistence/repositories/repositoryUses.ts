import { type CodeNode, childrenOf, mentions, nodesOf, stringsNamed } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { keyAs, SEVERAL } from "../../calls/dispatch.ts";
import { GatheredCalls } from "./callsByFile.ts";
import type { Repository } from "./repository.ts";

/** How many calls a method has; of these `ofOne` ask for a page of one row, and `unpaged` for all rows. */
export interface Uses {
  readonly all: number;
  readonly ofOne: number;
  readonly unpaged: number;
}

/** Whether all calls ask for a page of one row. */
export const isAskedForOne = ({ all, ofOne }: Uses): boolean => all > 0 && ofOne === all;

/** Whether all calls hand over a page without an end. */
export const isAskedForAll = ({ all, unpaged }: Uses): boolean => all > 0 && unpaged === all;

const NONE: Uses = { all: 0, ofOne: 0, unpaged: 0 };

/** How often application code calls each method that a repository declares, and who calls those that Spring Data declares for it. */
export class RepositoryUses {
  readonly #calls: CallGraph;
  readonly #byMethod = new GatheredCalls((file) => this.#targetsIn(file), usesIn);
  readonly #inherited = new GatheredCalls((file) => this.#inheritedIn(file), inheritedIn);

  constructor(calls: CallGraph) {
    this.#calls = calls;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    const different = this.#byMethod.update(changed);
    return this.#inherited.update(changed) || different;
  }

  /** Keys of methods with calls of "OrderRepository.findAll", which Spring Data declares; also where only the simple name is known. */
  callersOfInherited({ qualified, name }: Pick<Repository, "qualified" | "name">, method: string): ReadonlySet<string> {
    const { all } = this.#inherited;
    return new Set([...(all.get(`${qualified}.${method}`) ?? []), ...(all.get(`${name}.${method}`) ?? [])]);
  }

  /** The calls of a method, by its key; of one that a generic interface declares, those on all repositories below it. */
  of(method: string): Uses {
    return this.#byMethod.all.get(method) ?? NONE;
  }

  /** Whether a repository may be called by a method above it: on itself, or on what is not known. */
  reaches(method: string, repository: string): boolean {
    const { all } = this.of(method);
    return all === 0 || this.of(keyAs(method, repository)).all + this.of(keyAs(method, SEVERAL)).all > 0;
  }

  #targetsIn(file: string): string {
    const targets: string[] = [];
    for (const method of this.#calls.methodsIn(file)) {
      const mayPage = asksForPages(method);
      for (const site of method.sites) {
        if ((site.work?.kind !== "read" && site.work?.kind !== "write") || site.targets.length === 0) continue;
        const mark = mayPage ? this.#pageMark(method, site) : "";
        for (const target of site.targets) targets.push(target + mark, keyAs(target, site.work.on ?? SEVERAL));
      }
    }
    return targets.sort().join("\n");
  }

  /** Without their places: what is typed before a call moves it, and changes nothing here. */
  #inheritedIn(file: string): string {
    const lines = new Set<string>();
    for (const { key, sites } of this.#calls.methodsIn(file))
      for (const { work, targets, name } of sites)
        if (work?.kind === "read" && targets.length === 0 && LISTS.test(name))
          lines.add(JSON.stringify([work.on === undefined ? work.label : `${work.on}.${name}`, key]));
    return [...lines].join("\n");
  }

  /** `find(names, PageRequest.of(0, 1))`, `find(names, Limit.of(1))`; `find(names, Pageable.unpaged())`. */
  #pageMark(method: MethodNode, { order }: CallSite): string {
    const call = this.#calls.codeOf(method).nodes[order];
    const asked = call === undefined ? [] : childrenOf(call, "argument").flatMap(nodesOf);
    return asked.some(isOfOne) ? ONE : asked.some(isUnpaged) ? UNPAGED : "";
  }
}

function usesIn(said: Iterable<string>): ReadonlyMap<string, Uses> {
  const byMethod = new Map<string, Uses>();
  for (const targets of said)
    for (const target of targets.split("\n")) {
      const mark = [ONE, UNPAGED].find((one) => target.endsWith(one)) ?? "";
      const method = target.slice(0, target.length - mark.length);
      const { all, ofOne, unpaged } = byMethod.get(method) ?? NONE;
      byMethod.set(method, { all: all + 1, ofOne: ofOne + (mark === ONE ? 1 : 0), unpaged: unpaged + (mark === UNPAGED ? 1 : 0) });
    }
  return byMethod;
}

function inheritedIn(said: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const lines of said)
    for (const line of lines.split("\n")) {
      const [called, method] = JSON.parse(line) as [string, string];
      const known = all.get(called);
      if (known === undefined) all.set(called, [method]);
      else known.push(method);
    }
  return all;
}

/** What brings many rows of those that Spring Data declares. */
const LISTS = /^findAll(?:ById)?$/;

/** Behind the key of a method that is asked for one row, and for all of them. */
const ONE = " 1";
const UNPAGED = " *";
const LIMITS = ["PageRequest", "Limit"];
const PAGES = [...LIMITS, "unpaged"];

/** Cheap: whether a body names what a page is asked for by. */
function asksForPages({ declared: { owner, method } }: MethodNode): boolean {
  const { code } = owner.file.java;
  const named = method.body < 0 ? undefined : stringsNamed(code, PAGES);
  return named !== undefined && mentions(code, method.body, named);
}

function isOfOne(call: CodeNode): boolean {
  if (call.kind !== "call" || !/^(?:of|ofSize)$/.test(call.text)) return false;
  const [on] = childrenOf(call, "receiver");
  const given = childrenOf(call, "argument");
  const size = on?.text === "Limit" || call.text === "ofSize" ? given[0] : given[1];
  return on?.kind === "name" && LIMITS.includes(on.text) && size?.kind === "literal" && size.text === "1";
}

const isUnpaged = ({ kind, text }: CodeNode): boolean => kind === "call" && text === "unpaged";
