import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { dotted, type Typer } from "../../model/calls/typing/typer.ts";
import type { Model } from "../../model/model.ts";
import { constantText } from "../../model/types/constants.ts";
import { simpleName } from "../../model/types/type.ts";
import { longestLine, replace, type TextEdit } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { inOneLine } from "./edits/chains.ts";
import { canHoldConstant, declareConstant } from "./edits/extractConstant.ts";
import { constantInstead } from "./edits/inlineLocal.ts";
import { mayBeMany } from "./shared/loops/elementCount.ts";
import { roundsAround } from "./shared/loops/rounds.ts";
import { type Body, bodiesWith, hotPathOf, waitsBeside } from "./shared/running/hotPath.ts";

export const regexInLoop = defineRule({
  id: "java/regex-in-loop",
  title: "A regular expression is compiled for every element",
  language: "java",
  certainty: "likely",
  cost: "compiles the pattern N times instead of once, N elements",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/String.html#matches(java.lang.String)",
    "https://github.com/openjdk/jdk/blob/jdk-21-ga/src/java.base/share/classes/java/lang/String.java",
  ],
  messages: { compiled: "{{call}} compiles its pattern {{often}}" },

  check({ file, model, report }) {
    for (const body of bodiesWith(model, file, NAMES)) {
      for (const node of body.nodes) {
        const use = useOf(model, node, body);
        if (use === undefined) continue;
        const hot = hotPathOf(model, body, node);
        if (hot?.kind !== "loop" || waitsBeside(model, body, node)) continue;
        const rounds = roundsAround(model, body, node);
        // To compile takes about a microsecond: OHDSI/WebAPI, the identifiers of a setting.
        if (rounds === "few" || rounds === "written") continue;
        report({
          at: { start: node.nameStart, end: node.end },
          message: "compiled",
          data: { call: use.call, often: hot.often },
          ...(mayBeMany(rounds) ? {} : { certainty: "possible" as const }),
          related: hot.related,
          fixes: compileOnce(body, use),
        });
      }
    }
  },
});

const NAMES = ["compile", "matches", "replaceAll", "replaceFirst", "split"];

interface Use {
  readonly node: CodeNode;
  readonly call: string;
  readonly pattern: CodeNode;
  /** A literal that matches nothing but itself. */
  readonly plain: boolean;
}

function useOf(model: Model, node: CodeNode, { typer }: Body): Use | undefined {
  if (node.kind !== "call" || !NAMES.includes(node.text)) return undefined;
  const on = childOf(node, "receiver");
  const [pattern, ...more] = childrenOf(node, "argument");
  const expression = pattern === undefined ? undefined : textOf(model, pattern, typer);
  if (on === undefined || pattern === undefined || expression === undefined) return undefined;
  const plain = !/[\\.$|()[\]{}^?*+]/.test(expression);
  if (on.kind === "name" && on.text === "Pattern") {
    const known = node.text === "compile" ? more.every(({ kind }) => kind === "field") : node.text === "matches" && more.length === 1;
    return known ? { node, call: `Pattern.${node.text}`, pattern, plain } : undefined;
  }
  if (node.text === "compile" || more.length !== (node.text.startsWith("replace") ? 1 : 0)) return undefined;
  if (node.text === "split" && splitsFast(expression)) return undefined;
  const type = typer.typeOf(on);
  if (type === undefined || simpleName(type) !== "String" || type.dimensions > 0) return undefined;
  return { node, call: `String.${node.text}`, pattern, plain };
}

/** What is written down here, or in a constant that has a name. */
function textOf(model: Model, pattern: CodeNode, typer: Typer): string | undefined {
  if (pattern.kind === "literal") return pattern.type === "String" ? pattern.text : undefined;
  const name = typer.declarationOf(pattern) === undefined ? dotted(pattern) : undefined;
  return name === undefined || !/^[A-Z][A-Z0-9_]*$/.test(pattern.text)
    ? undefined
    : constantText({ kind: "reference", name }, typer.entry, model.types);
}

/** One character, or an escaped one, is split by without a pattern: SONARJAVA-3088, SONARJAVA-3276. */
function splitsFast(pattern: string): boolean {
  return /^[^.$|()[{^?*+\\]$/.test(pattern) || /^\\[^0-9a-zA-Z]$/.test(pattern);
}

function compileOnce(body: Body, { node, pattern, plain }: Use): readonly Fix[] {
  const { method } = body;
  const { file } = method.declared.owner.file;
  const on = childOf(node, "receiver") as CodeNode;
  const [, second] = childrenOf(node, "argument");
  // No pattern at all: `replace` takes what it is given as it is.
  if (plain && node.text === "replaceAll" && second?.kind === "literal" && !/[\\$]/.test(second.text)) {
    const name = { start: node.nameStart, end: node.nameStart + node.text.length };
    return [
      {
        title: "Call replace instead of replaceAll",
        safe: true,
        edits: () => [{ kind: "change", file, edits: [replace(name, "replace")] }],
      },
    ];
  }
  if (!canHoldConstant(method)) return [];
  const wish = node.text === "compile" && node.parent?.kind === "local" ? node.parent.text : nameOf(pattern);
  return [
    {
      title: "Compile the pattern once",
      safe: false,
      // What a chain over several lines gives may not fit into one.
      ...(on.kind === "call" && { mayBeNone: true as const }),
      edits: (sources) => {
        const text = sources.text(file);
        if (text === undefined) return undefined;
        const source = text.slice(pattern.start, pattern.end);
        const value = node.text === "compile" ? text.slice(node.start, node.end) : `Pattern.compile(${source})`;
        const declared = declareConstant(method, { type: "Pattern", wish, value, imports: ["java.util.regex.Pattern"] }, sources);
        if (declared === undefined) return undefined;
        const instead = node.text === "compile" ? constantInstead(method.declared.owner.file, text, body, node, declared.name) : undefined;
        const used = instead ?? useEdits(node, on, second, declared.name, text);
        return used && [{ kind: "change", file, edits: [...declared.edits, ...used] }];
      },
    },
  ];
}

/** MAIL_FORMAT_PATTERN of a constant, WHITESPACE and its like of what everybody writes, else PATTERN. */
function nameOf(pattern: CodeNode): string {
  if (pattern.kind === "literal") return USUAL[pattern.text] ?? "PATTERN";
  return /^[A-Z][A-Z0-9_]+$/.test(pattern.text)
    ? `${pattern.text.replace(/_?(?:PATTERN|REGEXP?)$/, "")}_PATTERN`.replace(/^_/, "")
    : "PATTERN";
}

const USUAL: Readonly<Record<string, string>> = {
  "\\s": "WHITESPACE",
  "\\s+": "WHITESPACE",
  "\\s*": "WHITESPACE",
  "\\s*,\\s*": "COMMA",
  ", *": "COMMA",
  "\\s*;\\s*": "SEMICOLON",
  "\\r?\\n": "LINE_BREAK",
  "\\R": "LINE_BREAK",
  "\\d+": "DIGITS",
  "\\D+": "NO_DIGITS",
  "[^0-9]": "NO_DIGIT",
  "[^0-9]+": "NO_DIGITS",
  "<[^>]*>": "TAG",
  "\\p{M}": "MARK",
};

/** `s.replaceAll("…", x)` → `NAME.matcher(s).replaceAll(x)`, and its kin; undefined where that would be no line of its own. */
function useEdits(node: CodeNode, on: CodeNode, second: CodeNode | undefined, name: string, text: string): readonly TextEdit[] | undefined {
  if (node.text === "compile") return [replace(node, name)];
  const ofPattern = on.kind === "name" && on.text === "Pattern";
  const input = ofPattern ? second : on;
  const written = input === undefined ? "" : text.slice(input.start, input.end);
  const subject = inOneLine(written);
  // What stands between the object and its call goes away with it.
  if (subject === undefined || (!ofPattern && !/^\s*\.\s*$/.test(text.slice(on.end, node.nameStart)))) return undefined;
  const used = usedOn(node, subject, second === undefined ? "" : text.slice(second.start, second.end), name);
  const before = node.start - text.lastIndexOf("\n", node.start - 1) - 1;
  const [behind = ""] = text.slice(node.end).split(/\r?\n/, 1);
  if (subject !== written && before + used.length + behind.length > longestLine(text)) return undefined;
  return [replace(node, used)];
}

function usedOn({ text }: CodeNode, subject: string, second: string, name: string): string {
  if (text === "split") return `${name}.split(${subject})`;
  return `${name}.matcher(${subject}).${text === "matches" ? "matches()" : `${text}(${second})`}`;
}
