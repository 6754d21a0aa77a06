import { ancestorsOf, type CodeNode, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { type CallSite, passesOn } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { siteRead } from "../../model/persistence/sent/siteReads.ts";
import type { Table } from "../../model/schema/schema.ts";
import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import { defineRule, type Report } from "../rule.ts";
import { isVocabulary } from "./shared/mapping/smallTables.ts";
import { isPagedAhead } from "./shared/reads/pagedAhead.ts";
import { asksForFew, createdHere } from "./shared/reads/wholeLoads.ts";
import { asksForState, asksIfGiven, wholeReadBehind } from "./shared/reads/wholeReads.ts";
import { endpointRunning } from "./shared/running/reach.ts";

export const unpaginatedEndpoint = defineRule({
  id: "java/unpaginated-endpoint",
  title: "An endpoint answers with every row of a table",
  language: "java",
  certainty: "likely",
  cost: "the answer grows with the table: rows, objects, JSON and the network for all of it, at each request",
  references: [
    "https://docs.spring.io/spring-data/commons/reference/repositories/core-extensions.html#core.web.basic.paging-and-sorting",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.special-parameters",
  ],
  messages: {
    every: "{{endpoint}} answers with every row of {{query}}, without pages",
    unasked: "{{endpoint}} answers with every row of {{query}} where no filter is given",
  },
  subsumes: ["java/unbounded-find-all", "java/unbounded-query-method"],

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      for (const site of method.sites) {
        const brings = bringsAll(model, method, site);
        const endpoint = brings === undefined ? undefined : endpointBehind(model, method);
        if (endpoint === undefined || isPaged(endpoint) || isCachedOnTheWay(model, method, site)) continue;
        if (brings === "unasked" && !asksForNothing(model, endpoint)) continue;
        if (!answersWith(model, endpoint, { file: file.file, start: site.at.start })) continue;
        const table = tableOf(model, method, site);
        report({
          at: site.at,
          message: brings === "unasked" ? "unasked" : "every",
          data: { endpoint: endpoint.label, query: site.work?.label ?? site.name },
          related: [...model.effects.chainTo(method.key), ...(table === undefined ? [] : [createdHere(model, table)])],
          ...(brings === "unasked" ? { certainty: "possible" as const } : weight(model, endpoint, table)),
          // How many have the state is not known.
          ...(brings === "state" && !endpoint.forFew ? { severity: "information" as const } : {}),
        });
      }
    }
  },
});

/** The cheap question: whether a call brings rows that no parameter restricts, or none where no parameter is given, or all of one state. */
function bringsAll(model: Model, method: MethodNode, site: CallSite): "all" | "unasked" | "state" | undefined {
  if (!passesOn(site)) return undefined;
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read === undefined) return undefined;
  const isWhole = read.shape === "all" || read.shape === "fixed";
  const query = isWhole ? undefined : repositoryCall(model.persistence, model.calls, site)?.query;
  const isState = query !== undefined && query.returns === "list" && query.limit === "none" && isOfState(model, method, site, query);
  if (!isWhole && !isState && (query === undefined || !asksIfGiven(query))) return undefined;
  if (asksForFew(model, read, method.declared.owner.file.file) || isPagedAhead(model, method)) return undefined;
  return isWhole ? "all" : isState ? "state" : "unasked";
}

function isOfState({ calls }: Model, method: MethodNode, site: CallSite, query: Query): boolean {
  const code = new BodyCode(calls, method);
  const call = code.callOf(site);
  return call?.kind === "call" && asksForState(query, call, code);
}

/** Whether all that an endpoint is given to filter by may be left out: no part of its path, and no parameter that is required. */
function asksForNothing({ calls }: Model, { file, method, inputs }: Endpoint): boolean {
  if (inputs.some(({ kind }) => kind === "path" || kind === "body" || kind === "user")) return false;
  const handler = calls.methodsIn(file).find(({ key }) => key === method);
  return (
    handler?.declared.method.parameters.every(({ type, annotations }) => {
      const asked = annotationNamed(annotations, "RequestParam");
      if (asked === undefined || bareName(type) === "Optional") return true;
      const required = annotationValue(asked, "required");
      return required?.kind === "boolean" && !required.value;
    }) === true
  );
}

function tableOf(model: Model, method: MethodNode, site: CallSite): Table | undefined {
  const name = siteRead(model.persistence, model.calls, method, site)?.table;
  return name === undefined ? undefined : model.schema.table(name, method.declared.owner.file.file);
}

/** As loud as java/unbounded-find-all. */
function weight({ growth }: Model, { forFew }: Endpoint, table: Table | undefined): Pick<Report, "certainty" | "severity"> {
  if (forFew || (table !== undefined && growth.sizeOf(table) !== undefined)) return { certainty: "possible" };
  return table === undefined || isVocabulary(table) ? {} : { severity: "warning" };
}

function endpointBehind(model: Model, { key }: MethodNode): Endpoint | undefined {
  const entry = model.effects.reachedFrom(key);
  const handler = entry?.kind === "endpoint" ? model.calls.method(entry.method) : undefined;
  if (handler === undefined) return undefined;
  const endpoint = endpointRunning(model, handler);
  return endpoint?.verb === "GET" && MAY_BE_MANY.test(endpoint.returns) ? endpoint : undefined;
}

/** A list, also within an answer, or whatever the body gives: `ResponseEntity<?>`. */
const MAY_BE_MANY = /\b(?:List|Set|Collection|Iterable)<|\[\]$|<\?>|^(?:[\w.]+\.)?(?:Object|ResponseEntity)$/;

/** Whoever may ask for a part of the rows need not ask for all. */
const isPaged = ({ inputs }: Endpoint): boolean =>
  inputs.some(
    ({ name, type, kind }) =>
      (kind === "paging" && !/^(?:sort|order|locale|lang)/i.test(name)) ||
      /Page(?:able|Request)|limit|offset|cursor/i.test(`${type} ${name}`),
  );

function isCachedOnTheWay(model: Model, method: MethodNode, site: CallSite): boolean {
  return [...model.effects.pathTo(method.key), ...site.targets].some((key) => model.caching.of(key)?.cached !== undefined);
}

/** Whether what the handler returns has an element for each row of the query at a place. */
function answersWith(model: Model, endpoint: Endpoint, query: { readonly file: string; readonly start: number }): boolean {
  model.calls.noteBodies(endpoint.file);
  const handler = model.calls.method(endpoint.runs);
  if (handler === undefined || handler.declared.method.body < 0) return false;
  const code = new BodyCode(model.calls, handler);
  return code.nodes.some((node) => {
    if (node.kind !== "return" || [...ancestorsOf(node)].some(({ kind }) => kind === "lambda" || kind === "method")) return false;
    const [value] = node.children;
    return (value === undefined ? [] : wrapped(value)).some((given) => {
      const source = wholeReadBehind(model, handler, code, given);
      return source !== undefined && source.at.file === query.file && source.at.start === query.start;
    });
  });
}

/** A value, and what the answers around it are made of: `ResponseEntity.ok(list)`, `Answer.success(list)`, `new Answer<>(true, list)`. */
function wrapped(value: CodeNode, depth = 0): readonly CodeNode[] {
  const wraps = value.kind === "new" ? !/(?:List|Set|Map)\b/.test(value.type) : value.kind === "call" && ANSWERS.test(value.text);
  if (!wraps || depth > DEEPEST_ANSWER) return [value];
  return [value, ...childrenOf(value, "argument").flatMap((given) => wrapped(given, depth + 1))];
}

const ANSWERS = /^(?:ok|body|success(?:ful)?|succeed|data|wrap)$/i;
const DEEPEST_ANSWER = 2;
