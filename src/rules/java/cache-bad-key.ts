import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, nodesOf, unpack } from "../../facts/java/code.ts";
import type { CacheUse } from "../../model/caching/readUses.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { mayRun } from "../../model/calls/dispatch.ts";
import { methodKey } from "../../model/calls/methodKey.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed, annotationText } from "../../model/types/constants.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import { defineRule } from "../rule.ts";
import { cacheNames } from "./shared/caches/cacheNames.ts";
import { usesInEffect } from "./shared/caches/cachingOff.ts";
import { contextOf, isTold } from "./shared/requests/askedContext.ts";

export const cacheBadKey = defineRule({
  id: "java/cache-bad-key",
  title: "Different answers under one cache key",
  language: "java",
  certainty: "proven",
  cost: "the first answer is given to everybody who has the same key",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html#cache-annotations-cacheable-default-key",
  ],
  messages: {
    shared: "{{label}} and {{other}} keep different answers in {{cache}} under the same key",
    omitted: "{{parameter}} is not part of the key of {{label}} in {{cache}}",
    context: "{{label}} answers by {{context}}, which is not part of its key in {{cache}}",
    size: "the key of {{label}} in {{cache}} has the number of a page and not its size",
    request: "{{parameter}} is part of the key of {{label}}: {{type}} is another at each request",
  },

  check({ file, model, report }) {
    const uses = usesInEffect(model, file.file).filter(({ kind, ownKeys }) => kind === "read" && !ownKeys);
    if (uses.length === 0) return;
    const ownGenerator = model.configuration.codeSettles("own-cache-keys", file.file);
    for (const use of uses) {
      const [cache] = use.names;
      const data = { label: use.label, cache: cacheNames(use) };
      const other =
        cache === undefined || (use.key === undefined && ownGenerator) ? undefined : sameKey(use, model.cacheUses.usesOf(cache));
      if (other !== undefined) {
        const related = [{ at: other.at, message: `${other.label} keeps its answer in ${cache} as well` }];
        report({ at: use.at, message: "shared", data: { other: other.label, ...data }, related });
      }
      if (use.key === undefined && !ownGenerator) {
        const request = use.parameters.find(({ type }) => PER_REQUEST.test(bareName(type)));
        if (request !== undefined)
          report({ at: use.at, message: "request", data: { parameter: request.name, type: bareName(request.type), ...data } });
      }
      if (use.key !== undefined && pageWithoutSize(use, use.key)) report({ at: use.at, message: "size", data, certainty: "likely" });
      const context = ownGenerator || (use.key !== undefined && ASKS.test(use.key)) ? undefined : contextOf(model, use.method);
      if (context !== undefined)
        report({
          at: use.at,
          message: "context",
          data: { context: context.holder, ...data },
          certainty: context.direct ? "proven" : "likely",
          related: [{ at: context.at, message: `${context.holder} says who asks` }],
        });
      const omitted = use.key === undefined || other !== undefined ? undefined : omittedFrom(use, use.key, file, model);
      if (omitted !== undefined)
        report({
          at: use.at,
          message: "omitted",
          data: { parameter: omitted, ...data },
          certainty: "likely",
          // Then one answer is given to all requests, whatever they ask for.
          ...(asksNothing(use.key ?? "") && model.effects.reachedFrom(use.method)?.kind === "endpoint" && { severity: "warning" }),
        });
    }
  },
});

/** A key that calls code of its own, which may ask the same. */
const ASKS = /#root\.|T\(|@\w+/;

const PER_REQUEST =
  /^(?:HttpServletRequest|HttpServletResponse|ServletRequest|WebRequest|HttpSession|Model|BindingResult|ServerHttpRequest)$/;

/** A method with another result whose parameters make the same key, or whose own key is the same text that asks for none of them. */
function sameKey(use: CacheUse, all: readonly CacheUse[]): CacheUse | undefined {
  if (use.key !== undefined && !asksNothing(use.key)) return undefined;
  return all.find(
    (other) =>
      other.kind === "read" &&
      !other.ownKeys &&
      other.key === use.key &&
      other.method !== use.method &&
      (use.key !== undefined ||
        (other.parameters.length === use.parameters.length && other.parameters.every(({ type }, i) => type === use.parameters[i]?.type))) &&
      // Overrides and interfaces give the same answer.
      other.label.slice(other.label.indexOf(".")) !== use.label.slice(use.label.indexOf(".")),
  );
}

/** A key that is the same whatever the method is given: `'all'`, `T(shop.Tenant).current()`. */
const asksNothing = (key: string): boolean => !/[#@]/.test(key);

/** A parameter that the body uses, and that an explicit key does not. */
function omittedFrom({ method, parameters }: CacheUse, key: string, { java, ...file }: JavaFile, model: Model): string | undefined {
  const mentioned = (name: string): boolean => new RegExp(`#${name}\\b`).test(key);
  if (!asksNothing(key)) {
    if (/#root\.(?:args|method)|T\(|@\w+|#[ap]\d/.test(key) || parameters.length < 2) return undefined;
    if (!parameters.some(({ name }) => mentioned(name))) return undefined;
  }
  const declared = java.types
    .flatMap((type) => type.methods.map((one) => ({ owner: { file: { java, ...file }, type }, method: one })))
    .find((one) => methodKey(one) === method)?.method;
  if (declared === undefined || declared.body < 0) return undefined;
  const condition = annotationText(annotationNamed(declared.annotations, "Cacheable"), "condition") ?? "";
  const used = new Set(
    nodesOf(unpack(java.code, declared.body)).flatMap((node) => (node.kind === "name" && !isTold(node) ? [node.text] : [])),
  );
  return parameters.find(
    ({ name, type }, i) =>
      !mentioned(name) && used.has(name) && VALUES.test(bareName(type)) && !hasOneValue(name, condition) && !isSameForAll(method, i, model),
  )?.name;
}

/** `#pageable.pageNumber` in a key, and nothing that tells how large the pages are. */
function pageWithoutSize({ parameters }: CacheUse, key: string): boolean {
  const page = parameters.find(({ type }) => bareName(type) === "Pageable")?.name;
  if (page === undefined) return false;
  const said = [...key.matchAll(new RegExp(`#${page}\\b(?:\\??\\.(\\w+))?`, "g"))].map(([, property]) => property);
  return said.length > 0 && said.every((property) => property !== undefined && /^(?:get)?(?:pageNumber|sort)$/i.test(property));
}

/** Whether the nearest request gives a parameter what is written down or what configuration says, which is the same for everybody. */
function isSameForAll(method: string, parameter: number, model: Model): boolean {
  const path = model.effects.pathTo(method);
  // An interface on the way only hands on.
  const at = path.findLastIndex((key, i) => i < path.length - 1 && (model.calls.method(key)?.declared.method.body ?? -1) >= 0);
  const by = at < 0 ? undefined : model.calls.method(path[at] as string);
  const sites = by?.sites.filter((site) => mayRun(site, path[at + 1] as string)) ?? [];
  if (by === undefined || sites.length === 0) return false;
  model.calls.noteBody(by);
  const { nodes } = model.calls.codeOf(by);
  return sites.every(({ order }) => {
    const call = nodes[order];
    const value = call === undefined ? undefined : childrenOf(call, "argument")[parameter];
    return value !== undefined && (value.kind === "literal" || isConfigured(value, by, model));
  });
}

/** `properties.minScore()`, of a class with `@ConfigurationProperties` or one within it. */
function isConfigured(value: CodeNode, by: MethodNode, model: Model): boolean {
  const on = value.kind === "call" || value.kind === "field" ? childOf(value, "receiver") : undefined;
  if (on === undefined || childrenOf(value, "argument").length > 0) return false;
  const type = model.calls.codeOf(by).typer.typeOf(on);
  const entry = type && model.types.entryOf(type, by.declared.owner.file.file);
  return entry?.file.java.types.some(({ annotations }) => annotationNamed(annotations, "ConfigurationProperties") !== undefined) ?? false;
}

/** Whether answers are kept for one value of a parameter only: `condition = "#exact"`, `condition = "#page == 0 && #size < 9"`. */
function hasOneValue(name: string, condition: string): boolean {
  const fixed = new RegExp(`^\\(?!?\\s*#${name}(?:\\s*(?:==|eq)\\s*(?:true|false|null|-?\\d+|'[^']*'))?\\)?$`, "i");
  return condition.split(/&&|\band\b/i).some((part) => fixed.test(part.trim()));
}

/** What an answer depends on, most often; loggers, callbacks and contexts are passed along as well. */
const VALUES =
  /^(?:int|long|boolean|short|Integer|Long|Boolean|String|UUID|Locale|LocalDate|Instant|Pageable|Sort|TenantId|\w+Id|Currency)$/;
