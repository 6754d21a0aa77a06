import type { JavaFile } from "../../facts/fileFacts.ts";
import type { CodeNode } from "../../facts/java/code.ts";
import { bodyRun } from "../../model/calls/bodiesRun.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import type { Repository } from "../../model/persistence/repositories/repository.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { insideTemplate } from "../../model/transactions/template.ts";
import { transactionOf } from "../../model/transactions/transactions.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { closeStream } from "./edits/closeStream.ts";
import { addFetchSize, type DeclaredQuery } from "./edits/queryHint.ts";
import { callOn } from "./shared/reads/listReads.ts";
import { isResource } from "./shared/transactions/resources.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

export const streamNotScoped = defineRule({
  id: "java/stream-not-scoped",
  title: "Streamed rows hold more than they should: a cursor, or all rows at once",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "the statement and its cursor stay open until the transaction ends",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.query-streaming",
    "https://jdbc.postgresql.org/documentation/query/#getting-results-based-on-a-cursor",
  ],
  messages: {
    open: "{{query}} gives a stream that is not closed",
    outside: "{{query}} is streamed where no transaction keeps its connection",
    whole: "{{query}} sets no fetch size: PostgreSQL's driver reads all rows before the first",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const stream = streamFrom(model, method, code, site);
        if (stream === undefined) continue;
        const { node } = stream;
        const fate = fateOf(code, node);
        if (fate === "handed on") continue;
        const outside = isOutside(model, method, code, node);
        if (fate === "closed" && !outside) continue;
        report({
          at: site.at,
          message: outside ? "outside" : "open",
          data: { query: stream.label },
          ...(outside ? { certainty: "likely", severity: "warning", cost: "InvalidDataAccessApiUsageException at the first call" } : {}),
          related: stream.related,
          fixes: fate === "open" ? closeStream(method, code, node) : [],
        });
      }
    }
    for (const stream of streamsDeclaredIn(model, file)) {
      if (hasFetchSize(stream)) continue;
      const { repository, declared } = stream;
      report({
        at: declared.nameSpan,
        message: "whole",
        data: { query: `${repository.name}.${declared.name}` },
        certainty: "likely",
        cost: "memory for every row of the result, as a List would need",
        fixes: addFetchSize(model, stream),
      });
    }
  },
});

interface StreamRead {
  readonly label: string;
  readonly node: CodeNode;
  readonly related: readonly RelatedPlace[];
}

/** A call that gives rows as a stream: a repository's own, or a method that only passes one on. */
function streamFrom(model: Model, method: MethodNode, code: BodyCode, site: CallSite): StreamRead | undefined {
  const own = streamLabel(model, site);
  if (own !== undefined) {
    const node = code.callOf(site);
    return node?.kind === "call" ? { label: own, node, related: [] } : undefined;
  }
  const [target, ...overloads] = site.targets;
  if (site.work !== undefined || target === undefined || overloads.length > 0) return undefined;
  const passed = passedOnBy(model, target);
  const node = passed === undefined ? undefined : code.callOf(site);
  if (passed === undefined || node?.kind !== "call" || passed.method === method) return undefined;
  const at = { file: passed.method.declared.owner.file.file, ...passed.site.at };
  return { label: passed.label, node, related: [{ at, message: `${passed.label} is returned here` }] };
}

function streamLabel(model: Model, site: CallSite): string | undefined {
  if (site.work?.kind !== "read") return undefined;
  const call = repositoryCall(model.persistence, model.calls, site);
  if (call?.declared === undefined || bareName(call.declared.returns) !== "Stream") return undefined;
  return isJpa(model, call.repository) ? call.label : undefined;
}

/** Of a repository whose entity is not JPA's we do not know what its streams hold. */
function isJpa(model: Model, { style, entity }: Repository): boolean {
  return style === "spring-data" && entity !== undefined && model.persistence.entity(entity)?.kind === "entity";
}

/** The repository's stream that a method of the workspace returns, mapped perhaps. */
function passedOnBy(
  model: Model,
  target: string,
): { readonly label: string; readonly method: MethodNode; readonly site: CallSite } | undefined {
  const declared = model.calls.method(target);
  if (declared === undefined || bareName(declared.declared.method.returns) !== "Stream") return undefined;
  const runs = bodyRun(model.calls, target);
  if (runs === undefined) return undefined;
  const read = runs.sites.find((site) => streamLabel(model, site) !== undefined);
  const label = read === undefined ? undefined : streamLabel(model, read);
  if (read === undefined || label === undefined) return undefined;
  const { nodes } = model.calls.codeOf(runs);
  let node = nodes[read.order];
  for (let on = node && callOn(node); on !== undefined && LAZY.has(on.text); on = callOn(on)) node = on;
  return node?.parent?.kind === "return" ? { label, method: runs, site: read } : undefined;
}

/** Steps after which a stream is still one that its source must be closed through. */
const LAZY: ReadonlySet<string> = new Set(
  "map filter flatMap mapMulti peek sorted distinct limit skip takeWhile dropWhile sequential parallel unordered onClose boxed mapToObj".split(
    " ",
  ),
);

/** What becomes of a stream: consumed and left open, closed, or given to somebody else who may close it. */
function fateOf(code: BodyCode, node: CodeNode): "open" | "closed" | "handed on" {
  if (node.statement) return "open";
  if (isResource(node)) return "closed";
  const fates = code.valuesOf(node).map(fateOfUse);
  if (fates.includes("closed")) return "closed";
  return fates.length === 0 || fates.includes("handed on") ? "handed on" : "open";
}

function fateOfUse(use: CodeNode): "open" | "closed" | "handed on" {
  let at = use;
  for (let on = callOn(at); on !== undefined && LAZY.has(on.text); on = callOn(at)) at = on;
  if (isResource(at)) return "closed";
  const end = callOn(at);
  if (end === undefined || end.text === "iterator" || end.text === "spliterator") return "handed on";
  return end.text === "close" ? "closed" : "open";
}

/** Where a request, clock or message surely comes without a transaction. */
function isOutside(model: Model, method: MethodNode, code: BodyCode, node: CodeNode): boolean {
  if (
    insideTemplate(node, code.typer) ||
    transactionOf(method.declared, model.types) !== undefined ||
    transactionAround(model, method) !== "no"
  )
    return false;
  const path = model.effects.pathTo(method.key);
  return path.every((key) => {
    const on = model.calls.method(key);
    if (on === undefined) return false;
    model.calls.noteBody(on);
    const { owner, method: above } = on.declared;
    // An annotation of a library, a template, or a transaction manager may open one.
    if ([...above.annotations, ...owner.type.annotations].some(({ name }) => /Transaction|UnitOfWork/.test(name))) return false;
    return above.body < 0 || !model.calls.codeOf(on).nodes.some(({ kind, text }) => kind === "name" && /transaction|template/i.test(text));
  });
}

/** The streams of whole entities or rows that a file's repositories declare, where the database is known to be PostgreSQL. */
function streamsDeclaredIn(model: Model, file: JavaFile): readonly DeclaredQuery[] {
  return file.java.types.flatMap((type) => {
    if (type.kind !== "interface") return [];
    const streams = type.methods.filter(({ returns, body }) => body < 0 && bareName(returns) === "Stream");
    const repository = streams.length === 0 ? undefined : model.persistence.repository(type.qualified);
    if (repository === undefined || !isJpa(model, repository) || !isBufferedByDriver(model, file.file)) return [];
    return streams
      .filter(({ name, parameters }) => isQuery(model, repository, name, parameters.length))
      .map((declared) => ({ repository, file, declared }));
  });
}

function isQuery(model: Model, repository: Repository, name: string, parameters: number): boolean {
  const query = model.persistence.query(repository.qualified, name, parameters);
  return query?.kind === "find" && query.limit === "none";
}

/** PostgreSQL's driver keeps whole results unless it is told how many rows to fetch: by statement, by Hibernate, or in its URL. */
function isBufferedByDriver({ configuration }: Model, near: string): boolean {
  const build = configuration.buildOf(near);
  if (!build.has("postgresql") || build.has("mysql-connector-j", "mysql-connector-java", "mariadb-java-client", "ojdbc11", "mssql-jdbc"))
    return false;
  if (configuration.everyValue("spring.jpa.properties.hibernate.jdbc.fetch_size", near).length > 0) return false;
  return configuration
    .everyValue("spring.datasource.url", near)
    .every(({ value }) => !/defaultRowFetchSize|^jdbc:(?!postgresql)/.test(value));
}

function hasFetchSize({ declared }: DeclaredQuery): boolean {
  const hints = annotationNamed(declared.annotations, "QueryHints");
  return hints !== undefined && /fetch_?size/i.test(JSON.stringify(hints.values));
}
