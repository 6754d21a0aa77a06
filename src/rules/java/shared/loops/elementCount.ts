import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import { bodyRun } from "../../../../model/calls/bodiesRun.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { mayRun } from "../../../../model/calls/dispatch.ts";
import type { Iteration } from "../../../../model/calls/iteration/iterationKinds.ts";
import type { Model } from "../../../../model/model.ts";
import { idColumns } from "../../../../model/persistence/mapping/entity.ts";
import { findsOneRow, repositoryCall, returnsOf } from "../../../../model/persistence/sent/repositoryCalls.ts";
import { simpleName } from "../../../../model/types/type.ts";
import { contains } from "../../../../text/positions.ts";
import { isKind, isSmallTable } from "../mapping/smallTables.ts";
import { isBoundBefore } from "./boundLists.ts";
import {
  COPIES,
  FACTORIES,
  GIVES_ALL,
  isEmptyList,
  isPlainCollector,
  KEEPS,
  mapsBefore,
  PAGE_ROWS,
  PAGES,
  valuesAssigned,
  valuesOf,
} from "./elementSteps.ts";
import { iteratedBy } from "./iterated.ts";
import { givesConstants, holdsFew } from "./writtenDown.ts";

/**
 * How many elements there may be, as far as the code tells where they come from. "many": the rows of a query; "given": what a request
 * brings, as much as its sender likes; "few": what an object holds, a small table, a limit, a group; "written": as many as somebody has
 * written down; "unknown" otherwise.
 */
export type ElementCount = "many" | "given" | "few" | "written" | "unknown";

/** Whether there may be hundreds. */
export const mayBeMany = (count: ElementCount): boolean => count === "many" || count === "given";

/** How many rounds the loops around a call have together: what the largest of them says. */
export function elementsAround(model: Model, method: MethodNode, { order, iterations }: CallSite): ElementCount {
  const call = model.calls.codeOf(method).nodes[order];
  return call === undefined ? "unknown" : roundsOf(model, method, call, iterations);
}

/** The same for any node, with the iterations around it. */
export function roundsOf(model: Model, method: MethodNode, node: CodeNode, iterations: readonly Iteration[]): ElementCount {
  const { nodes } = model.calls.codeOf(method);
  const trace = new Trace(model);
  const at = { method, nodes, path: model.effects.pathTo(method.key) };
  return largest(
    iterations.map((iteration) => {
      if (iteration.kind === "items") return "many";
      if (FIXED.test(iteration.over)) return "written";
      const iterated = iteratedBy(node, iteration.at.start);
      if (iterated === undefined) return "unknown";
      if (givesConstants(model, method, iterated)) return "written";
      return isBoundBefore(iterated, node) ? "few" : trace.countOf(iterated, at);
    }),
  );
}

/** How many elements a method returns; of one that the workspace declares without a body, what is known to run in its place. */
export const returnedElements = (model: Model, method: MethodNode): ElementCount => new Trace(model).ofRun(method);

/** `for (int i = 0; i < 4; i++)`. */
const FIXED = /^\d rounds$/;

const ORDER: readonly ElementCount[] = ["many", "given", "unknown", "few", "written"];
const largest = (counts: readonly ElementCount[]): ElementCount => ORDER.find((count) => counts.includes(count)) ?? "unknown";

interface Frame {
  readonly method: MethodNode;
  readonly nodes: readonly CodeNode[];
  /** The methods that lead here from the entry point, this one last; empty where nothing is known to. */
  readonly path: readonly string[];
}

/** Values are followed over so many steps, through methods that they come from and callers that they are given by. */
const MOST_STEPS = 24;

class Trace {
  readonly #model: Model;
  #steps = 0;

  constructor(model: Model) {
    this.#model = model;
  }

  countOf(node: CodeNode, at: Frame): ElementCount {
    if (++this.#steps > MOST_STEPS) return "unknown";
    switch (node.kind) {
      case "name":
        return this.#ofName(node, at);
      case "call":
        return this.#ofCall(node, at);
      case "field":
        return childOf(node, "receiver")?.kind === "this" ? this.#ofField(node, at) : "few";
      case "conditional":
        return largest(node.children.filter(({ role }) => role !== "condition").map((child) => this.countOf(child, at)));
      case "cast": {
        const value = childOf(node, "value");
        return value === undefined ? "unknown" : this.countOf(value, at);
      }
      case "new": {
        const [given] = childrenOf(node, "argument");
        return given === undefined || given.kind === "literal" ? "unknown" : this.countOf(given, at);
      }
      case "switch":
        return largest(valuesOf(node).map((value) => this.countOf(value, at)));
      case "array":
      case "literal":
        return "written";
      default:
        return "unknown";
    }
  }

  #ofName(name: CodeNode, at: Frame): ElementCount {
    const { typer } = this.#model.calls.codeOf(at.method);
    const declared = typer.declarationOf(name);
    if (declared === undefined)
      return at.method.declared.method.parameters.some((parameter) => parameter.name === name.text)
        ? this.#ofParameter(name.text, at)
        : this.#ofField(name, at);
    // A loop's element that is itself a collection: a group, or a chunk.
    if (declared.kind !== "local") return "few";
    const values = [childOf(declared, "value"), ...valuesAssigned(declared, at.nodes, typer)].filter((value) => value !== undefined);
    const isOfItself = (value: CodeNode): boolean =>
      nodesOf(value).some((used) => used.kind === "name" && typer.declarationOf(used) === declared);
    const given = values.filter((value, _, { length }) => !isOfItself(value) && (length === 1 || !isEmptyList(value)));
    return given.length === 0 ? "unknown" : largest(given.map((value) => this.#ofValue(value, declared, at)));
  }

  #ofValue(value: CodeNode, declared: CodeNode, at: Frame): ElementCount {
    return value.kind === "new" && childrenOf(value, "argument").every(({ kind }) => kind === "literal" || kind === "class")
      ? this.#ofFilled(declared, at)
      : this.countOf(value, at);
  }

  #ofField(field: CodeNode, { method }: Frame): ElementCount {
    return holdsFew(this.#model, method, field) ? "written" : "unknown";
  }

  /** `List<X> found = new ArrayList<>(); for (…) found.add(…)`: as many as the loop has rounds. */
  #ofFilled(local: CodeNode, at: Frame): ElementCount {
    const { nodes, typer } = this.#model.calls.codeOf(at.method);
    const counts: ElementCount[] = [];
    for (const node of nodes) {
      if (node.kind !== "call" || !/^(?:add|addAll|put|putAll)$/.test(node.text)) continue;
      const on = childOf(node, "receiver");
      if (on?.kind !== "name" || on.text !== local.text || typer.declarationOf(on) !== local) continue;
      const [given] = childrenOf(node, "argument");
      if (node.text.endsWith("All") && given !== undefined) counts.push(this.countOf(given, at));
      else {
        // Loops around the list as well make a list each.
        const loops = [...ancestorsOf(node)].filter(
          (around) => /^(?:foreach|for|while|do|lambda)$/.test(around.kind) && !contains(around, local),
        );
        // One `add` after the other is as many as somebody has written down.
        if (loops.length === 0) counts.push("few");
        for (const around of loops) counts.push(around.kind === "foreach" ? this.#ofLoop(around, at) : "unknown");
      }
    }
    return counts.length === 0 ? "unknown" : largest(counts);
  }

  #ofLoop(loop: CodeNode, at: Frame): ElementCount {
    const iterable = childOf(loop, "iterable");
    return iterable === undefined ? "unknown" : this.countOf(iterable, at);
  }

  #ofParameter(name: string, { method, path }: Frame): ElementCount {
    const { calls, web } = this.#model;
    let index = method.declared.method.parameters.findIndex((parameter) => parameter.name === name);
    if (index < 0 || path.length === 0) return "unknown";
    if (path.length === 1) {
      const { file } = method.declared.owner.file;
      const endpoint = web.endpointsIn(file).find((candidate) => candidate.method === method.key);
      // A body holds as much as its sender likes; an address has room for few.
      return endpoint?.inputs[index]?.kind === "body" ? "given" : "unknown";
    }
    for (let i = path.length - 2; i >= 0; i--) {
      const caller = calls.method(path[i] as string);
      if (caller === undefined) return "unknown";
      calls.noteBody(caller);
      const site = caller.sites.find((site) => mayRun(site, path[i + 1] as string));
      // From a declaration to what runs in its place the parameters stay.
      if (site === undefined) continue;
      const { nodes } = calls.codeOf(caller);
      const call = nodes[site.order];
      const argument = call?.kind === "call" ? childrenOf(call, "argument")[index] : undefined;
      index = -1;
      return argument === undefined ? "unknown" : this.countOf(argument, { method: caller, nodes, path: path.slice(0, i + 1) });
    }
    return "unknown";
  }

  #ofCall(call: CodeNode, at: Frame): ElementCount {
    const on = childOf(call, "receiver");
    const [given] = childrenOf(call, "argument");
    if (call.text === "limit") return "few";
    if (FACTORIES.test(call.text) && on?.kind === "name" && /^\p{Lu}/u.test(on.text)) return this.#ofListed(call, at);
    if (call.text === "collect" && given !== undefined && !isPlainCollector(given)) return "unknown";
    // Of many rows' values, few may be different: the parents of many children.
    if ((call.text === "distinct" || (call.text === "collect" && given?.text === "toSet")) && mapsBefore(call)) return "unknown";
    const site = at.method.sites[siteIndex(at, call)];
    if (site?.work?.kind === "read") return this.#ofRead(site, call, at);
    if (site !== undefined && site.targets.length > 0) return this.#ofTargets(site, call, at);
    if (on !== undefined && isGetter(call) && !KEEPS.test(call.text) && holds(this.#model, at, on, call.text))
      return this.#ofHeld(call, at);
    if (on !== undefined && KEEPS.test(call.text) && !(on.kind === "name" && /^\p{Lu}/u.test(on.text))) return this.countOf(on, at);
    return given !== undefined && COPIES.test(call.text) ? this.countOf(given, at) : "unknown";
  }

  /** `List.of(a, b)`, and `List.of(array)`. */
  #ofListed(call: CodeNode, at: Frame): ElementCount {
    const [given, ...more] = childrenOf(call, "argument");
    if (given === undefined || more.length > 0) return "written";
    const { typer } = this.#model.calls.codeOf(at.method);
    return (typer.typeOf(given)?.dimensions ?? 0) > 0 ? this.countOf(given, at) : "written";
  }

  #ofRead(site: CallSite, call: CodeNode, at: Frame): ElementCount {
    const { calls, persistence } = this.#model;
    const near = at.method.declared.owner.file.file;
    const read = repositoryCall(persistence, calls, site);
    if (read === undefined) return this.#ofWritten(site, at);
    const { query, repository, declared } = read;
    const entity = persistence.keptBy(repository);
    const returns = returnsOf(read);
    if (returns === "one" || returns === "optional" || returns === "scalar") return "few";
    if (isSmallTable(this.#model, query?.scans[0]?.table ?? entity?.table, near) || (entity !== undefined && isKind(entity))) return "few";
    if (query === undefined) {
      const [given] = childrenOf(call, "argument");
      if (site.name === "findAllById" && given !== undefined) return this.countOf(given, at);
      return declared === undefined || /^(?:List|Set|Collection|Iterable|Stream|Page|Slice)\b/.test(declared.returns) ? "many" : "unknown";
    }
    if ((typeof query.limit === "number" && query.limit <= 10) || findsOneRow(this.#model, read, near)) return "few";
    const ids = entity === undefined ? [] : idColumns(entity);
    if (query.scans[0]?.tests.some(({ test, constant, column }) => test === "in" && !constant && ids.includes(column))) {
      const given = childrenOf(call, "argument").find((argument) => /^(?:List|Set|Collection)$/.test(simpleOf(this.#model, at, argument)));
      return given === undefined ? "unknown" : this.countOf(given, at);
    }
    return "many";
  }

  /** A query that stands in the code, as far as it is read; by its name where it is not. */
  #ofWritten(site: CallSite, { method }: Frame): ElementCount {
    const query = this.#model.persistence.written.at(method, site);
    if (query === undefined)
      return /^(?:query|list|fetch|stream|getResult(?:List|Stream)|find|select)/.test(site.name) ? "many" : "unknown";
    if (query.returns === "one" || query.returns === "optional" || query.returns === "scalar") return "few";
    if (typeof query.limit === "number" && query.limit <= 10) return "few";
    return isSmallTable(this.#model, query.scans[0]?.table, method.declared.owner.file.file) ? "few" : "many";
  }

  /** What a method of the workspace returns. */
  #ofTargets(site: CallSite, call: CodeNode, at: Frame): ElementCount {
    const { calls } = this.#model;
    const [target, ...overloads] = site.targets;
    if (target === undefined || overloads.length > 0) return "unknown";
    if (calls.method(target) === undefined) return "unknown";
    const runs = bodyRun(calls, target);
    if (runs === undefined) return isGetter(call) ? this.#ofHeld(call, at) : "unknown";
    if (this.#isAskedForFew(call, runs)) return "few";
    const returned = this.#ofReturned(runs);
    return returned !== "written" && isGetter(call) && this.#model.effects.of(target, "read") === undefined
      ? this.#ofHeld(call, at)
      : returned;
  }

  ofRun(method: MethodNode): ElementCount {
    const runs = bodyRun(this.#model.calls, method.key);
    return runs === undefined ? "unknown" : this.#ofReturned(runs);
  }

  /** `pendingIds(10)` of `… limit ?`: the caller has written down how many. */
  #isAskedForFew(call: CodeNode, runs: MethodNode): boolean {
    const isFew = ({ kind, type, text }: CodeNode): boolean => kind === "literal" && type === "int" && Number(text) <= 10;
    return (
      childrenOf(call, "argument").some(isFew) &&
      runs.sites.some((site) => site.work?.kind === "read" && this.#model.persistence.written.at(runs, site)?.limit === "page")
    );
  }

  #ofReturned(method: MethodNode): ElementCount {
    const { nodes } = this.#model.calls.codeOf(method);
    const returned = nodes.filter((inner) => inner.kind === "return" && ![...ancestorsOf(inner)].some(({ kind }) => kind === "lambda"));
    const frame = { method, nodes, path: [] };
    return largest(
      returned.flatMap((inner) => {
        const [value] = inner.children;
        return value === undefined || isEmptyList(value) ? [] : [this.countOf(value, frame)];
      }),
    );
  }

  /** `studies` of a class that does something: a field that is no data, and no setting. */
  #isCollaborator(root: CodeNode, { method }: Frame): boolean {
    const { owner, method: declared } = method.declared;
    if (declared.parameters.some(({ name }) => name === root.text)) return false;
    const field = owner.type.fields.find(({ name }) => name === root.text);
    return (
      field !== undefined &&
      /^\p{Lu}\w*$/u.test(field.type) &&
      !/(?:Properties|Config(?:uration)?|Settings)$/.test(field.type) &&
      this.#model.persistence.entity(owner.type.qualified) === undefined
    );
  }

  /** What an object holds: as much as its parent has, or as a request says. */
  #ofHeld(call: CodeNode, at: Frame): ElementCount {
    let root: CodeNode | undefined = childOf(call, "receiver");
    // Whatever pages are called here, they hold what a query brought.
    if (root !== undefined && PAGES.test(simpleOf(this.#model, at, root))) return this.countOf(root, at) === "few" ? "few" : "many";
    while (root !== undefined && root.kind === "call" && isGetter(root)) root = childOf(root, "receiver");
    if (root?.kind !== "name") return "few";
    const { typer } = this.#model.calls.codeOf(at.method);
    if (typer.declarationOf(root) !== undefined) return "few";
    if (GIVES_ALL.test(simpleOf(this.#model, at, root)) || this.#isCollaborator(root, at)) return "unknown";
    const holder = this.#ofParameter(root.text, at);
    return mayBeMany(holder) ? holder : "few";
  }
}

const isGetter = (call: CodeNode): boolean =>
  childrenOf(call, "argument").length === 0 && /^(?:(?:get|is)(?=\p{Lu})|\p{Ll}\w*$)/u.test(call.text);

const siteIndex = ({ method, nodes }: Frame, call: CodeNode): number => {
  const order = nodes.indexOf(call);
  return method.sites.findIndex((site) => site.order === order);
};

/** Whether it is an object of the workspace, or a page of a library that is asked for its rows (`page.getRecords()`). */
function holds(model: Model, { method }: Frame, node: CodeNode, getter: string): boolean {
  const type = model.calls.codeOf(method).typer.typeOf(node);
  if (model.types.entryOf(type, method.declared.owner.file.file) !== undefined) return true;
  return type !== undefined && PAGES.test(simpleName(type)) && PAGE_ROWS.test(getter);
}

function simpleOf(model: Model, { method }: Frame, node: CodeNode): string {
  const type = model.calls.codeOf(method).typer.typeOf(node);
  return type === undefined ? "" : simpleName(type);
}
