import { rootOf } from "../../../facts/dart/chains.ts";
import { bindsName, type DartNode, hasFlag, nodesIn } from "../../../facts/dart/code.ts";
import type { DartMethod } from "../../../facts/dart/dartFacts.ts";
import { methodBodies } from "../../../model/client/bodies.ts";
import type { ClassEntry } from "../../../model/client/clientModel.ts";
import { indentAt, lineBreakOf, replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { didUpdateWidget, INIT_STATE, intoLifecycle, isCurrent, memberIndent, newField } from "./members.ts";
import { holdsLines, reindent } from "./reindent.ts";

export interface Kept {
  /** A State. */
  readonly entry: ClassEntry;
  /** The method that holds the value. */
  readonly method: DartMethod;
  /** What the method's parameters and locals are called. */
  readonly locals: ReadonlySet<string>;
  readonly value: DartNode;
  /** The field's name, taken as it is where the class has no such member. */
  readonly name: string;
  /** undefined where it must be inferred: the field is then initialized where it is declared, lazily. */
  readonly type: string | undefined;
  /** Dart 2.12 and later: `late` is there. */
  readonly isNullSafe: boolean;
}

/**
 * Moves a value of a build method into a field of its State, set in initState and, where it depends on the widget, again in
 * didUpdateWidget. undefined where the value uses what only the build method knows.
 */
export function keepInField(kept: Kept): Fix["edits"] | undefined {
  const { entry, method, locals, value, type, isNullSafe } = kept;
  if (method.isStatic || usesLocals(value, locals)) return undefined;
  const called = calledIn(value, entry);
  if (mayChange(value, called, entry)) return undefined;
  const inputs = widgetInputs([value, ...called.map(([, body]) => body)]);
  const widget = /<(.+)>$/.exec(entry.type.superclass ?? "")?.[1];
  if (inputs === undefined || (inputs.length > 0 && widget === undefined)) return undefined;
  const name = freeName(kept.name, entry);
  // A late initializer runs when build first reads the field: there the context may be asked for everything.
  const inInitState = type !== undefined && !called.some(([, body]) => asksContext(body));
  if ((!isNullSafe && !inInitState) || holdsLines(value)) return undefined;
  return (sources) => {
    const { file } = entry.file;
    const text = sources.text(file);
    if (text === undefined || !isCurrent(text, entry)) return undefined;
    const indent = memberIndent(text, entry);
    const source = (depth: string) => reindent(text.slice(value.start, value.end), indentAt(text, value.start), depth, lineBreakOf(text));
    const modifiers = isNullSafe ? (inputs.length === 0 ? ["late", "final"] : ["late"]) : [];
    const written = type ?? (inputs.length > 0 ? "var" : undefined);
    const declared = [...modifiers, ...(written === undefined ? [] : [written]), name].join(" ");
    const field = `${declared}${inInitState ? "" : ` = ${source(indent)}`}`;
    const edits = [newField(text, entry, field), replace({ start: value.start, end: value.end }, name)];
    if (inInitState) {
      const init = intoLifecycle(text, entry, INIT_STATE, `${name} = ${source(`${indent}  `)};`);
      if (init === undefined) return undefined;
      edits.push(init);
    }
    if (inputs.length > 0) {
      const old = entry.type.methods.find(({ name: own }) => own === "didUpdateWidget")?.parameters[0]?.name ?? "oldWidget";
      const changed = inputs.map((input) => `${old}.${input} != widget.${input}`).join(" || ");
      const lines = [`if (${changed}) {`, `${indent}    ${name} = ${source(`${indent}    `)};`, `${indent}  }`];
      const update = intoLifecycle(text, entry, didUpdateWidget(widget as string), lines.join(lineBreakOf(text)));
      if (update === undefined) return undefined;
      edits.push(update);
    }
    return [{ kind: "change", file, edits }];
  };
}

/** Whether the value uses a parameter or local of the method, or asks the context for what initState may not ask for. */
function usesLocals(value: DartNode, locals: ReadonlySet<string>): boolean {
  const own = new Set<string>();
  for (const node of nodesIn(value)) {
    if (node.kind === "parameter") own.add(node.text);
    if (node.kind === "property" && node.text === "watch") return true;
  }
  return [...nodesIn(value)].some((node) => {
    if (node.kind !== "name") return false;
    if (node.text === "context") return !isContextRead(node);
    return locals.has(node.text) && !own.has(node.text);
  });
}

/** The names that a method binds: its parameters, and what its body declares. */
export function localsOf(method: DartMethod, body: DartNode): ReadonlySet<string> {
  const locals = new Set(method.parameters.map((parameter) => parameter.name));
  for (const node of nodesIn(body)) if (bindsName(node)) locals.add(node.text);
  return locals;
}

/** Whether the value, or a method that it calls, depends on a field that is set again, or may be null as a whole. */
function mayChange(value: DartNode, called: readonly Called[], entry: ClassEntry): boolean {
  const names = new Set([...nodesIn(value)].map((node) => node.text));
  if (value.children.some((part) => hasFlag(part, "nullAware"))) return true;
  const open = entry.type.fields.filter((field) => !field.isFinal && !field.isConst);
  if (open.some((field) => names.has(field.name))) return true;
  return called.some(([method, body]) => {
    const read = new Set([...nodesIn(body)].filter(({ kind, role }) => kind === "name" && role !== "target").map(({ text }) => text));
    return open.some((field) => read.has(field.name) && isSetBeside(field.name, method, entry));
  });
}

/** Whether a method other than this one, and than initState, assigns a field. */
function isSetBeside(field: string, called: DartMethod, entry: ClassEntry): boolean {
  return [...methodBodies(entry)].some(([method, body]) => {
    if (method === called || method.kind === "constructor" || method.name === "initState") return false;
    return [...nodesIn(body)].some((node) => /^(?:target|pattern)$/.test(node.role) && rootOf(node)?.name === field);
  });
}

type Called = readonly [DartMethod, DartNode];

/** The methods and getters of the class that a value names, with their bodies. */
function calledIn(value: DartNode, entry: ClassEntry): readonly Called[] {
  const names = new Set([...nodesIn(value)].map((node) => node.text));
  return [...methodBodies(entry)].filter(([method]) => !method.isStatic && names.has(method.name));
}

/** Whether a method uses the context, which initState must not ask for inherited widgets. */
const asksContext = (body: DartNode): boolean => [...nodesIn(body)].some((node) => node.kind === "name" && node.text === "context");

/** `context.read<T>()` is allowed in initState, other look-ups through the context are not. */
function isContextRead(name: DartNode): boolean {
  return name.role === "head" && name.parent?.children[1]?.text === "read";
}

/** The properties of `widget` that code depends on; undefined where the widget is used as a whole. */
function widgetInputs(codes: readonly DartNode[]): readonly string[] | undefined {
  const inputs = new Set<string>();
  for (const node of codes.flatMap((code) => [...nodesIn(code)])) {
    if (node.kind !== "name" || node.text !== "widget") continue;
    const property = node.role === "head" ? node.parent?.children[1] : undefined;
    if (property?.kind !== "property") return undefined;
    inputs.add(property.text);
  }
  return [...inputs];
}

function freeName(wanted: string, { type }: ClassEntry): string {
  const taken = new Set([...type.fields, ...type.methods].map((member) => member.name));
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
  return name;
}
