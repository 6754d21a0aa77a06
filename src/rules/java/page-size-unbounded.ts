import { type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import type { JavaAnnotation, JavaMethod } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { dotted, type Typer } from "../../model/calls/typing/typer.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed, annotationValue, constantNumber } from "../../model/types/constants.ts";
import type { TypeEntry } from "../../model/types/typeIndex.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import { insertAt } from "../../text/edits.ts";
import type { Span } from "../../text/positions.ts";
import { type Alike, alikeBy } from "../alike.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";

export const pageSizeUnbounded = defineRule({
  id: "java/page-size-unbounded",
  title: "The caller says how many rows a page has, without an end",
  language: "java",
  certainty: "likely",
  cost: "one request reads as many rows as it asks for: ?size=1000000",
  references: [
    "https://docs.spring.io/spring-data/commons/docs/current/api/org/springframework/data/domain/PageRequest.html",
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.data.spring.data.web.pageable.max-page-size",
  ],
  messages: {
    unbounded: "{{endpoint}} reads pages of any {{parameter}}",
    several: "{{endpoint}} and {{more}} more read pages of any {{parameter}}",
  },
  toldOnceInLists: ["unbounded", "several"],

  check({ file, model, report }) {
    const pages = model.web.endpointsIn(file.file).flatMap((endpoint): readonly Unbounded[] => {
      const handler = model.calls.methodsIn(file.file).find(({ key }) => key === endpoint.method);
      if (handler === undefined || handler.declared.method.body < 0) return [];
      return unboundedPages(model, handler, endpoint).flatMap((page): readonly Unbounded[] => {
        const parameter = handler.declared.method.parameters.find(({ name }) => name === page.parameter);
        return parameter === undefined ? [] : [{ endpoint, handler, at: parameter.span, ...page }];
      });
    });
    // Who writes one such parameter writes them all so: a class tells them once, and bounds them together.
    const classes = alikeBy(oncePerPlace(pages), ({ handler, parameter }) => `${handler.declared.owner.type.qualified} ${parameter}`);
    for (const alike of classes.values()) {
      const [{ at, endpoint, parameter, asked }, ...others] = alike;
      report({
        at,
        message: others.length === 0 ? "unbounded" : "several",
        data: { endpoint: endpoint.label, parameter, more: others.length },
        related: [
          ...asked.map(({ file: asking, at: page }) => ({ at: { file: asking, ...page }, message: "the page is asked for here" })),
          ...others.map((other) => ({ at: { file: file.file, ...other.at }, message: `${other.endpoint.label}, too` })),
        ],
        fixes: bound(model, alike),
      });
    }
  },
});

interface Page {
  /** The handler's parameter. */
  readonly parameter: string;
  readonly asked: readonly Asked[];
}

/** A page that an endpoint reads, with the parameter that names its size. */
interface Unbounded extends Page {
  readonly endpoint: Endpoint;
  readonly handler: MethodNode;
  readonly at: Span;
}

/** A handler of two paths has one parameter. */
const oncePerPlace = (pages: readonly Unbounded[]): readonly Unbounded[] =>
  pages.filter(({ at }, i) => pages.findIndex((other) => other.at.start === at.start) === i);

/** A size as it is given to PageRequest. */
interface Asked {
  readonly file: string;
  readonly at: Span;
  /** Where the handler gives it away: to PageRequest itself, or to the method that asks for the page. */
  readonly given: Span;
}

/** Numbers that a request names and that reach `PageRequest.of` as they are, here or in the method that they are passed to. */
function unboundedPages(model: Model, handler: MethodNode, { inputs }: Endpoint): readonly Page[] {
  const { owner, method } = handler.declared;
  if (method.annotations.some(isLimit)) return [];
  const declarations = declarationsOf(model, owner, method);
  const sizes = method.parameters.filter(
    ({ name, type }, i) =>
      /^(?:int|Integer)$/.test(type) &&
      inputs.some((input) => input.name === name && input.kind !== "path") &&
      !declarations.some(({ parameters }) => isBounded(parameters[i], "PathVariable")),
  );
  if (sizes.length === 0) return [];
  const { body, typer } = model.calls.codeOf(handler);
  return sizes.flatMap(({ name: parameter }): readonly Page[] => {
    if (isCompared(body, parameter)) return [];
    const asked = [
      ...sizesIn(body, parameter).map((at) => ({ file: owner.file.file, at, given: at })),
      ...nodesOf(body).flatMap((call) => (call.kind === "call" ? askedThrough(model, call, parameter, typer) : [])),
    ];
    const places = new Map(asked.map((one) => [`${one.file} ${one.at.start}`, one]));
    return places.size === 0 ? [] : [{ parameter, asked: [...places.values()] }];
  });
}

/** Where the method that a name is passed to asks for a page of that size. */
function askedThrough(model: Model, call: CodeNode, name: string, typer: Typer): readonly Asked[] {
  const given = childrenOf(call, "argument");
  const index = given.findIndex((argument) => argument.kind === "name" && argument.text === name);
  const size = given[index];
  const [declared, ...more] = size === undefined ? [] : typer.calleeOf(call).declared;
  if (size === undefined || declared === undefined || more.length > 0 || declared.method.body < 0) return [];
  const called = model.calls.methodsIn(declared.owner.file.file).find((node) => node.declared.method === declared.method);
  const passed = declared.method.parameters[index];
  const declarations = declarationsOf(model, declared.owner, declared.method);
  if (called === undefined || passed === undefined || declarations.some(({ parameters }) => isBounded(parameters[index]))) return [];
  const { body } = model.calls.codeOf(called);
  if (isCompared(body, passed.name)) return [];
  const { start, end } = size;
  return sizesIn(body, passed.name).map((at) => ({ file: declared.owner.file.file, at, given: { start, end } }));
}

/** A method with those that it overrides: Bean Validation reads the constraints of an interface, and forbids others on what implements it. */
const declarationsOf = ({ types }: Model, owner: TypeEntry, method: JavaMethod): readonly JavaMethod[] =>
  types.methodsOf(owner, method.name).flatMap((one) => (one.method.parameters.length === method.parameters.length ? [one.method] : []));

const isBounded = (parameter: JavaMethod["parameters"][number] | undefined, ...others: readonly string[]): boolean =>
  parameter !== undefined && annotationNamed(parameter.annotations, "Max", "Range", ...others) !== undefined;

/** An annotation of the project itself, for an aspect to act on: `@ValidPageable(maxSize = 20)`. */
const isLimit = ({ name, values }: JavaAnnotation): boolean =>
  /page|size/i.test(name) && (/valid|max|limit/i.test(name) || values.some((given) => /max|limit/i.test(given.name)));

/** Where a name is the second argument of `PageRequest.of`, or the one of `ofSize` and `Limit.of`. */
function sizesIn(body: CodeNode, name: string): readonly Span[] {
  return nodesOf(body).flatMap((call) => {
    if (call.kind !== "call" || (call.text !== "of" && call.text !== "ofSize")) return [];
    const on = childOf(call, "receiver");
    const asks = on === undefined ? undefined : dotted(on);
    if (asks === undefined || !/^(?:PageRequest|Pageable|Limit)$/.test(asks)) return [];
    const size = childrenOf(call, "argument")[call.text === "of" && asks !== "Limit" ? 1 : 0];
    return size?.kind === "name" && size.text === name ? [{ start: size.start, end: size.end }] : [];
  });
}

/** Compared, clamped or set anew: somebody has thought of it. */
function isCompared(body: CodeNode, name: string): boolean {
  return nodesOf(body).some(({ kind, text, parent, role }) => {
    if (kind !== "name" || text !== name || parent === undefined) return false;
    if (parent.kind === "binary" && /^[<>]=?$/.test(parent.text)) return true;
    if (parent.kind === "assign" && role === "target") return true;
    return (
      parent.kind === "call" && /^(?:min|clamp|max|validate\w*|check\w*|normalize\w*|sanitize\w*|require\w*|limit\w*)$/i.test(parent.text)
    );
  });
}

/** A page that nobody waits for long. */
const MOST_ROWS = 100;

/** How many rows a size may ask for. */
interface Bounded {
  readonly parameter: string;
  readonly most: number;
  /** Where the request's number is given away: whoever else asks for pages goes on as before. */
  readonly places: readonly Span[];
}

/** Bounds all sizes of a class that are known to have one where a request names none. */
function bound(model: Model, pages: Alike<Unbounded>): readonly Fix[] {
  const bounds = pages.flatMap((page) => boundOf(model, page) ?? []);
  if (bounds.length === 0) return [];
  const { file } = pages[0].handler.declared.owner.file;
  const [least, ...larger] = [...new Set(bounds.map(({ most }) => most))].sort((a, b) => a - b);
  return [
    {
      title: `Read at most ${[least, ...larger.slice(-1)].join(" to ")} rows a page`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (bounds.some(({ parameter, places }) => places.some(({ start, end }) => text?.slice(start, end) !== parameter)))
          return undefined;
        const edits = bounds.flatMap(({ most, places }) =>
          places.flatMap(({ start, end }) => [insertAt(start, "Math.min("), insertAt(end, `, ${most})`)]),
        );
        return [{ kind: "change", file, edits }];
      },
    },
  ];
}

function boundOf(model: Model, { handler, parameter, asked }: Unbounded): Bounded | undefined {
  const unasked = sizeUnasked(model, handler, parameter);
  // The method that the size is passed to may have an answer to none.
  if (unasked === undefined || (unasked === "none" && asked.some(({ at, given }) => at !== given))) return undefined;
  const most = Math.max(MOST_ROWS, unasked === "none" ? 0 : unasked, documentedMost(model, handler, parameter));
  return { parameter, most, places: [...new Map(asked.map(({ given }) => [given.start, given])).values()] };
}

/** What OpenAPI's annotations promise to those who ask: `@Schema(maximum = "200")`, alone or in a `@Parameter`; 0 where they say nothing. */
function documentedMost(model: Model, { declared: { owner, method } }: MethodNode, name: string): number {
  const index = method.parameters.findIndex((parameter) => parameter.name === name);
  const promised = declarationsOf(model, owner, method).flatMap(({ parameters }) => {
    const annotations = parameters[index]?.annotations ?? [];
    const nested = annotationValue(annotationNamed(annotations, "Parameter"), "schema");
    const inner = nested?.kind === "annotation" ? [nested.annotation] : [];
    const maximum = annotationValue(annotationNamed([...annotations, ...inner], "Schema"), "maximum");
    return maximum?.kind === "text" && /^\d{1,9}$/.test(maximum.text) ? [Number(maximum.text)] : [];
  });
  return Math.max(0, ...promised);
}

/** The size where a request names none: 0 where it has to, "none" where it may be null, undefined where it is not known. */
function sizeUnasked(model: Model, { declared: { owner, method } }: MethodNode, name: string): number | "none" | undefined {
  const index = method.parameters.findIndex((parameter) => parameter.name === name);
  const declarations = model.types.methodsOf(owner, method.name).filter((one) => one.method.parameters.length === method.parameters.length);
  let isRequired = method.parameters[index]?.type === "int";
  for (const declared of declarations) {
    const annotations = declared.method.parameters[index]?.annotations ?? [];
    const asked = annotationNamed(annotations, "RequestParam");
    const usual = annotationValue(asked, "defaultValue") ?? annotationValue(annotationNamed(annotations, "DefaultValue"), "value");
    if (usual !== undefined) return constantNumber(usual, { file: declared.owner.file, type: declared.owner.type }, model.types);
    const required = annotationValue(asked, "required");
    isRequired ||= asked !== undefined && !(required?.kind === "boolean" && !required.value);
  }
  return isRequired ? 0 : "none";
}
