import { ancestorsOf, type CodeNode, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { isPrimitive, simpleName, type Type } from "../../../../model/types/type.ts";
import { indentAt, insertAt, LONG_LINE, lineBreakOf, replace } from "../../../../text/edits.ts";
import { contains } from "../../../../text/positions.ts";
import type { Fix } from "../../../finding.ts";
import { importEdits } from "../imports.ts";
import { lowerFirst } from "../plurals.ts";
import { isSetAgain } from "./askOnce.ts";
import { freeName } from "./freeName.ts";

/**
 * `if (friends.findByName(name).isPresent()) return friends.findByName(name).get();` → the answer in a variable of its own, which both
 * read; where the first is kept already, its variable. `same` are the calls that ask the same, the first of them first.
 */
export function keepAnswer(model: Model, method: MethodNode, code: BodyCode, same: readonly CodeNode[]): readonly Fix[] {
  const [first, ...others] = same;
  if (first === undefined) return [];
  const kept = first.role === "value" && first.parent?.kind === "local" ? keptIn(first.parent, first, code, others) : undefined;
  const made = kept === undefined ? variableFor(model, method, code, same) : undefined;
  const name = kept ?? made?.name;
  if (name === undefined) return [];
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Ask ${first.text} once, and keep the answer in ${name}`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(first.text, first.nameStart)) return undefined;
        const replaced = (made === undefined ? others : same).map((call) => replace({ start: call.start, end: call.end }, name));
        if (made === undefined) return [{ kind: "change", file, edits: replaced }];
        const { statement, type, imports } = made;
        const indent = indentAt(text, statement.start);
        const declared = `${type} ${name} = ${text.slice(first.start, first.end)};`;
        const isOneLine = !declared.includes("\n") && indent.length + declared.length <= LONG_LINE;
        if (!isOneLine || text.slice(text.lastIndexOf("\n", statement.start) + 1, statement.start) !== indent) return undefined;
        const added = insertAt(statement.start, `${declared}${lineBreakOf(text)}${indent}`);
        return [{ kind: "change", file, edits: [...importEdits(method.declared.owner.file, text, imports), added, ...replaced] }];
      },
    },
  ];
}

/** The variable that holds the first answer as it is, until the others are asked for. */
function keptIn(local: CodeNode, first: CodeNode, code: BodyCode, others: readonly CodeNode[]): string | undefined {
  const block = local.parent;
  const last = others.at(-1);
  const type = code.typer.typeOf(first);
  if (block?.kind !== "block" || last === undefined || type === undefined || isSetAgain(local, code)) return undefined;
  const declared = local.type.replaceAll(" ", "");
  if (declared !== "var" && declared !== written(type).replaceAll(" ", "")) return undefined;
  const isWithin = others.every((call) => contains(block, call) && (isValue(type) || isLookedAt(call) || isShown(call)));
  const uses = nodesOf(block).filter((node) => node.kind === "name" && node.text === local.text && node.end < last.start);
  return isWithin && uses.every(isLookedAt) ? local.text : undefined;
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly imports: readonly string[];
  /** The statement that it is declared before. */
  readonly statement: CodeNode;
}

function variableFor(model: Model, method: MethodNode, code: BodyCode, same: readonly CodeNode[]): Variable | undefined {
  const [first] = same as readonly [CodeNode];
  const statement = statementAround(first);
  const type = code.typer.typeOf(first);
  const block = statement?.parent;
  if (statement === undefined || block === undefined || type === undefined || !isWritable(type)) return undefined;
  const isHeld = (call: CodeNode, i: number): boolean => isValue(type) || isLookedAt(call) || (i === same.length - 1 && isTakenOut(call));
  if (!same.every((call, i) => contains(block, call) && isHeld(call, i)) || !isFirstWork(statement, first)) return undefined;
  const held = type.args.at(-1) ?? type;
  const isNamed = simpleName(type) === "Optional" || (type.args.length === 0 && type.name.includes(".") && !type.name.startsWith("java."));
  const name = freeName(model, [method], isNamed ? lowerFirst(simpleName(held)) : "found");
  return { name, type: written(type), imports: namesOf(type), statement };
}

/** The statement of a block that an expression stands in, where that is evaluated whenever the statement is reached. */
function statementAround(call: CodeNode): CodeNode | undefined {
  let inner = call;
  for (const around of ancestorsOf(call)) {
    if (inner.parent?.kind === "block") return /^(?:local|return|throw|call|assign)$/.test(inner.kind) ? inner : undefined;
    if (around.kind === "if") return inner.role === "condition" && around.parent?.kind === "block" ? around : undefined;
    if (/^(?:lambda|for|foreach|while|do|try|switch|class|synchronized)$/.test(around.kind)) return undefined;
    const isSecond = around.children[0] !== inner;
    if (around.kind === "conditional" && inner.role !== "condition") return undefined;
    if (around.kind === "binary" && /^(?:&&|\|\|)$/.test(around.text) && isSecond) return undefined;
    inner = around;
  }
  return undefined;
}

/** Whether nothing that may have an effect, or fail, comes before a call in its statement. */
function isFirstWork(statement: CodeNode, call: CodeNode): boolean {
  const own = new Set([...ancestorsOf(call), ...nodesOf(call)]);
  return nodesOf(statement).every((node) => own.has(node) || node.start >= call.start || !/^(?:call|new|assign|unary)$/.test(node.kind));
}

/**
 * Whether nothing of an answer is handed on but what a getter says: two answers are two objects, of which one may be changed, and one
 * answer is one.
 */
function isLookedAt(node: CodeNode): boolean {
  const around = node.parent;
  if (around?.kind === "binary") return /^(?:==|!=)$/.test(around.text);
  if (around?.kind !== "call" || node.role !== "receiver") return false;
  return LOOKS.test(around.text) || (TAKES.test(around.text) && isLookedAt(around));
}

/** `found.get()` as a variable's value, or as what is returned. */
function isTakenOut({ parent, role }: CodeNode): boolean {
  return parent?.kind === "call" && role === "receiver" && TAKES.test(parent.text) && /^(?:local|return)$/.test(parent.parent?.kind ?? "");
}

/** `model.addAttribute("user", found)`. */
const isShown = ({ parent, role }: CodeNode): boolean => role === "argument" && /^(?:addAttribute|addObject)$/.test(parent?.text ?? "");

const TAKES = /^(?:get|orElse|orElseThrow)$/;
const LOOKS = /^(?:(?:is|has|get)(?=\p{Lu})|contains|size$|length$|equals$|compareTo$|toString$|\w+Value$)/u;

/** Whether an object of the type cannot be changed. */
const isValue = (type: Type): boolean => isPrimitive(type) || /^java\.(?:lang|time|math)\.|^java\.util\.UUID$/.test(type.name);

const isWritable = (type: Type): boolean =>
  type.dimensions === 0 &&
  type.name !== "?" &&
  (isPrimitive(type) ? type.name !== "void" : /^[a-z]\w*(?:\.[a-z]\w*)*\.\p{Lu}\w*$/u.test(type.name)) &&
  type.args.every(isWritable);

const written = (type: Type): string =>
  `${simpleName(type)}${type.args.length === 0 ? "" : `<${type.args.map(written).join(", ")}>`}${"[]".repeat(type.dimensions)}`;

const namesOf = (type: Type): readonly string[] =>
  isPrimitive(type) ? [] : [...(type.name.startsWith("java.lang.") ? [] : [type.name]), ...type.args.flatMap(namesOf)];
