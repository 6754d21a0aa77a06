import { passedTo, rootOf } from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn, unpackDart } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import { isWidgetCreation, returnsWidgets } from "./widgetTree.ts";

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

/** The setState calls of a State that rebuild far more than what reads their fields; of frequent ones, one for each set of fields. */
export function wideSetStates(entry: ClassEntry, model: ClientModel, linesOf: (method: DartMethod) => number): readonly WideSetState[] {
  const { file, type } = entry;
  const build = type.methods.find((method) => method.name === "build");
  if (build === undefined || build.body < 0 || linesOf(build) <= LINES) return [];
  const tree = builtTree(build, entry);
  const widgets = tree.flatMap((root) => [...nodesIn(root)].filter((node) => node.kind === "chain" && isWidgetCreation(node, file, model)));
  if (widgets.length <= WIDGETS) return [];
  const found = new Map<string, WideSetState>();
  const frequent = frequentMethods(entry);
  for (const { call, fields, method } of setStateCalls(entry)) {
    const key = fields.join();
    const isFrequent = !isOnceOnly(call, fields) && (runsFrequently(call) ?? frequent.has(method.name));
    if (found.get(key)?.isFrequent === true || (found.has(key) && !isFrequent)) continue;
    const names = namesThatRead(fields, tree, entry);
    if (isReadOutside(names, tree, widgets)) continue;
    const concerned = widgets.filter((widget) => mentions(widget, names));
    if (concerned.length === 0 || concerned.length > widgets.length * READERS) continue;
    const readers = concerned.filter((widget) => readsItself(widget, names, new Set(widgets))).length;
    found.set(key, { call, fields, widgets: widgets.length, readers, isFrequent, others: [] });
  }
  const all = [...found.values()];
  const [first, ...others] = all.filter((each) => !each.isFrequent);
  const once = first === undefined ? [] : [{ ...first, others: others.map((other) => other.call) }];
  return [...all.filter((each) => each.isFrequent), ...once];
}

/** The bodies of build and of the methods that it makes its widgets with. */
function builtTree(build: DartMethod, { file, type }: ClassEntry): readonly DartNode[] {
  const helpers = new Map(
    type.methods.filter((method) => method.body >= 0 && returnsWidgets(method)).map((method) => [method.name, method]),
  );
  const tree: DartNode[] = [];
  const open = [build];
  const seen = new Set<DartMethod>();
  for (let method = open.pop(); method !== undefined; method = open.pop()) {
    if (seen.has(method)) continue;
    seen.add(method);
    const body = unpackDart(file.dart.code, method.body);
    tree.push(body);
    for (const node of nodesIn(body)) {
      const helper = node.kind === "name" ? helpers.get(node.text) : undefined;
      if (helper !== undefined) open.push(helper);
    }
  }
  return tree;
}

/** Calls whose closure only assigns fields of the class. */
function* setStateCalls({ file, type }: ClassEntry): Generator<Pick<WideSetState, "call" | "fields"> & { readonly method: DartMethod }> {
  const own = new Set(type.fields.map((field) => field.name));
  for (const method of type.methods) {
    if (method.body < 0) continue;
    for (const node of nodesIn(unpackDart(file.dart.code, method.body))) {
      if (node.kind !== "chain" || rootOf(node)?.name !== "setState" || isShadowed(node)) continue;
      const closure = node.children.find((part) => part.kind === "call")?.children[0];
      const body = closure?.children.find((child) => child.role === "body");
      if (closure?.kind !== "closure" || body === undefined) continue;
      const steps = body.kind === "block" ? body.children.map((statement) => statement.children[0]) : [body];
      const fields = steps.map((step) =>
        step?.kind === "assign" || step?.kind === "update" ? rootOf(step.children[0] ?? step)?.name : undefined,
      );
      if (fields.length === 0 || fields.some((field) => field === undefined || !own.has(field))) continue;
      yield { call: node, method, fields: [...new Set(fields as string[])].sort() };
    }
  }
}

/** Arguments and calls whose closure runs many times in a row: listeners, drags, keys, ticks. */
const FREQUENT =
  /^(?:on\w*Update|on\w*Move|onHover|onScroll\w*|onNotification|onChanged|onQueryChanged|addListener|listen|periodic|createTicker)$/;

/** Calls whose closure runs when the events have calmed down. */
const CALM = /^(?:Timer|delayed|\w*[dD]ebounc\w*|\w*[tT]hrottl\w*)$/;

/** Whether the nearest closure that is called by somebody is called often; undefined where none is. */
function runsFrequently(node: DartNode): boolean | undefined {
  for (let at: DartNode | undefined = node; at !== undefined; at = at.parent) {
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
  const assigned = [...nodesIn(call)].filter((node) => node.kind === "assign");
  if (assigned.some((assign) => assign.children[1]?.kind !== "literal")) return false;
  const names = new Set(fields);
  for (let at = call.parent, below = call; at !== undefined; below = at, at = at.parent) {
    const condition = at.kind === "if" ? at.children.find((child) => child.role === "condition") : undefined;
    if (condition !== undefined && below !== condition && mentions(condition, names)) return true;
  }
  return false;
}

/** Methods that are handed to something that calls them often: `_scroll.addListener(_onScroll)`. */
function frequentMethods({ file, type }: ClassEntry): ReadonlySet<string> {
  const names = new Set<string>();
  for (const method of type.methods) {
    if (method.body < 0) continue;
    for (const node of nodesIn(unpackDart(file.dart.code, method.body))) {
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
    for (let at: DartNode | undefined = node; at !== undefined; at = at.parent) if (widgets.has(at)) return at === widget;
    return false;
  });
}

/** The setState of a StatefulBuilder rebuilds that builder only. */
function isShadowed(node: DartNode): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (at.kind === "closure" && at.children.some((child) => child.kind === "parameter" && child.text === "setState")) return true;
  return false;
}

/** The fields, the getters that read them, and the locals that are made of them. */
function namesThatRead(fields: readonly string[], tree: readonly DartNode[], { file, type }: ClassEntry): ReadonlySet<string> {
  const names = new Set(fields);
  for (const method of type.methods)
    if (method.kind === "getter" && method.body >= 0 && mentions(unpackDart(file.dart.code, method.body), names)) names.add(method.name);
  for (const node of tree.flatMap((root) => [...nodesIn(root)]))
    if (node.kind === "local" && node.children[0] !== undefined && mentions(node.children[0], names)) names.add(node.text);
  return names;
}

const mentions = (root: DartNode, names: ReadonlySet<string>): boolean => [...nodesIn(root)].some((node) => isMention(node, names));

const isMention = (node: DartNode, names: ReadonlySet<string>): boolean =>
  names.has(node.text) && (node.kind === "name" || (node.kind === "property" && node.parent?.children[0]?.kind === "this"));

/** A field that decides which tree is built, and not what one of its widgets shows. */
function isReadOutside(names: ReadonlySet<string>, tree: readonly DartNode[], widgets: readonly DartNode[]): boolean {
  const made = new Set(widgets);
  return tree.some((root) =>
    [...nodesIn(root)].some((node) => {
      if (node.kind !== "name" || !names.has(node.text)) return false;
      for (let at: DartNode | undefined = node; at !== undefined; at = at.parent) {
        if (made.has(at) || at.kind === "local" || at.kind === "closure") return false;
      }
      return true;
    }),
  );
}
