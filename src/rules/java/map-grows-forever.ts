import type { JavaFile } from "../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf, childrenOf, mentions, nodesOf, stringsNamed, unpackNodes } from "../../facts/java/code.ts";
import type { JavaField, JavaType } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { isByClock } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import { stereotypeOf } from "../../model/types/beans.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import { type Alike, alikeBy, besides, MOST_BESIDE, speakerOf } from "../alike.ts";
import type { Certainty, Severity } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { type Asker, askerIn, type GivenFor, mostTelling } from "./shared/requests/askerKeys.ts";
import { callsNearby } from "./shared/running/callsNearby.ts";

export const mapGrowsForever = defineRule({
  id: "java/map-grows-forever",
  title: "A map keeps an entry for everybody who has ever asked",
  language: "java",
  certainty: "proven",
  cost: "memory that only a restart gives back: an entry more for each one who asks for the first time",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/ConcurrentHashMap.html",
    "https://github.com/ben-manes/caffeine/wiki/Eviction",
    "https://cwe.mitre.org/data/definitions/770.html",
  ],
  messages: {
    grows: "{{map}} keeps an entry for every {{asker}} and gives none up",
    several: "{{map}} keeps an entry for every {{asker}} and gives none up; {{more}} more in this class",
  },

  check({ file, model, report }) {
    const { code } = file.java;
    if (!code.strings.some((text) => MADE.test(text)) || stringsNamed(code, [...ADDS]) === undefined) return;
    for (const type of file.java.types) {
      if (isSettledByLombok(type)) continue;
      const found: Growing[] = [];
      for (const field of type.fields) {
        if (!isPlainMap(file, type, field) || annotationNamed(field.annotations, "Getter") !== undefined) continue;
        const additions = additionsTo(model, file, type, field);
        const asker = mostTelling(additions.map((one) => one.asker));
        const addition = additions.find((one) => one.asker === asker);
        if (asker === undefined || addition === undefined) continue;
        // There are as many users as have registered, and as many addresses as somebody likes.
        const certainty = asker === "user" ? "likely" : "proven";
        found.push({ field, asker, addition, certainty, severity: asker === "user" ? "information" : "warning" });
      }
      for (const alike of alikeBy(found, ({ certainty }) => certainty).values()) report(reportOf(model, file.file, type, alike));
    }
  },
});

/** A map that grows, and where. */
interface Growing {
  readonly field: JavaField;
  readonly asker: Asker;
  readonly addition: Addition;
  readonly certainty: Certainty;
  readonly severity: Severity;
}

/** Maps of one class are kept small by one change. */
function reportOf(model: Model, file: string, type: JavaType, alike: Alike<Growing>): Report<"grows" | "several"> {
  const speaker = speakerOf(alike);
  const others = besides(alike, speaker);
  const { field, asker, addition, certainty, severity } = speaker;
  return {
    at: field.nameSpan,
    message: others.length === 0 ? "grows" : "several",
    data: { map: `${type.name}.${field.name}`, asker, more: others.length },
    certainty,
    severity,
    related: [
      ...model.effects.chainTo(addition.method.key),
      { at: { file, ...addition.at }, message: `an entry for each ${asker} is added here` },
      ...others.slice(0, MOST_BESIDE).map((other) => ({
        at: { file, ...other.field.nameSpan },
        message: `${other.field.name} keeps one for every ${other.asker}, too`,
      })),
    ],
  };
}

const MADE = /^(?:ConcurrentHashMap|HashMap|Hashtable|ConcurrentSkipListMap)(?:<|$)/;
const ADDS: readonly string[] = ["put", "putIfAbsent", "computeIfAbsent", "compute", "merge"];
/** Calls that neither take anything out nor hand the map on. */
const ASKS: ReadonlySet<string> = new Set(["get", "getOrDefault", "containsKey", "containsValue", "isEmpty", "forEach", "toString"]);
const VIEWS: ReadonlySet<string> = new Set(["values", "keySet", "entrySet"]);
const READS: ReadonlySet<string> = new Set(["stream", "parallelStream", "forEach", "contains", "isEmpty", "toString"]);

/** Accessors that Lombok writes hand every field out. */
const isSettledByLombok = ({ annotations }: JavaType): boolean => annotationNamed(annotations, "Getter", "Data", "Value") !== undefined;

/** A private map that lives as long as the application: static, or of what there is one of. */
function isPlainMap({ java }: JavaFile, type: JavaType, { modifiers, origin, type: declared, initializer }: JavaField): boolean {
  if (origin !== "field" || initializer < 0 || !modifiers.includes("private") || !/Map$|^Hashtable$/.test(bareName(declared))) return false;
  if (!modifiers.includes("static") && !isSingle(type)) return false;
  const [made] = unpackNodes(java.code, initializer);
  return made?.kind === "new" && MADE.test(made.type) && !made.children.some(({ kind }) => kind === "class" || kind === "method");
}

/** Beans, and the filters and interceptors of Spring and servlets, however these are registered. */
function isSingle(type: JavaType): boolean {
  if (annotationNamed(type.annotations, "Scope", "RequestScope", "SessionScope") !== undefined) return false;
  if (stereotypeOf(type) !== undefined) return true;
  return [type.superclass ?? "", ...type.interfaces].some((above) =>
    /(?:^|\.)(?:\w*Filter|GenericFilterBean|HandlerInterceptor)$/.test(above),
  );
}

interface Addition {
  readonly at: { readonly start: number; readonly end: number };
  readonly asker: Asker;
  readonly method: MethodNode;
}

/** Where requests add entries under keys that tell who asks; none where the map may lose entries, is bounded, or is known to others. */
function additionsTo(model: Model, file: JavaFile, type: JavaType, field: JavaField): readonly Addition[] {
  const { code } = file.java;
  const named = stringsNamed(code, [field.name]);
  if (named === undefined) return [];
  if (file.java.types.some(({ fields }) => fields.some(({ initializer }) => initializer >= 0 && mentions(code, initializer, named))))
    return [];
  const additions: Addition[] = [];
  for (const method of model.calls.methodsIn(file.file)) {
    const { declared } = method;
    if (declared.method.body < 0 || !mentions(code, declared.method.body, named)) continue;
    const { nodes, typer } = model.calls.codeOf(method);
    for (const use of nodes) {
      if ((use.kind !== "name" && use.kind !== "field") || use.text !== field.name) continue;
      if (use.kind === "name" && (typer.declarationOf(use) !== undefined || isParameter(method, use.text))) continue;
      if (use.kind === "field" && !isOwn(use, type)) continue;
      const call = use.role === "receiver" && use.parent?.kind === "call" ? use.parent : undefined;
      if (call === undefined || mayLose(call)) return [];
      if (!ADDS.includes(call.text)) continue;
      const [key] = childrenOf(call, "argument");
      const asker = key === undefined ? undefined : askerIn(key, typer, (name) => givenFor(model, method, name));
      const entry = asker === undefined ? undefined : model.effects.reachedFrom(method.key);
      if (asker === undefined || entry === undefined || !entry.often || isByClock(entry) || entry.kind === "job") continue;
      additions.push({ at: { start: call.start, end: call.end }, asker, method });
    }
  }
  return additions;
}

/** What the calls of its own file give a private method. */
function givenFor(model: Model, method: MethodNode, name: string): ReturnType<GivenFor> {
  const { modifiers, parameters } = method.declared.method;
  const index = parameters.findIndex((parameter) => parameter.name === name);
  if (index < 0 || !modifiers.includes("private")) return [];
  return callsNearby(model, method).flatMap(({ caller, site }) => {
    const { nodes, typer } = model.calls.codeOf(caller);
    const call = nodes[site.order];
    const value = call === undefined ? undefined : childrenOf(call, "argument")[index];
    return value === undefined ? [] : [{ value, typer }];
  });
}

const isParameter = ({ declared }: MethodNode, text: string): boolean => declared.method.parameters.some(({ name }) => name === text);

/** `this.counts`, `Limits.COUNTS`; what else has a field of the name is another's. */
const isOwn = (use: CodeNode, { name }: JavaType): boolean => {
  const on = childOf(use, "receiver");
  return on === undefined || on.kind === "this" || (on.kind === "name" && on.text === name);
};

/** Whether a call may take an entry out, tells how many there are, or hands on what does. */
function mayLose(call: CodeNode): boolean {
  if (ASKS.has(call.text) || call.text === "put" || call.text === "putIfAbsent" || call.text === "computeIfAbsent") return false;
  if (call.text === "compute" || call.text === "merge") return mayGiveNull(childrenOf(call, "argument").at(-1));
  if (!VIEWS.has(call.text)) return true;
  const iterated = call.role === "iterable" && call.parent?.kind === "foreach";
  const asked = call.role === "receiver" && call.parent?.kind === "call" && READS.has(call.parent.text);
  return !iterated && !asked;
}

/** A function that gives null takes the entry out. */
function mayGiveNull(given: CodeNode | undefined): boolean {
  if (given?.kind === "reference") return !/^(?:sum|max|min|concat|new)$/.test(given.text);
  if (given?.kind !== "lambda") return true;
  return nodesOf(given).some((node) => node.kind === "literal" && node.type === "null" && !isCompared(node));
}

const isCompared = (literal: CodeNode): boolean => {
  const [around] = ancestorsOf(literal);
  return around?.kind === "binary" && (around.text === "==" || around.text === "!=");
};
