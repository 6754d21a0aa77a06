import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { simpleName, type Type } from "../../model/types/type.ts";
import { indentAt, indentStep, lineBreakOf, listWithin, replace } from "../../text/edits.ts";
import { contains } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type Body, bodiesWith, hotPathOf, waitsBeside } from "./shared/running/hotPath.ts";

export const logArgsEager = defineRule({
  id: "java/log-args-eager",
  title: "A log message is built although its level is off",
  language: "java",
  certainty: "possible",
  cost: "builds a string each time, for nobody",
  references: [
    "https://www.slf4j.org/faq.html#logging_performance",
    "https://logging.apache.org/log4j/2.x/manual/api.html#best-practice-supplier",
  ],
  messages: {
    concatenated: "{{level}} message is put together {{often}}, also while {{level}} is off",
    serialized: "{{call}} runs for a {{level}} message {{often}}, also while {{level}} is off",
  },

  check({ file, model, report }) {
    for (const body of bodiesWith(model, file, ["debug", "trace"])) {
      for (const node of body.nodes) {
        if (!isLogCall(node, body) || isGuarded(node, body)) continue;
        const [first] = childrenOf(node, "argument");
        const costly = costlyArgument(node);
        const joined = first?.kind === "binary" && first.text === "+" ? partsOf(first) : undefined;
        const formatted = first !== undefined && isFormat(first);
        if (costly === undefined && !formatted && (joined === undefined || joined.every(({ kind }) => kind === "literal"))) continue;
        const hot = hotPathOf(model, body, node);
        if (hot === undefined) continue;
        const data = { level: node.text, often: hot.often, call: costly?.text ?? "" };
        if (costly !== undefined) report({ at: costly, message: "serialized", data, certainty: "likely", related: hot.related });
        else if (hot.kind === "loop" && first !== undefined && !waitsBeside(model, body, node))
          report({
            at: first,
            message: "concatenated",
            data,
            related: hot.related,
            fixes: formatted ? [] : usePlaceholders(body, node, first, joined ?? []),
          });
      }
    }
  },
});

/** `String.format("…", …)` and `"…".formatted(…)` */
const isFormat = (node: CodeNode): boolean =>
  node.kind === "call" && (node.text === "formatted" || (node.text === "format" && childOf(node, "receiver")?.text === "String"));

function isLogCall(node: CodeNode, { typer }: Body): boolean {
  if (node.kind !== "call" || (node.text !== "debug" && node.text !== "trace")) return false;
  const on = childOf(node, "receiver");
  if (on === undefined) return false;
  return /^(log|logger|LOG|LOGGER|_log|slf4jLogger)$/.test(on.text) || /^(?:X?Logger|Log)$/.test(simpleNameOf(typer.typeOf(on)));
}

const simpleNameOf = (type: Type | undefined): string => (type === undefined ? "" : simpleName(type));

/** `if (log.isDebugEnabled())`, also as a flag with such a name: SONARJAVA-3829. */
function isGuarded(node: CodeNode, { nodes }: Body): boolean {
  for (const around of ancestorsOf(node)) {
    if (around.kind === "catch") return true;
    if (around.kind !== "if" && around.kind !== "conditional") continue;
    const condition = childOf(around, "condition");
    if (condition !== undefined && nodes.some((inner) => contains(condition, inner) && LEVEL.test(inner.text))) return true;
  }
  // `if (!log.isDebugEnabled()) return;`
  return nodes.some((inner) => inner.kind === "call" && LEVEL.test(inner.text) && inner.end < node.start && inner.parent?.text === "!");
}

const LEVEL = /(debug|trace|level|verbose).*|isEnabled/i;

/** Calls that turn a whole object into text; getters and accessors of records cost nothing: SONARJAVA-4476. */
function costlyArgument(call: CodeNode): CodeNode | undefined {
  const search = (node: CodeNode): CodeNode | undefined => {
    if (node.kind === "lambda" || node.kind === "reference") return undefined;
    if (node.kind === "call" && SERIALIZERS.test(node.text)) return node;
    for (const child of node.children) {
      const found = search(child);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const argument of childrenOf(call, "argument")) {
    const found = search(argument);
    if (found !== undefined) return found;
  }
  return undefined;
}

const SERIALIZERS = /^(writeValueAsString|toPrettyString|toJson|toXml|reflectionToString|deepToString|writeValueAsStringUnchecked)$/;

function partsOf(sum: CodeNode): readonly CodeNode[] {
  const left = childOf(sum, "left");
  const right = childOf(sum, "right");
  if (left === undefined || right === undefined) return [sum];
  return [...(left.kind === "binary" && left.text === "+" ? partsOf(left) : [left]), right];
}

/** `"saved " + id + "."` → `"saved {}.", id`; offered where the sum starts with a string and nothing else follows it. */
function usePlaceholders(body: Body, call: CodeNode, sum: CodeNode, parts: readonly CodeNode[]): readonly Fix[] {
  const [first] = parts;
  const literals = parts.filter(({ kind }) => kind === "literal");
  if (childrenOf(call, "argument").length !== 1 || first?.kind !== "literal" || first.type !== "String") return [];
  if (literals.some(({ type, text }) => type !== "String" || /[{}]/.test(text))) return [];
  // An exception at the end is one to be printed with its stack, not a value.
  const last = parts.at(-1);
  if (last !== undefined && THROWN.test(simpleNameOf(body.typer.typeOf(last)))) return [];
  if (!takesPlaceholders(body, childOf(call, "receiver"))) return [];
  const { file } = body.method.declared.owner.file;
  return [
    {
      title: "Let the logger put the message together",
      safe: false,
      edits: (sources) => {
        const text = sources.text(file);
        const source = (part: CodeNode) => text?.slice(part.start, part.end) ?? "";
        if (text === undefined || literals.some((literal) => source(literal).startsWith('"""'))) return undefined;
        const template = parts.map((part) => (part.kind === "literal" ? source(part).slice(1, -1) : "{}")).join("");
        const values = parts.filter(({ kind }) => kind !== "literal").map((part) => source(printed(part, body)));
        return [{ kind: "change", file, edits: [replace(sum, inLines([`"${template}"`, ...values], sum, text))] }];
      },
    },
  ];
}

/** What the logger makes a text of by itself, once it needs one: `order` of `order.toString()`. It prints the stack of an exception. */
function printed(part: CodeNode, { typer }: Body): CodeNode {
  const on = part.kind === "call" && part.text === "toString" && part.children.length === 1 ? childOf(part, "receiver") : undefined;
  const type = simpleNameOf(on && typer.typeOf(on));
  return on === undefined || on.kind === "super" || type === "" || THROWN.test(type) ? part : on;
}

const THROWN = /(?:Exception|Error|Throwable)$/;

/** The arguments, in further lines where they do not fit on one. */
function inLines(items: readonly string[], { start, end }: CodeNode, text: string): string {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const indent = indentAt(text, start);
  const next = lineBreakOf(text) + (before === indent ? indent : indent + indentStep(text).repeat(2));
  return listWithin(items, before.length, next, /^[^\r\n]*/.exec(text.slice(end))?.[0].length ?? 0);
}

/** Whether a logger knows `{}`: those of SLF4J and Log4j 2, not those of Commons Logging, JBoss or Log4j 1, which take an exception there. */
function takesPlaceholders({ method, typer }: Body, logger: CodeNode | undefined): boolean {
  const { file, type } = method.declared.owner;
  const named = logger === undefined ? undefined : typer.typeOf(logger)?.name;
  if (named?.includes(".")) return PLACEHOLDERS.test(named);
  if (annotationNamed(type.annotations, "Slf4j", "XSlf4j", "Log4j2") !== undefined) return true;
  const loggers = file.java.imports.map(({ name }) => name).filter((name) => /\.log(?:ging|4j)?\b|slf4j/i.test(name));
  return loggers.length > 0 && loggers.every((name) => PLACEHOLDERS.test(name));
}

const PLACEHOLDERS = /^(?:org\.slf4j|org\.apache\.logging\.log4j|lombok\.extern\.(?:slf4j|log4j\.Log4j2))\b/;
