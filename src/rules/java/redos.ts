import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, unpack } from "../../facts/java/code.ts";
import type { JavaAnnotation, JavaType } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Model } from "../../model/model.ts";
import { exponentialPart, type Matching } from "../../model/regex/backtracking.ts";
import { annotationValue, constantText } from "../../model/types/constants.ts";
import { simpleName } from "../../model/types/type.ts";
import type { Span } from "../../text/positions.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { requestPathOf } from "./shared/running/hotPath.ts";

export const redos = defineRule({
  id: "java/redos",
  title: "A regular expression that a short text of a request keeps busy for ever",
  language: "java",
  certainty: "likely",
  severity: "warning",
  cost: "a number of steps that grows exponentially: a text of 40 characters holds a request thread for minutes",
  references: [
    "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
    "https://bugs.openjdk.org/browse/JDK-6328855",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html",
  ],
  messages: { exponential: "{{part}} splits the same text in many ways: each character doubles the time of a match" },

  check({ file, model, report }) {
    if (!file.java.code.strings.some(mayNest) && !file.java.imports.some(({ name }) => VALIDATION.test(name))) return;
    const { java } = model.configuration.buildOf(file.file);
    for (const { at, pattern, matching, related } of [...annotatedIn(file, model), ...appliedIn(file, model)]) {
      const part = exponentialPart(pattern, matching, java);
      if (part !== undefined)
        report({ at, message: "exponential", data: { part: part.length > 34 ? `${part.slice(0, 33)}…` : part }, related });
    }
  },
});

interface Use {
  readonly at: Span;
  readonly pattern: string;
  readonly matching: Matching;
  readonly related: readonly RelatedPlace[];
}

const mayNest = (text: string): boolean => /\)(?:[*+]|\{\d+,)/.test(text);
const VALIDATION = /\.validation\.constraints(?:\.Pattern)?$/;

/** `@Pattern` of Bean Validation, which is applied to what comes in, and to all of it. */
function annotatedIn(file: JavaFile, model: Model): readonly Use[] {
  if (!file.java.imports.some(({ name }) => VALIDATION.test(name))) return [];
  return file.java.types.flatMap((type) => {
    const annotations: readonly JavaAnnotation[] = [
      ...type.fields.flatMap((field) => field.annotations),
      ...type.methods.flatMap((method) => [...method.annotations, ...method.parameters.flatMap((parameter) => parameter.annotations)]),
    ];
    return annotations.flatMap((annotation): readonly Use[] => {
      if (annotation.name !== "Pattern") return [];
      const value = annotationValue(annotation, "regexp");
      const at = annotation.values.find(({ name }) => name === "regexp")?.span;
      const pattern = value === undefined ? undefined : constantText(value, { file, type }, model.types);
      return pattern === undefined || at === undefined || !mayNest(pattern) ? [] : [{ at, pattern, matching: "whole", related: [] }];
    });
  });
}

/** Patterns that methods on the way of a request apply to something that is not fixed. */
function appliedIn(file: JavaFile, model: Model): readonly Use[] {
  const constants = new Map(file.java.types.flatMap((type) => compiledFields(file, type)));
  const uses = new Map<CodeNode, Use>();
  for (const method of model.calls.methodsIn(file.file)) {
    if (method.declared.method.kind !== "method" || method.declared.method.body < 0) continue;
    const request = requestPathOf(model, method);
    if (request === undefined) continue;
    const { nodes, typer } = model.calls.codeOf(method);
    for (const node of nodes) {
      const constantOf = (named: CodeNode) => (typer.declarationOf(named) === undefined ? constants.get(named.text) : undefined);
      const applied = appliedPattern(node, constantOf, (on) => {
        const type = typer.typeOf(on);
        return type !== undefined && simpleName(type) === "String";
      });
      if (applied === undefined || uses.has(applied.literal)) continue;
      const { literal, matching } = applied;
      uses.set(literal, { at: literal, pattern: literal.text, matching, related: [...appliedHere(method, node), ...request.related] });
    }
  }
  return [...uses.values()];
}

const appliedHere = ({ declared }: MethodNode, { nameStart, end }: CodeNode): readonly RelatedPlace[] => [
  { at: { file: declared.owner.file.file, start: nameStart, end }, message: "the pattern is applied here" },
];

/** The literals of `static final Pattern CODE = Pattern.compile("…")` and of `final String CODE = "…"`, by the field's name. */
function compiledFields(file: JavaFile, { fields }: JavaType): readonly (readonly [string, CodeNode])[] {
  return fields.flatMap(({ name, type, initializer, modifiers }) => {
    if (!/(?:^|\.)(?:Pattern|String)$/.test(type) || initializer < 0 || !modifiers.includes("final")) return [];
    const value = unpack(file.java.code, initializer);
    const literal = type.endsWith("String") ? value : compiledLiteral(value);
    return isText(literal) ? [[name, literal] as const] : [];
  });
}

/** The one literal of `Pattern.compile("…")`; flags may change what a pattern means. */
function compiledLiteral(node: CodeNode): CodeNode | undefined {
  if (node.kind !== "call" || node.text !== "compile" || childOf(node, "receiver")?.text !== "Pattern") return undefined;
  const [literal, ...flags] = childrenOf(node, "argument");
  return isText(literal) && flags.length === 0 ? literal : undefined;
}

const isText = (node: CodeNode | undefined): node is CodeNode => node?.kind === "literal" && node.type === "String" && mayNest(node.text);

function appliedPattern(
  node: CodeNode,
  constantOf: (node: CodeNode) => CodeNode | undefined,
  isString: (node: CodeNode) => boolean,
): { readonly literal: CodeNode; readonly matching: Matching } | undefined {
  const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
  if (on === undefined) return undefined;
  const [argument, text] = childrenOf(node, "argument");
  const given = node.text !== "matcher" && argument?.kind === "name" ? constantOf(argument) : argument;
  if (node.text === "matcher") {
    if (given === undefined || given.kind === "literal") return undefined;
    const literal = on.kind === "name" || on.kind === "field" ? constantOf(on) : compiledLiteral(on);
    // A matcher that is kept in a variable may be asked in any way: looking for a part of the text needs more of the pattern to fail.
    return literal && { literal, matching: node.parent?.text === "matches" && node.role === "receiver" ? "whole" : "part" };
  }
  if (!/^(?:matches|replaceAll|replaceFirst|split)$/.test(node.text) || !isText(given) || on.kind === "literal") return undefined;
  if (on.kind === "name" && on.text === "Pattern")
    return node.text === "matches" && text?.kind !== "literal" ? { literal: given, matching: "whole" } : undefined;
  return isString(on) ? { literal: given, matching: node.text === "matches" ? "whole" : "part" } : undefined;
}
