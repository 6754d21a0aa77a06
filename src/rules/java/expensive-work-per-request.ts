import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import { type UncachedRead, uncachedReads } from "../../model/caching/uncachedReads.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { cacheResult } from "./edits/caches/cacheResult.ts";

export const expensiveWorkPerRequest = defineRule({
  id: "java/expensive-work-per-request",
  title: "What stays the same is encoded, rendered or compiled at each request",
  language: "java",
  certainty: "likely",
  cost: "processor time for the encoding at each request, where storing the result once would do",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html",
    "https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-caching.html",
  ],
  messages: { again: "{{endpoint}} runs {{work}} at each request, uncached" },

  check({ file, model, report }) {
    const reported = new Set<string>();
    for (const endpoint of model.web.endpointsIn(file.file)) {
      // A method may answer under several paths.
      if (reported.has(endpoint.method)) continue;
      if (!asksForOneThing(endpoint) || model.effects.of(endpoint.runs, "cpu") === undefined || model.caching.setsHeaders()) continue;
      const uncached = uncachedReads(model.reads, model.calls, model.caching, endpoint.runs) ?? [];
      const found = uncached.find((one) => isEncoding(model, one) && !isWrittenAfter(model, one));
      const work = found?.site.work;
      if (found === undefined || work === undefined) continue;
      reported.add(endpoint.method);
      report({
        at: endpoint.at,
        message: "again",
        data: { endpoint: endpoint.label, work: work.label },
        certainty: RENDERS.test(work.label) ? "possible" : "likely",
        cost: `one ${work.label} for each ${endpoint.label}`,
        related: wayTo(found),
        fixes: model.caching.isEnabled() && model.effects.of(endpoint.runs, "write") === undefined ? cacheResult(model, found) : [],
      });
    }
  },
});

/** Codes and pictures of what is stored, and compiled reports: the same input gives the same output. */
const ENCODES = /^(?:QRCodeWriter|MultiFormatWriter|MatrixToImageWriter|Code128Writer|ImageIO|JasperCompileManager)\./;
/** Documents hold what may be another tomorrow. */
const RENDERS = /^(?:ITextRenderer|PdfRendererBuilder|HtmlConverter|JasperFillManager|JasperExportManager)\./;
/** Each answer is another one on purpose. */
const UNIQUE = /captcha|verif|otp|2fa|mfa|random|preview|chart|export|report/i;

/** Whether the request says which thing is asked for, and nothing else. */
function asksForOneThing({ verb, path, forFew, inputs }: Endpoint): boolean {
  if (verb !== "GET" || forFew || UNIQUE.test(path)) return false;
  return inputs.every(
    ({ kind, name, type }) =>
      kind === "path" ||
      kind === "injected" ||
      (kind === "user" && /^(?:long|Long|UUID)$/.test(type)) ||
      (kind === "query" &&
        /^(?:\w*(?:Id|Code|Slug|Key)|id|code|slug|key)$/.test(name) &&
        /^(?:long|int|Long|Integer|String|UUID)$/.test(type)),
  );
}

function isEncoding(model: Model, { method, site, path }: UncachedRead): boolean {
  const label = site.work?.kind === "cpu" ? site.work.label : "";
  if (!ENCODES.test(label) && !RENDERS.test(label)) return false;
  if (path.some((step) => UNIQUE.test(`${step.method.declared.owner.type.name}.${step.method.declared.method.name}`))) return false;
  // `ImageIO.write` of a picture that is drawn here, from numbers of today: only what is read is known to be stored.
  if (
    label === "ImageIO.write" &&
    !method.sites.some(({ work }) => work?.label === "ImageIO.read" || /^(?:QR|Matrix)/.test(work?.label ?? ""))
  )
    return false;
  return path.every((step) => !isGuarded(model, step.method, step.site ?? (step.method === method ? site : undefined)));
}

/** Whether something is written behind it on the way: what writes then may well store the result. */
const isWrittenAfter = (model: Model, { path, method, site }: UncachedRead): boolean =>
  path.some((step) => {
    const way = step.site ?? (step.method === method ? site : undefined);
    return step.method.sites.some(
      ({ order, work, targets }) =>
        order > (way?.order ?? Number.POSITIVE_INFINITY) &&
        (work?.kind === "write" || targets.some((target) => model.effects.of(target, "write") !== undefined)),
    );
  });

/** `if (code == null) …`, `orElseGet(() -> …)`: it runs where nothing is there yet. */
function isGuarded(model: Model, method: MethodNode, site: CallSite | undefined): boolean {
  if (site === undefined || method.declared.method.body < 0) return false;
  if (site.excuses.includes("remembered per key")) return true;
  const node = model.calls.codeOf(method).nodes[site.order];
  if (node === undefined) return true;
  let inner: CodeNode = node;
  for (const around of ancestorsOf(node)) {
    if (around.kind === "lambda" && /^(?:orElseGet|computeIfAbsent|or|get)$/.test(around.parent?.text ?? "")) return true;
    if ((around.kind === "if" || around.kind === "conditional") && inner.role !== "condition" && asksWhetherThere(around)) return true;
    inner = around;
  }
  return false;
}

function asksWhetherThere(around: CodeNode): boolean {
  const condition = childOf(around, "condition");
  return (
    condition !== undefined &&
    nodesOf(condition).some(
      ({ kind, type, text }) =>
        (kind === "literal" && type === "null") ||
        (kind === "call" && /^(?:exists|isEmpty|isPresent|isBlank|contains\w*|has\w*|notExists|isNull)$/.test(text)),
    )
  );
}

function wayTo({ path, method, site }: UncachedRead): readonly RelatedPlace[] {
  return path.flatMap((step): readonly RelatedPlace[] => {
    const { owner, method: caller } = step.method.declared;
    const call = step.site ?? (step.method === method ? site : undefined);
    if (call === undefined) return [];
    return [
      { at: { file: owner.file.file, ...call.at }, message: `${owner.type.name}.${caller.name} calls ${call.work?.label ?? call.name}` },
    ];
  });
}
