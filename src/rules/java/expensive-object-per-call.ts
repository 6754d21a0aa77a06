import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { runsOnEntryThread } from "../../model/calls/effects/requestPath.ts";
import type { Model } from "../../model/model.ts";
import { type Alike, alikeBy, besides, MOST_BESIDE, speakerOf } from "../alike.ts";
import { type Certainty, type Fix, SEVERITY_OF, type Severity } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { canHoldConstant, isConstant, shareConstant } from "./edits/extractConstant.ts";
import { callsNearby } from "./shared/running/callsNearby.ts";
import { isForMistakes, isInErrorBranch } from "./shared/running/errorBranches.ts";
import { type Body, bodiesWith, type HotPath, hotPathOf, waitsBeside } from "./shared/running/hotPath.ts";

export const expensiveObjectPerCall = defineRule({
  id: "java/expensive-object-per-call",
  title: "A heavy object that could be shared is built at each call",
  language: "java",
  certainty: "proven",
  cost: "builds the object and its caches anew each time instead of once",
  references: [
    "https://github.com/FasterXML/jackson-docs/wiki/Presentation:-Jackson-Performance",
    "https://www.javadoc.io/doc/com.google.code.gson/gson/latest/com.google.gson/com/google/gson/Gson.html",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/time/format/DateTimeFormatter.html",
  ],
  messages: { built: "{{what}} is built {{often}}", several: "{{what}} is built {{often}}; {{more}} more in this class" },

  check({ file, model, report }) {
    const found: Found[] = [];
    const buildsParsers = PARSERS_OF.test(jjwtOf(model, file.file));
    for (const body of bodiesWith(model, file, NAMES)) {
      for (const node of body.nodes) {
        const heavy = heavyOf(node) ?? (buildsParsers ? parserOf(node, body) : undefined);
        // What is written only once something has failed is made seldom.
        if (heavy === undefined || isKept(node, body) || makes(model, body, heavy) || isInErrorBranch(node)) continue;
        if (isForMistakes(model, body.method)) continue;
        const hot = hotPathOf(model, body, node);
        const certainty = makesTrees(node, heavy, body) ? "likely" : heavy.certainty;
        // A few microseconds a request are nobody's problem.
        if (hot === undefined || (certainty === "likely" && (hot.kind === "request" || waitsBeside(model, body, node)))) continue;
        const waits = hot.kind === "request" ? isHidden(model, body) : waitsBeside(model, body, node);
        const isQuiet = hot.seldom || QUIET.has(heavy.type) || waits;
        const sure = FORMATS.has(heavy.type) ? "possible" : certainty;
        const severity = isQuiet ? "information" : SEVERITY_OF[sure];
        const isShareable = heavy.fixed && !isConfigured(node, heavy, body) && canHoldConstant(body.method);
        found.push({ body, node, heavy, hot, certainty: sure, severity, isShareable });
      }
    }
    for (const alike of alikeBy(found, kindOf).values()) report(reportOf(alike, file.file));
  },
});

/** A heavy object that is built where code runs often. */
interface Found {
  readonly body: Body;
  readonly node: CodeNode;
  readonly heavy: Heavy;
  readonly hot: HotPath;
  readonly certainty: Certainty;
  readonly severity: Severity;
  /** Whether one constant may stand for it. */
  readonly isShareable: boolean;
}

/** What one class builds several times is one finding: one object serves all these places. */
const kindOf = ({ body, heavy, isShareable }: Found): string => `${body.method.declared.owner.type.qualified} ${heavy.what} ${isShareable}`;

function reportOf(alike: Alike<Found>, file: string): Report<"built" | "several"> {
  const speaker = speakerOf(alike);
  const others = besides(alike, speaker);
  const { node, heavy, hot, certainty, severity } = speaker;
  return {
    at: node,
    message: others.length === 0 ? "built" : "several",
    data: { what: heavy.what, often: hot.often, more: others.length },
    certainty,
    severity,
    related: [
      ...hot.related,
      ...others.slice(0, MOST_BESIDE).map((other) => ({
        at: { file, start: other.node.start, end: other.node.end },
        message: `built here, too, ${other.hot.often}`,
      })),
    ],
    fixes: speaker.isShareable ? [shareIt([speaker, ...others])] : [],
  };
}

/** A request that surely waits for another machine, or for a future, as well does not feel the object beside it, nor one behind a task. */
function isHidden(model: Model, { method }: Body): boolean {
  if (!runsOnEntryThread(model.calls, model.effects, method.key)) return true;
  const path = model.effects.pathTo(method.key);
  const call = model.effects.passedOn(path[0] ?? method.key, "http");
  return (call?.candidates === 1 && call.depth <= NEAR) || path.some((key) => waitsForFuture(model, key));
}

/** `client.ask(question).join()` */
function waitsForFuture({ calls }: Model, key: string): boolean {
  const method = calls.method(key);
  if (method === undefined || method.declared.method.body < 0) return false;
  calls.noteBody(method);
  const { nodes, typer } = calls.codeOf(method);
  return nodes.some((node) => {
    const on = node.kind === "call" && (node.text === "join" || node.text === "get") ? childOf(node, "receiver") : undefined;
    return on !== undefined && /Future$/.test(typer.typeOf(on)?.name ?? "");
  });
}

/** Over more calls than these there are too many conditions on the way. */
const NEAR = 6;

interface Heavy {
  readonly what: string;
  readonly type: string;
  readonly certainty: Certainty;
  /** Built of constants alone. */
  readonly fixed: boolean;
}

/** Safe to share between threads once they are configured. */
const SHAREABLE: ReadonlySet<string> = new Set([
  "ObjectMapper",
  "JsonMapper",
  "XmlMapper",
  "YAMLMapper",
  "CsvMapper",
  "Gson",
  "ModelMapper",
]);
/** It keeps the public keys that Google signs with, and asks for them when it has none: one of its own for each token asks each time. */
const KEYS = "GoogleIdTokenVerifier";
/** What is asked to build one of those. */
const BUILDERS: ReadonlyMap<string, string> = new Map([
  ["GsonBuilder", "Gson"],
  ["Jackson2ObjectMapperBuilder", "ObjectMapper"],
  ["GoogleIdTokenVerifier.Builder", KEYS],
]);
/** What reads schemas, stylesheets or templates once, and keeps what it has made of them. */
const ENGINES: ReadonlySet<string> = new Set(["VelocityEngine", "TemplateEngine", "SpringTemplateEngine"]);
/** The calls that make such, with what they give: a method that returns one makes it for its callers. */
const MAKERS: ReadonlyMap<string, { readonly by: string; readonly made: string }> = new Map([
  ["newSchema", { by: "SchemaFactory", made: "Schema" }],
  ["newTemplates", { by: "TransformerFactory", made: "Templates" }],
  ["newTransformer", { by: "TransformerFactory", made: "Transformer" }],
  ["buildDefaultValidatorFactory", { by: "Validation", made: "Validator" }],
]);
/** Formats, which no two threads may share: what they cost is felt in loops only. */
const FORMATS: ReadonlySet<string> = new Set(["SimpleDateFormat", "DecimalFormat"]);
const NAMES = ["Jwts", ...SHAREABLE, ...BUILDERS.keys(), ...ENGINES, ...FORMATS, ...MAKERS.keys(), "JAXBContext", "DateTimeFormatter"];

function heavyOf(node: CodeNode): Heavy | undefined {
  if (node.kind === "new") {
    const type = node.type.slice(node.type.lastIndexOf(".") + 1);
    if (ENGINES.has(type)) return { what: `new ${type}`, type: node.type, certainty: "proven", fixed: false };
    if (FORMATS.has(type) && childrenOf(node, "argument").some(({ kind }) => kind === "literal"))
      return { what: `new ${type}`, type: node.type, certainty: "likely", fixed: false };
    if (!SHAREABLE.has(type)) return undefined;
    return { what: `new ${type}`, type: node.type, certainty: "proven", fixed: node.children.length === 0 };
  }
  if (node.kind !== "call") return undefined;
  const on = childOf(node, "receiver");
  const args = childrenOf(node, "argument");
  if (/^(?:build|create)$/.test(node.text)) return builtOf(node);
  const maker = MAKERS.get(node.text);
  // A transformer without a stylesheet only copies.
  if (maker !== undefined && on !== undefined && (args.length > 0 || node.text === "buildDefaultValidatorFactory"))
    return { what: `${maker.by}.${node.text}`, type: maker.made, certainty: "proven", fixed: false };
  if (on?.kind !== "name") return undefined;
  if (on.text === "JAXBContext" && node.text === "newInstance")
    return { what: "JAXBContext", type: "JAXBContext", certainty: "proven", fixed: false };
  const [first, ...more] = args;
  if (first?.kind !== "literal" || first.type !== "String") return undefined;
  if (on.text === "DateTimeFormatter" && node.text === "ofPattern" && more.every((argument) => argument.kind === "field"))
    return { what: `DateTimeFormatter of "${first.text}"`, type: "DateTimeFormatter", certainty: "likely", fixed: true };
  return undefined;
}

/** `JsonMapper.builder().….build()`, `new GsonBuilder().….create()` */
function builtOf(node: CodeNode): Heavy | undefined {
  let fixed = true;
  for (let on = childOf(node, "receiver"); on !== undefined; on = childOf(on, "receiver")) {
    const made = on.kind === "new" ? (BUILDERS.get(on.type) ?? BUILDERS.get(on.type.slice(on.type.lastIndexOf(".") + 1))) : undefined;
    if (made !== undefined) return built(made, false);
    if (on.kind !== "call") return undefined;
    const of = childOf(on, "receiver")?.text ?? "";
    if (/^builder/.test(on.text) && SHAREABLE.has(of)) return built(of, fixed && on.children.length === 1);
    if (BUILDERS.has(of)) return built(BUILDERS.get(of) ?? "", false);
    fixed &&= childrenOf(on, "argument").every(isConstant);
  }
  return undefined;
}

const built = (type: string, fixed: boolean): Heavy => ({ what: type, type, certainty: "proven", fixed });

/**
 * A parser of tokens. JJWT 0.11 looks through the class path for what reads JSON whenever one is built, and 0.9 makes a mapper for each:
 * measured on Java 17 with HS512, a token takes 390 to 550 µs with a parser of its own and 7 to 40 with a shared one (0.11.2, 0.11.5), 270
 * and 50 µs with 0.9.1. With 0.10.8 and 0.12.6 there is no such difference.
 */
const PARSER = "JwtParser";
/** What costs as much as one more query, or is for logins alone. */
const QUIET: ReadonlySet<string> = new Set([PARSER, KEYS]);
const PARSERS_OF = /^0\.(?:9|11)\./;

/** The version of JJWT that a file is built with; "" where it is not known. */
function jjwtOf({ configuration }: Model, file: string): string {
  const { artifacts } = configuration.buildOf(file);
  return artifacts["jjwt-impl"] ?? artifacts["jjwt-api"] ?? artifacts.jjwt ?? "";
}

/** `Jwts.parserBuilder().….build()`, `Jwts.parser()`, unless it is told what reads JSON, or is for a key that the caller gives. */
function parserOf(node: CodeNode, body: Body): Heavy | undefined {
  if (node.kind !== "call" || !/^(?:build|parser)$/.test(node.text)) return undefined;
  const steps = [...stepsTo(node), ...stepsAfter(node)];
  const first = steps.find(({ text }) => text === (node.text === "build" ? "parserBuilder" : "parser"));
  if (first === undefined || childOf(first, "receiver")?.text !== "Jwts") return undefined;
  return steps.some((step) => step.text === "deserializeJsonWith" || isGivenKey(step, body))
    ? undefined
    : { what: PARSER, type: PARSER, certainty: "proven", fixed: false };
}

/** The calls of a chain up to one, the call itself included, and those made on what it gives. */
function stepsTo(node: CodeNode): readonly CodeNode[] {
  const on = childOf(node, "receiver");
  return on?.kind === "call" ? [node, ...stepsTo(on)] : [node];
}
const stepsAfter = ({ parent, role }: CodeNode): readonly CodeNode[] =>
  parent?.kind === "call" && role === "receiver" ? [parent, ...stepsAfter(parent)] : [];

/** `setSigningKey(key)` with a parameter; a private method is most often given a field. */
function isGivenKey(step: CodeNode, { method, typer }: Body): boolean {
  const { modifiers, parameters } = method.declared.method;
  if (step.text !== "setSigningKey" || modifiers.includes("private")) return false;
  return childrenOf(step, "argument")
    .flatMap((argument) => nodesOf(argument))
    .some((name) => name.kind === "name" && typer.declarationOf(name) === undefined && parameters.some((one) => one.name === name.text));
}

/** A factory: what becomes of its result is its callers' affair. */
function makes(model: Model, { method }: Body, { type }: Heavy): boolean {
  const { returns } = method.declared.method;
  if (!returns.includes(type.slice(type.lastIndexOf(".") + 1).replace(/^\w+(?=Mapper$)/, ""))) return false;
  return type !== PARSER || !isUsedAtOnce(model, method);
}

/** `parser().parseClaimsJws(token)`: a private method whose callers keep nothing of what it gives them. */
function isUsedAtOnce(model: Model, method: MethodNode): boolean {
  if (!method.declared.method.modifiers.includes("private")) return false;
  const calls = callsNearby(model, method);
  return calls.length > 0 && calls.every(({ caller, site }) => model.calls.codeOf(caller).nodes[site.order]?.role === "receiver");
}

/** Put into a field or a map, or handed out by a method that only makes it: who keeps it is not seen here. */
function isKept(node: CodeNode, { typer }: Body): boolean {
  for (const around of ancestorsOf(node)) {
    if (around.kind === "assign") {
      const target = childOf(around, "target");
      const isLocal = target?.kind === "name" && typer.declarationOf(target) !== undefined;
      return !isLocal || around.parent?.kind === "if" || isLazy(around);
    }
    if (around.kind === "lambda") return /^(computeIfAbsent|withInitial|memoize|get|orElseGet)$/.test(around.parent?.text ?? "");
    if (around.kind === "block" || around.kind === "foreach" || around.kind === "for") return false;
  }
  return false;
}

/** `if (mapper == null) { mapper = new ObjectMapper(); }` */
function isLazy(assign: CodeNode): boolean {
  const target = childOf(assign, "target")?.text;
  for (const around of ancestorsOf(assign)) {
    if (around.kind !== "if") continue;
    const condition = childOf(around, "condition");
    if (condition?.text === "==" && condition.children.some((child) => child.text === target)) return true;
  }
  return false;
}

/** Whether the object is changed after it is built, which a shared one must not be. */
function isConfigured(node: CodeNode, { type }: Heavy, body: Body): boolean {
  return type !== "DateTimeFormatter" && usesOf(node, body)?.every(({ text }) => USES.test(text)) !== true;
}

/** The calls on what is built; undefined where something else may become of it. */
function usesOf({ parent, role }: CodeNode, { nodes, typer }: Body): readonly CodeNode[] | undefined {
  if (parent?.kind === "call" && role === "receiver") return [parent];
  if (parent?.kind !== "local") return undefined;
  const names = nodes.filter((other) => other.kind === "name" && other.text === parent.text && typer.declarationOf(other) === parent);
  const calls = names.flatMap((name) => (name.parent?.kind === "call" && name.role === "receiver" ? [name.parent] : []));
  return calls.length === names.length ? calls : undefined;
}

const USES = /^(read|write|convertValue|valueToTree|treeToValue|toJson|fromJson|map$|createObjectNode|createArrayNode)/;
/**
 * Trees need no type to be looked into. Jackson 2.17 on Java 17, a small document: a mapper of its own costs 4 to 14 µs more than a shared
 * one, where objects of seven fields and two of their lines are read or written it costs 580 to 930 µs more.
 */
const TREES = /^(?:createObjectNode|createArrayNode|readTree)$/;

function makesTrees(node: CodeNode, { what, type }: Heavy, body: Body): boolean {
  if (type === "Gson") return usesOf(node, body)?.every((use) => isOfTree(use, body)) === true;
  return /^new (?:Object|Json)Mapper$/.test(what) && usesOf(node, body)?.every((use) => TREES.test(use.text) || isUntyped(use)) === true;
}

/** `mapper.readValue(text, Map.class)`, `mapper.readValue(text, JsonNode.class)`: no type of the project is looked into. */
const isUntyped = (call: CodeNode): boolean =>
  call.text === "readValue" &&
  /(?:^|\.)(?:(?:Linked)?(?:Hash)?Map|Object|(?:Json|Object|Array)Node)$/.test(childrenOf(call, "argument")[1]?.type ?? "");

/** `gson.toJson(element)`, `gson.fromJson(text, JsonObject.class)` */
function isOfTree(call: CodeNode, { typer }: Body): boolean {
  const [value, type] = childrenOf(call, "argument");
  const read =
    call.text === "fromJson" ? type?.type : call.text === "toJson" && value !== undefined ? typer.typeOf(value)?.name : undefined;
  return /(?:^|\.)Json(?:Element|Object|Array|Primitive)$/.test(read ?? "");
}

function shareIt(places: Alike<Found>): Fix {
  const [{ node, heavy }] = places;
  const simple = heavy.type.slice(heavy.type.lastIndexOf(".") + 1);
  const wish = node.parent?.kind === "local" && node.kind === "call" ? node.parent.text : simple;
  return {
    title: `Share one ${simple}`,
    safe: false,
    edits: (sources) => shareConstant(places, { type: heavy.type, wish }, sources),
  };
}
