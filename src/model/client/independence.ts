import { type Creation, creationOf, NameIndex, namedArgument, passedTo, rootOf } from "../../facts/dart/chains.ts";
import { bindsName, type DartNode, hasFlag, nodesIn } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import { contains } from "../../text/positions.ts";
import { initializerOf, methodBodies } from "./bodies.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import { REBUILDERS } from "./flutterNames.ts";
import { simpleName } from "./typeNames.ts";
import { isDeferred, isWidgetCreation, widgetsIn } from "./widgetTree.ts";

/** A builder whose closure makes widgets that do not depend on what it listens to. */
export interface WastefulBuilder {
  readonly builder: Creation;
  readonly closure: DartNode;
  /** The closure's parameter that takes the child. */
  readonly childParameter: DartNode;
  readonly subtree: DartNode;
  /** How many widgets the subtree makes, constants left out. */
  readonly widgets: number;
  /** What is listened to: "_controller"; "" where it has no simple name. */
  readonly listened: string;
  readonly every: "frame" | "change";
  /** The subtree asks the builder's context for something. */
  readonly usesContext: boolean;
}

/** The body in which a builder stands. */
interface BuilderPlace {
  readonly entry: ClassEntry;
  readonly method: DartMethod;
  readonly body: DartNode;
  readonly names: NameIndex;
  /** What the fields of the class, and the locals of the method, are made of. */
  readonly made: readonly (readonly [string, DartNode])[];
}

/** The builders in a class that have such a subtree. */
export function* wastefulBuilders(entry: ClassEntry, model: ClientModel): Generator<WastefulBuilder> {
  let fields: readonly (readonly [string, DartNode])[] | undefined;
  for (const [method, body] of methodBodies(entry)) {
    let place: BuilderPlace | undefined;
    for (const node of nodesIn(body)) {
      if (node.kind !== "chain" || !node.children.slice(0, 2).some((part) => REBUILDERS.has(part.text))) continue;
      fields ??= fieldsMadeOf(entry);
      place ??= { entry, method, body, names: new NameIndex([body]), made: [...fields, ...localsMadeOf(body)] };
      const wasteful = wastefulBuilder(node, place, model);
      if (wasteful !== undefined) yield wasteful;
    }
  }
}

/** Fewer widgets than this are not worth the words. */
const WORTH = { frame: 2, change: 5 };

function wastefulBuilder(node: DartNode, place: BuilderPlace, model: ClientModel): WastefulBuilder | undefined {
  const builder = creationOf(node);
  const known = builder === undefined || builder.constructorName !== "" ? undefined : REBUILDERS.get(builder.type);
  if (builder === undefined || known === undefined || namedArgument(builder.call, "child") !== undefined) return undefined;
  const closure = namedArgument(builder.call, "builder");
  if (closure?.kind !== "closure") return undefined;
  const parameters = closure.children.filter((child) => child.kind === "parameter");
  const childParameter = parameters[/^(?:AnimatedBuilder|ListenableBuilder)$/.test(builder.type) ? 1 : 2];
  if (childParameter === undefined) return undefined;
  const listenedTo = known.listens === "" || known.listens === "tween" ? undefined : namedArgument(builder.call, known.listens);
  const scope = scopeOf(closure, listenedTo, place, model);
  const every = builder.type === "AnimatedBuilder" && !scope.isAnimation ? "change" : known.every;
  const subtree = largestIndependent(closure, { every, ...scope }, place, model);
  if (subtree === undefined) return undefined;
  return {
    builder,
    closure,
    childParameter,
    ...subtree,
    listened: listenedTo === undefined ? "" : nameOf(listenedTo),
    every,
  };
}

/** "_controller", "widget.model"; "" for what is not simply named. */
function nameOf(node: DartNode): string {
  const path = rootPath(node);
  return path === undefined || /^[_$]*[A-Z]/.test(path) ? "" : path;
}

interface Scope {
  /** Names that the closure binds: its parameters and what its body declares. */
  readonly bound: ReadonlyMap<string, readonly DartNode[]>;
  /** What is listened to and what is made of it: "_controller", "widget.model". */
  readonly listened: ReadonlySet<string>;
  readonly isAnimation: boolean;
}

function scopeOf(closure: DartNode, listenedTo: DartNode | undefined, place: BuilderPlace, model: ClientModel): Scope {
  const bound = new Map<string, DartNode[]>();
  for (const node of nodesIn(closure)) {
    if (bindsName(node) && node.text !== "") bound.set(node.text, [...(bound.get(node.text) ?? []), node]);
  }
  const listened = new Set<string>();
  for (const node of listenedTo === undefined ? [] : nodesIn(listenedTo)) {
    const path = node.role === "head" ? undefined : rootPath(node);
    if (path !== undefined && !/^[A-Z]/.test(path)) listened.add(path);
  }
  const isAnimation = [...listened].some((path) => isAnimated(path, place, model));
  addDerived(listened, place);
  return { bound, listened, isAnimation };
}

/** "_controller", "widget.model" for `widget.model.x`. */
function rootPath(node: DartNode): string | undefined {
  const root = rootOf(node);
  if (root === undefined) return undefined;
  const property = root.rest[0];
  return root.name === "widget" && property?.kind === "property" ? `widget.${property.text}` : root.name;
}

const ANIMATION =
  /^(?:Animation|AnimationController|CurvedAnimation|ProxyAnimation|ReverseAnimation|TrainHoppingAnimation|AnimationMin|AnimationMax)\b/;

function isAnimated(path: string, { entry, method, names }: BuilderPlace, model: ClientModel): boolean {
  const declared = typeOf(path, entry, model) ?? method.parameters.find((parameter) => parameter.name === path)?.type;
  if (declared !== undefined) return ANIMATION.test(declared);
  const local = names.get(path).find((node) => node.kind === "local");
  const field = entry.type.fields.find((candidate) => candidate.name === path);
  const value = local?.children[0] ?? (field === undefined ? undefined : initializerOf(field, entry.file));
  if (local?.type !== undefined && local.type !== "") return ANIMATION.test(local.type);
  if (value === undefined) return false;
  const creation = creationOf(value);
  return creation === undefined
    ? value.kind === "chain" && value.children.some((part) => part.text === "animate" || part.text === "drive")
    : ANIMATION.test(creation.type);
}

/** The declared type of a field, or of a field of the widget. */
function typeOf(path: string, entry: ClassEntry, model: ClientModel): string | undefined {
  const ofWidget = path.startsWith("widget.");
  const owner = ofWidget ? model.widgetOf(entry) : entry;
  return owner === undefined ? undefined : model.fieldOf(owner, ofWidget ? path.slice("widget.".length) : path)?.field.type;
}

function fieldsMadeOf(entry: ClassEntry): readonly (readonly [string, DartNode])[] {
  const made: [string, DartNode][] = [];
  for (const field of entry.type.fields) {
    const initializer = initializerOf(field, entry.file);
    if (initializer !== undefined) made.push([field.name, initializer]);
  }
  for (const [, body] of methodBodies(entry)) {
    for (const node of nodesIn(body)) {
      const [target, value] = node.kind === "assign" ? node.children : [];
      const path = target === undefined ? undefined : rootPath(target);
      if (path !== undefined && value !== undefined) made.push([path, value]);
    }
  }
  return made;
}

function localsMadeOf(body: DartNode): readonly (readonly [string, DartNode])[] {
  return [...nodesIn(body)].flatMap((node) =>
    node.kind === "local" && node.children[0] !== undefined ? [[node.text, node.children[0]] as const] : [],
  );
}

/** Fields and locals that are made of what is listened to change with it. */
function addDerived(listened: Set<string>, { made }: BuilderPlace): void {
  let open = made;
  for (let grown = true; grown; ) {
    grown = false;
    open = open.filter(([name, value]) => {
      if (listened.has(name)) return false;
      if (![...nodesIn(value)].some((node) => listened.has(rootPath(node) ?? ""))) return true;
      listened.add(name);
      grown = true;
      return false;
    });
  }
}

interface Judged extends Scope {
  readonly every: "frame" | "change";
}

type Subtree = Pick<WastefulBuilder, "subtree" | "widgets" | "usesContext">;

/** Looks from the outside in; what is independent as a whole is not looked into. The most widgets win. */
function largestIndependent(closure: DartNode, scope: Judged, place: BuilderPlace, model: ClientModel): Subtree | undefined {
  let best: Subtree | undefined;
  const { file } = place.entry;
  const open: DartNode[] = closure.children.filter((child) => child.role === "body");
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (STOPS.has(node.kind) || hasFlag(node, "constant")) continue;
    if (node.kind === "chain" && canMove(node) && isWidgetCreation(node, file, model)) {
      const widgets = widgetsIn(node, file, model).filter((widget) => !isConstant(widget, node as DartNode)).length;
      const verdict = widgets < WORTH[scope.every] ? "dependent" : dependence(node, scope, place, model);
      if (verdict !== "dependent") {
        // The closure's whole result: nothing in it depends on what is listened to, as far as we see. It is not for us to say why.
        if (isResult(node, closure)) return undefined;
        if (best === undefined || widgets > best.widgets) best = { subtree: node, widgets, usesContext: verdict === "context" };
        continue;
      }
    }
    open.push(...node.children);
  }
  return best;
}

/** What is made on some paths only, or several times, may use what is true there only. */
const STOPS: ReadonlySet<string> = new Set([
  "closure",
  "function",
  "if",
  "conditional",
  "for",
  "foreach",
  "while",
  "do",
  "switch",
  "binary",
]);

const PLACES = /^(?:child|body|home|title|content|leading|trailing|subtitle|background|foreground|label|icon|header|footer|bottom|drawer)$/;

/** Where any widget may stand: elsewhere a parameter may want a type of its own. */
function canMove(node: DartNode): boolean {
  const { parent } = node;
  if (parent?.kind === "named") return PLACES.test(parent.text);
  if (parent?.kind === "list") return parent.parent?.kind === "named" && /^(?:children|actions|slivers)$/.test(parent.parent.text);
  return parent?.kind === "return" || parent?.kind === "closure";
}

function isResult(node: DartNode, closure: DartNode): boolean {
  return node.parent === closure || (node.parent?.kind === "return" && node.parent.parent?.parent === closure);
}

function isConstant(node: DartNode, within: DartNode): boolean {
  for (let at: DartNode | undefined = node; at !== undefined && at !== within; at = at.parent) if (hasFlag(at, "constant")) return true;
  return hasFlag(within, "constant");
}

/** Whether a subtree depends on what is listened to; "context" when it only asks the context for what is the same outside. */
function dependence(subtree: DartNode, scope: Judged, place: BuilderPlace, model: ClientModel): "dependent" | "independent" | "context" {
  let verdict: "independent" | "context" = "independent";
  for (const node of nodesIn(subtree)) {
    if (node.kind === "this" && node.role !== "head") return "dependent";
    const isRoot = node.kind === "chain" || (node.kind === "name" && node.role !== "head");
    if (!isRoot || node.role === "pattern" || node.role === "parameter") continue;
    const root = rootOf(node);
    if (root === undefined) continue;
    if (root.name === "context") {
      if (!asksOutside(node, subtree)) return "dependent";
      verdict = "context";
    } else if (isBoundOutside(root.name, subtree, scope)) return "dependent";
    else if (!isBoundInside(root.name, subtree, scope) && !isDeferred(node, subtree) && !isSteady(node, scope, place, model))
      return "dependent";
  }
  return verdict;
}

const isBoundOutside = (name: string, subtree: DartNode, { bound }: Scope): boolean =>
  bound.get(name)?.some((node) => node.start < subtree.start || node.end > subtree.end) ?? false;

const isBoundInside = (name: string, subtree: DartNode, { bound }: Scope): boolean =>
  bound.get(name)?.some((node) => contains(subtree, node)) ?? false;

/** Inherited widgets that stand above every page, and routes. */
const OUTER = /^(?:Theme|CupertinoTheme|MediaQuery|Localizations|\w*Localizations|Directionality|Navigator|GoRouter|ScaffoldMessenger)$/;

/** Whether a use of the context gets the same answer outside of the builder. */
function asksOutside(node: DartNode, subtree: DartNode): boolean {
  const member = node.kind === "chain" ? node.children[1] : undefined;
  if (member?.kind === "property")
    return node.children[2]?.kind !== "call" || (isDeferred(node, subtree) && /^(?:go|push|pop|read)/.test(member.text));
  const passed = passedTo(node);
  const head = passed?.chain.children[0];
  return head?.kind === "name" && (OUTER.test(head.text) || (isDeferred(node, subtree) && /^show[A-Z]/.test(head.text)));
}

/** Values that cannot change behind the back of whoever holds them. */
const IMMUTABLE =
  /^(?:String|int|double|num|bool|Color|MaterialColor|IconData|Duration|DateTime|EdgeInsets\w*|Size|Offset|Key|GlobalKey|TextStyle|ThemeData|ColorScheme|TextTheme|Widget|\w*Widget|VoidCallback|ValueChanged|\w*Callback|BorderRadius\w*|Alignment|Locale|Uri|\w*Localizations)\b/;

/** Whether what an expression starts at stays as it is while the listened-to value changes. */
function isSteady(node: DartNode, { listened, every }: Judged, { entry, names }: BuilderPlace, model: ClientModel): boolean {
  const root = rootOf(node);
  if (root === undefined) return true;
  const path = rootPath(node) ?? root.name;
  if (listened.has(path) || listened.has(root.name)) return false;
  if (/^[_$]*[A-Z]/.test(root.name)) return true;
  if (root.rest[0]?.kind === "call") return false;
  if (every === "frame") {
    if (root.rest.some((part) => part.text === "value")) return false;
    return model.methodOf(entry, root.name) === undefined || node.kind === "name";
  }
  const type = typeOf(path, entry, model);
  if (type !== undefined) return IMMUTABLE.test(simpleName(type)) || /\bFunction\b/.test(type);
  const local = names.get(root.name).find((candidate) => candidate.kind === "local");
  if (local === undefined) return false;
  const value = local.children[0];
  const head = value?.kind === "chain" ? value.children[0]?.text : undefined;
  return IMMUTABLE.test(local.type) || value?.kind === "literal" || value?.kind === "string" || (head !== undefined && OUTER.test(head));
}
