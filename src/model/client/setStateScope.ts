import { passedTo, rootOf } from "../../facts/dart/chains.ts";
import { bindsName, childIn, type DartNode, nodesAround, nodesIn } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { positionAt, type Span } from "../../text/positions.ts";
import { bodyOf, methodBodies } from "./bodies.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import { returnsWidgets, widgetsIn } from "./widgetTree.ts";

/** A setState whose fields few of the rebuilt widgets read. */
export interface WideSetState {
  /** The call of setState. */
  readonly call: DartNode;
  readonly fields: readonly string[];
  readonly widgets: number;
  /** The widgets that read a field themselves, those around them left out. */
  readonly readers: number;
  /** It runs at each frame, pixel, key or event of something, not when a person decides something. */
  readonly isFrequent: boolean;
  /** Calls for other fields, of which the same is true: people's decisions on one large page are one finding. */
  readonly others: readonly DartNode[];
}

/** Thresholds of flutter_perf_lints' avoid_setstate_large_subtree, and of this catalogue for the share of readers. */
const WIDGETS = 25;
const LINES = 60;
const READERS = 0.3;

/**
 * The setState calls of a State with that build method that rebuild far more than what reads their fields; of frequent ones, one for
 * each set of fields.
 */
export function wideSetStates(entry: ClassEntry, build: DartMethod, model: ClientModel): readonly WideSetState[] {
  const { file } = entry;
  if (build.body < 0 || linesOf(build.span, file) <= LINES) return [];
  const tree = builtTree(build, entry);
  const widgets = tree.flatMap((root) => widgetsIn(root, file, model));
  if (widgets.length <= WIDGETS) return [];
  const made = new Set(widgets);
  const found = new Map<string, WideSetState>();
  const frequent = frequentMethods(entry);
  for (const { call, fields, method } of setStateCalls(entry)) {
    const key = fields.join();
    const isFrequent = !isOnceOnly(call, fields) && (runsFrequently(call) ?? frequent.has(method.name));
    if (found.get(key)?.isFrequent === true || (found.has(key) && !isFrequent)) continue;
    const names = namesThatRead(fields, tree, entry);
    if (isReadOutside(names, tree, made)) continue;
    const concerned = widgets.filter((widget) => mentions(widget, names));
    if (concerned.length === 0 || concerned.length > widgets.length * READERS) continue;
    const readers = concerned.filter((widget) => readsItself(widget, names, made)).length;
    found.set(key, { call, fields, widgets: widgets.length, readers, isFrequent, others: [] });
  }
  const all = [...found.values()];
  const [first, ...others] = all.filter((each) => !each.isFrequent);
  const once = first === undefined ? [] : [{ ...first, others: others.map((other) => other.call) }];
  return [...all.filter((each) => each.isFrequent), ...once];
}

const linesOf = ({ start, end }: Span, { lineStarts }: DartFile): number =>
  positionAt(lineStarts, end).line - positionAt(lineStarts, start).line + 1;

/** The bodies of build and of the methods that it makes its widgets with. */
function builtTree(build: DartMethod, { file, type }: ClassEntry): readonly DartNode[] {
  const helpers = new Map(type.methods.filter(returnsWidgets).map((method) => [method.name, method]));
  const tree: DartNode[] = [];
  const open = [build];
  const seen = new Set<DartMethod>();
  for (let method = open.pop(); method !== undefined; method = open.pop()) {
    const body = seen.has(method) ? undefined : bodyOf(method, file);
    if (body === undefined) continue;
    seen.add(method);
    tree.push(body);
    for (const node of nodesIn(body)) {
      const helper = node.kind === "name" ? helpers.get(node.text) : undefined;
      if (helper !== undefined) open.push(helper);
    }
  }
  return tree;
}

/** Calls whose closure only assigns fields of the class. */
function* setStateCalls(entry: ClassEntry): Generator<Pick<WideSetState, "call" | "fields"> & { readonly method: DartMethod }> {
  const own = new Set(entry.type.fields.map((field) => field.name));
  for (const [method, code] of methodBodies(entry)) {
    for (const node of nodesIn(code)) {
      if (node.kind !== "chain" || rootOf(node)?.name !== "setState" || isShadowed(node)) continue;
      const body = closureBody(node.children.find((part) => part.kind === "call"));
      if (body === undefined) continue;
      const steps = body.kind === "block" ? body.children.map((statement) => statement.children[0]) : [body];
      const fields = steps.map((step) =>
        step?.kind === "assign" || step?.kind === "update" ? rootOf(step.children[0] ?? step)?.name : undefined,
      );
      if (fields.length === 0 || fields.some((field) => field === undefined || !own.has(field))) continue;
      yield { call: node, method, fields: [...new Set(fields as string[])].sort() };
    }
  }
}

/** The body of the closure that a call of setState is given. */
function closureBody(call: DartNode | undefined): DartNode | undefined {
  const closure = call?.children[0];
  return closure?.kind === "closure" ? childIn(closure, "body") : undefined;
}

/** `setState(() {})`: what is loaded anew is all that such a rebuild is for, seen in ente's list of what is stored. */
export function reloadsByRebuilding(entry: ClassEntry): boolean {
  return [...methodBodies(entry)].some(([, code]) =>
    [...nodesIn(code)].some((node) => {
      if (node.kind !== "chain" || rootOf(node)?.name !== "setState") return false;
      const body = closureBody(node.children.find((part) => part.kind === "call"));
      return (body?.kind === "block" || body?.kind === "map") && body.children.length === 0;
    }),
  );
}

/** Arguments and calls whose closure runs many times in a row: listeners, drags, keys, ticks. */
const FREQUENT =
  /^(?:on\w*Update|on\w*Move|onHover|onScroll\w*|onNotification|onChanged|onQueryChanged|addListener|listen|periodic|createTicker)$/;

/** Calls whose closure runs when the events have calmed down. */
const CALM = /^(?:Timer|delayed|\w*[dD]ebounc\w*|\w*[tT]hrottl\w*)$/;

/** Whether a call runs often, by the nearest closure around it that tells; undefined where none does. */
function runsFrequently(call: DartNode): boolean | undefined {
  for (const at of nodesAround(call)) {
    if (at.kind !== "closure") continue;
    const passed = passedTo(at);
    const what = passed?.name ?? passed?.callee ?? "";
    if (what !== "periodic" && passed?.chain.children.some((part) => CALM.test(part.text)) === true) return false;
    // A switch, checkbox or menu changes once for a decision; a slider or text field for each pixel or key.
    if (what === "onChanged") return /^(?:\w*Slider|\w*TextField|\w*TextFormField|\w*SearchBar|SearchField)$/.test(passed?.callee ?? "");
    if (FREQUENT.test(what)) return true;
  }
  return undefined;
}

/** `if (!_isShown && offset > 100) setState(() => _isShown = true);` runs when the line is crossed: thunder's bars of its feeds. */
function isOnceOnly(call: DartNode, fields: readonly string[]): boolean {
  const changes = [...nodesIn(call)].filter(({ kind }) => kind === "assign" || kind === "update");
  // `_count++` and `_count += 1` are another value each time.
  if (changes.some(({ kind, text, children }) => kind === "update" || !/^(?:\?\?)?=$/.test(text) || children[1]?.kind !== "literal"))
    return false;
  const names = new Set(fields);
  for (let at = call.parent, below = call; at !== undefined; below = at, at = at.parent) {
    const condition = at.kind === "if" ? childIn(at, "condition") : undefined;
    if (condition !== undefined && below !== condition && mentions(condition, names)) return true;
  }
  return false;
}

/** Methods that are handed to something that calls them often: `_scroll.addListener(_onScroll)`. */
function frequentMethods(entry: ClassEntry): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, body] of methodBodies(entry)) {
    for (const node of nodesIn(body)) {
      const passed = node.kind === "name" ? passedTo(node) : undefined;
      const what = passed?.name ?? passed?.callee ?? "";
      if (what !== "onChanged" && FREQUENT.test(what)) names.add(node.text);
    }
  }
  return names;
}

/** Whether the nearest widget around one of the mentions is this one. */
function readsItself(widget: DartNode, names: ReadonlySet<string>, widgets: ReadonlySet<DartNode>): boolean {
  return [...nodesIn(widget)].some((node) => {
    if (!isMention(node, names)) return false;
    for (const at of nodesAround(node)) if (widgets.has(at)) return at === widget;
    return false;
  });
}

/** The setState of a StatefulBuilder rebuilds that builder only. */
function isShadowed(node: DartNode): boolean {
  for (const at of nodesAround(node))
    if (at.kind === "closure" && at.children.some((child) => child.kind === "parameter" && child.text === "setState")) return true;
  return false;
}

/** The fields, the getters that read them, and the locals that are made of them. */
function namesThatRead(fields: readonly string[], tree: readonly DartNode[], entry: ClassEntry): ReadonlySet<string> {
  const names = new Set(fields);
  for (const [method, body] of methodBodies(entry)) if (method.kind === "getter" && mentions(body, names)) names.add(method.name);
  for (const node of tree.flatMap((root) => [...nodesIn(root)])) {
    const value = node.kind === "local" ? node.children[0] : node.kind === "destructure" ? childIn(node, "value") : undefined;
    if (value === undefined || !mentions(value, names)) continue;
    for (const bound of node.kind === "local" ? [node] : nodesIn(node)) if (bindsName(bound)) names.add(bound.text);
  }
  return names;
}

const mentions = (root: DartNode, names: ReadonlySet<string>): boolean => [...nodesIn(root)].some((node) => isMention(node, names));

const isMention = (node: DartNode, names: ReadonlySet<string>): boolean =>
  names.has(node.text) && (node.kind === "name" || (node.kind === "property" && node.parent?.children[0]?.kind === "this"));

/** A field that decides which tree is built, and not what one of its widgets shows. */
function isReadOutside(names: ReadonlySet<string>, tree: readonly DartNode[], widgets: ReadonlySet<DartNode>): boolean {
  return tree.some((root) =>
    [...nodesIn(root)].some((node) => {
      if (!isMention(node, names)) return false;
      for (const at of nodesAround(node)) if (widgets.has(at) || /^(?:local|destructure|closure)$/.test(at.kind)) return false;
      return true;
    }),
  );
}
