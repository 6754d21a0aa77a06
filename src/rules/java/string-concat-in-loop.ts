import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { describe } from "../../model/calls/iteration/describe.ts";
import type { Typer } from "../../model/calls/typing/typer.ts";
import { indentAt, lineBreakOf, replace, type TextEdit } from "../../text/edits.ts";
import { contains } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { mayBeMany } from "./shared/loops/elementCount.ts";
import { roundsAround } from "./shared/loops/rounds.ts";
import { type Body, bodiesWith, LOOPS } from "./shared/running/hotPath.ts";

export const stringConcatInLoop = defineRule({
  id: "java/string-concat-in-loop",
  title: "A string grows by + in a loop",
  language: "java",
  certainty: "likely",
  cost: "copies the whole string each round: N² / 2 characters for N rounds",
  references: [
    "https://docs.oracle.com/javase/specs/jls/se21/html/jls-15.html#jls-15.18.1",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/StringBuilder.html",
  ],
  messages: {
    grows: "{{name}} is copied as a whole in each round of the loop",
    reduces: "reduce copies the whole string for each element of {{over}}",
  },

  check({ file, model, report }) {
    for (const body of bodiesWith(model, file, ["reduce"])) {
      for (const node of body.nodes) {
        const over = reducedBy(node, body);
        if (over === undefined) continue;
        report({
          at: { start: node.nameStart, end: node.end },
          message: "reduces",
          data: { over: describe(over) },
          certainty: "possible",
        });
      }
    }
    for (const body of bodiesWith(model, file, ["+=", "="], LOOPS)) {
      const told = new Set<CodeNode>();
      for (const node of body.nodes) {
        const grown = grownBy(node, body);
        if (grown === undefined || told.has(grown.variable)) continue;
        told.add(grown.variable);
        const rounds = roundsAround(model, body, node);
        // The arguments of a command, spring-cloud-dataflow: a few copies of a short text.
        if (rounds === "few" || rounds === "written") continue;
        report({
          at: node,
          message: "grows",
          data: { name: grown.variable.text },
          ...(mayBeMany(rounds) ? {} : { certainty: "possible" as const }),
          related: [{ at: { file: file.file, start: grown.loop.start, end: headEnd(grown.loop) }, message: "the loop" }],
          fixes: useBuilder(body, grown.variable),
        });
      }
    }
  },
});

/** The stream of `texts.reduce("", (a, b) -> a + b)` and `texts.reduce("", String::concat)`. */
function reducedBy(node: CodeNode, { typer }: Body): CodeNode | undefined {
  if (node.kind !== "call" || node.text !== "reduce") return undefined;
  const on = childOf(node, "receiver");
  const [first, by, ...more] = childrenOf(node, "argument");
  if (on === undefined || more.length > 0 || first?.kind !== "literal" || first.type !== "String" || by === undefined) return undefined;
  if (by.kind === "reference") {
    if (by.text !== "concat") return undefined;
  } else {
    const [left, right, ...others] = childrenOf(by, "parameter");
    const sum = childOf(by, "body");
    if (left === undefined || right === undefined || others.length > 0 || sum?.kind !== "binary" || sum.text !== "+") return undefined;
    if (!startsWith(sum, left.text)) return undefined;
  }
  const over = streamedBy(on);
  // `Stream.of(a, b)` and lists that are written down are short.
  return over === undefined || isShortSource(over, typer) ? undefined : over;
}

/** What a chain of stream steps begins with. */
function streamedBy(on: CodeNode): CodeNode | undefined {
  for (let at: CodeNode | undefined = on; at !== undefined; at = childOf(at, "receiver")) {
    if (at.kind === "call" && at.text === "limit") return undefined;
    const next = childOf(at, "receiver");
    if (at.kind === "call" && (at.text === "stream" || at.text === "of")) return at.text === "stream" ? next : undefined;
  }
  return undefined;
}

function isShortSource(over: CodeNode, typer: Typer): boolean {
  if (over.kind === "name" && over.text === "Arrays") return true;
  const local = over.kind === "name" ? typer.declarationOf(over) : undefined;
  const value = local?.kind === "local" ? childOf(local, "value") : over;
  return value?.kind === "call" && /^(?:of|asList|values|split)$/.test(value.text);
}

interface Grown {
  readonly variable: CodeNode;
  readonly loop: CodeNode;
}

/** `s += x` and `s = s + x` of a String declared outside of the loop around it. */
function grownBy(node: CodeNode, { typer }: Body): Grown | undefined {
  if (node.kind !== "assign" || (node.text !== "+=" && node.text !== "=")) return undefined;
  const target = childOf(node, "target");
  // The element of an array is another string each round: SONARJAVA-1949.
  if (target?.kind !== "name" || (node.text === "=" && !startsWith(childOf(node, "value"), target.text))) return undefined;
  const loop = loopAround(node);
  if (loop === undefined) return undefined;
  const variable = typer.declarationOf(target);
  if (variable === undefined || variable.kind !== "local" || variable.type !== "String" || contains(loop, variable)) return undefined;
  if (isShort(loop) || leaves(node, loop) || isReset(loop, node, target.text)) return undefined;
  return isUsedBetween(loop, target.text) || isForThrow(loop) ? undefined : { variable, loop };
}

function startsWith(value: CodeNode | undefined, name: string): boolean {
  let at = value;
  if (at?.kind !== "binary") return false;
  while (at?.kind === "binary" && at.text === "+") at = childOf(at, "left");
  return at?.kind === "name" && at.text === name;
}

function loopAround(node: CodeNode): CodeNode | undefined {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    if (around.kind === "lambda" || around.kind === "method") return undefined;
    if (/^(foreach|for|while|do)$/.test(around.kind)) return inner.role === "body" ? around : undefined;
    inner = around;
  }
  return undefined;
}

/** A number of rounds that is written down and small, or elements that are. */
function isShort(loop: CodeNode): boolean {
  const over = childOf(loop, "iterable") ?? childOf(loop, "condition");
  if (over === undefined) return false;
  if (over.kind === "array") return true;
  if (over.kind === "call" && /^(of|asList|values)$/.test(over.text)) return true;
  if (over.kind !== "binary") return false;
  const bound = childOf(over, "right");
  return bound?.kind === "literal" && Number(bound.text) <= FEW_ROUNDS;
}

const FEW_ROUNDS = 10;

/** Whether the loop ends with the round that grows the string. */
function leaves(node: CodeNode, loop: CodeNode): boolean {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    if (around === loop) return false;
    if (around.kind === "block") {
      const next = around.children[around.children.indexOf(inner) + 1];
      if (next !== undefined && /^(break|return|throw)$/.test(next.kind)) return true;
    }
    inner = around;
  }
  return false;
}

/** Whether the string starts afresh within the loop, or an inner loop of it is asked whether it is done. */
function isReset(loop: CodeNode, node: CodeNode, name: string): boolean {
  return nodesOf(loop).some((other) => {
    if (other === node || other.kind !== "assign" || other.text !== "=") return false;
    const target = childOf(other, "target");
    return target?.kind === "name" && target.text === name && !startsWith(childOf(other, "value"), name);
  });
}

/** Whether each round needs the string as it is by then: no builder would spare the copy. */
function isUsedBetween(loop: CodeNode, name: string): boolean {
  return nodesOf(loop).some((node) => {
    if (node.kind !== "name" || node.text !== name) return false;
    if (node.role === "argument") return node.parent?.kind !== "call" || !ASKED.test(node.parent.text);
    return node.role === "receiver" && node.parent?.kind === "call" && !ASKED_OF_BUILDERS.test(node.parent.text);
  });
}

/** `StringUtils.isNotBlank(text)`, `!"".equals(text)`. */
const ASKED = /^(?:is(?:Not)?(?:Empty|Blank)|has(?:Text|Length)|isNull|nonNull|equals)$/;
const ASKED_OF_BUILDERS = /^(?:length|isEmpty|isBlank|equals|endsWith|charAt)$/;

/** The message of an exception that is thrown behind the loop: nobody waits for it but who has made the mistake. */
function isForThrow(loop: CodeNode): boolean {
  const around = loop.parent;
  return around?.kind === "block" && around.children.slice(around.children.indexOf(loop) + 1).some(({ kind }) => kind === "throw");
}

const headEnd = (loop: CodeNode): number => (childOf(loop, "iterable") ?? childOf(loop, "condition"))?.end ?? loop.start + 3;

/** The variable becomes a StringBuilder; offered where it is only appended to, and read outside of loops. */
function useBuilder({ method, nodes, typer }: Body, variable: CodeNode): readonly Fix[] {
  const initial = childOf(variable, "value");
  const siblings = variable.parent?.children.filter((other) => other.kind === "local" && other.start === variable.start) ?? [];
  if (initial?.kind !== "literal" || initial.type !== "String" || siblings.length !== 1) return [];
  const appends: CodeNode[] = [];
  const reads: CodeNode[] = [];
  for (const node of nodes) {
    if (node.kind !== "name" || node.text !== variable.text || typer.declarationOf(node) !== variable) continue;
    const { parent } = node;
    if (parent?.kind === "assign" && node.role === "target") {
      if (parent.text !== "+=" || !parent.statement) return [];
      appends.push(parent);
    } else if (loopOrLambda(node, variable)) return [];
    else reads.push(node);
  }
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Build ${variable.text} with a StringBuilder`,
      safe: false,
      edits: (sources) => {
        const edits = builderEdits(variable, initial, appends, reads, sources.text(file));
        return edits === undefined ? undefined : [{ kind: "change", file, edits }];
      },
    },
  ];
}

const loopOrLambda = (node: CodeNode, variable: CodeNode): boolean => {
  for (const around of ancestorsOf(node)) {
    if (around === variable.parent) return false;
    if (/^(foreach|for|while|do|lambda|class|method)$/.test(around.kind)) return true;
  }
  return false;
};

function builderEdits(
  variable: CodeNode,
  initial: CodeNode,
  appends: readonly CodeNode[],
  reads: readonly CodeNode[],
  text: string | undefined,
): readonly TextEdit[] | undefined {
  const head = text?.slice(variable.start, variable.nameStart) ?? "";
  if (text === undefined || !/^(?:final\s+)?String\s+$/.test(head)) return undefined;
  const edits: TextEdit[] = [
    replace({ start: variable.nameStart - head.length + head.indexOf("String"), end: variable.nameStart }, "StringBuilder "),
    replace(initial, initial.text === "" ? "new StringBuilder()" : `new StringBuilder(${text.slice(initial.start, initial.end)})`),
  ];
  for (const append of appends) {
    const value = childOf(append, "value");
    if (value === undefined) return undefined;
    edits.push(replace(append, appended(variable.text, append, operandsOf(value, text), text)));
  }
  return [
    ...edits,
    ...reads.filter((read) => !isJoined(read) && !isLogged(read)).map((read) => replace(read, `${variable.text}.toString()`)),
  ];
}

/** What stands for a placeholder of a log line is made a text there, where the line is written at all. */
function isLogged({ parent, role }: CodeNode): boolean {
  if (role !== "argument" || parent?.kind !== "call" || !/^(?:trace|debug|info|warn|error)$/.test(parent.text)) return false;
  const [first] = childrenOf(parent, "argument");
  return first?.kind === "literal" && first.text.includes("{}");
}

const LONG_LINE = 120;

/** In one line, or with a line for each part where it would be long or was in several. */
function appended(name: string, append: CodeNode, parts: readonly string[], text: string): string {
  const calls = parts.map((part) => `.append(${part})`);
  const line = `${name}${calls.join("")};`;
  const was = text.slice(append.start, append.end);
  const indent = indentAt(text, append.start);
  if (parts.length < 2 || (!was.includes("\n") && indent.length + line.length <= LONG_LINE)) return line.slice(0, -1);
  const below = /\n([ \t]+)\S/.exec(was)?.[1] ?? `${indent}${indent.includes("\t") ? "\t\t" : "        "}`;
  return `${name}${calls.map((call) => `${lineBreakOf(text)}${below}${call}`).join("")}`;
}

/** `"…" + s`: joining asks for the text by itself. */
function isJoined({ parent, role }: CodeNode): boolean {
  if (parent?.kind !== "binary" || parent.text !== "+") return false;
  const other = childOf(parent, role === "left" ? "right" : "left");
  return other?.kind === "literal" && other.type === "String";
}

/** The parts of `"a" + b + c`, which starts with a string: then each + is one of strings. Other sums stay whole. */
function operandsOf(value: CodeNode, text: string): readonly string[] {
  const parts: CodeNode[] = [];
  let at = value;
  while (at.kind === "binary" && at.text === "+") {
    const [left, right] = [childOf(at, "left"), childOf(at, "right")];
    if (left === undefined || right === undefined) break;
    parts.unshift(right);
    at = left;
  }
  parts.unshift(at);
  const strings = parts[0]?.kind === "literal" && parts[0].type === "String";
  const second = parts[1]?.kind === "literal" && parts[1].type === "String";
  return strings || second ? parts.map((part) => sourceOf(part, text)) : [text.slice(value.start, value.end)];
}

/** Parentheses around an operand are not part of its node. */
const sourceOf = (node: CodeNode, text: string): string => text.slice(node.start, node.end);
