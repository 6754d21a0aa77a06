import { type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import type { JavaAnnotation, JavaMethod } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { dotted, type Typer } from "../../model/calls/typing/typer.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { TypeEntry } from "../../model/types/typeIndex.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import { insertAt } from "../../text/edits.ts";
import type { Span } from "../../text/positions.ts";
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
  messages: { unbounded: "{{endpoint}} reads pages of any {{parameter}}" },

  check({ file, model, report }) {
    for (const endpoint of model.web.endpointsIn(file.file)) {
      const handler = model.calls.methodsIn(file.file).find(({ key }) => key === endpoint.method);
      if (handler === undefined || handler.declared.method.body < 0) continue;
      for (const page of unboundedPages(model, handler, endpoint)) {
        const parameter = handler.declared.method.parameters.find(({ name }) => name === page.parameter);
        if (parameter === undefined) continue;
        report({
          at: parameter.span,
          message: "unbounded",
          data: { endpoint: endpoint.label, parameter: page.parameter },
          related: page.asked.map(({ file: asking, at }) => ({ at: { file: asking, ...at }, message: "the page is asked for here" })),
          fixes: [bound(page)],
        });
      }
    }
  },
});

interface Page {
  /** The handler's parameter. */
  readonly parameter: string;
  readonly asked: readonly Asked[];
}

/** A size as it is given to PageRequest. */
interface Asked {
  readonly file: string;
  readonly at: Span;
  readonly text: string;
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
      ...sizesIn(body, parameter, owner.file.file),
      ...nodesOf(body).flatMap((call) => (call.kind === "call" ? askedThrough(model, call, parameter, typer) : [])),
    ];
    const places = new Map(asked.map((one) => [`${one.file} ${one.at.start}`, one]));
    return places.size === 0 ? [] : [{ parameter, asked: [...places.values()] }];
  });
}

/** Where the method that a name is passed to asks for a page of that size. */
function askedThrough(model: Model, call: CodeNode, name: string, typer: Typer): readonly Asked[] {
  const index = childrenOf(call, "argument").findIndex((argument) => argument.kind === "name" && argument.text === name);
  const [declared, ...more] = index < 0 ? [] : typer.calleeOf(call).declared;
  if (declared === undefined || more.length > 0 || declared.method.body < 0) return [];
  const called = model.calls.methodsIn(declared.owner.file.file).find((node) => node.declared.method === declared.method);
  const passed = declared.method.parameters[index];
  const declarations = declarationsOf(model, declared.owner, declared.method);
  if (called === undefined || passed === undefined || declarations.some(({ parameters }) => isBounded(parameters[index]))) return [];
  const { body } = model.calls.codeOf(called);
  return isCompared(body, passed.name) ? [] : sizesIn(body, passed.name, declared.owner.file.file);
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
function sizesIn(body: CodeNode, name: string, file: string): readonly Asked[] {
  return nodesOf(body).flatMap((call) => {
    if (call.kind !== "call" || (call.text !== "of" && call.text !== "ofSize")) return [];
    const on = childOf(call, "receiver");
    const asks = on === undefined ? undefined : dotted(on);
    if (asks === undefined || !/^(?:PageRequest|Pageable|Limit)$/.test(asks)) return [];
    const size = childrenOf(call, "argument")[call.text === "of" && asks !== "Limit" ? 1 : 0];
    return size?.kind === "name" && size.text === name ? [{ file, at: { start: size.start, end: size.end }, text: name }] : [];
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

function bound({ asked }: Page): Fix {
  return {
    title: "Read at most 100 rows a page",
    safe: false,
    edits(sources) {
      if (asked.some(({ file, at, text }) => sources.text(file)?.slice(at.start, at.end) !== text)) return undefined;
      return [...new Set(asked.map(({ file }) => file))].map((file) => ({
        kind: "change",
        file,
        edits: asked.filter((one) => one.file === file).flatMap(({ at }) => [insertAt(at.start, "Math.min("), insertAt(at.end, ", 100)")]),
      }));
    },
  };
}
