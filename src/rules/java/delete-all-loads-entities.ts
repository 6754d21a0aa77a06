import type { JavaFile } from "../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { methodKey } from "../../model/calls/methodKey.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { findsOneRow, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { defineRule, type Report } from "../rule.ts";
import { deleteInBatch } from "./edits/writes/deleteInBatch.ts";
import { deleteStatement } from "./edits/writes/deleteStatement.ts";
import { type RowLoop, rowLoop } from "./shared/loops/rowLoops.ts";
import { removesMore } from "./shared/mapping/removal.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";
import { listRead } from "./shared/reads/listReads.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

export const deleteAllLoadsEntities = defineRule({
  id: "java/delete-all-loads-entities",
  title: "Rows are loaded and deleted one by one",
  language: "java",
  certainty: "likely",
  cost: "1 query and N deletes, N rows, where one statement would do",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html#jpa.modifying-queries.derived-delete",
    "https://docs.spring.io/spring-data/jpa/docs/current/api/org/springframework/data/jpa/repository/JpaRepository.html",
  ],
  messages: {
    derived: "{{query}} loads every row and deletes them one by one",
    suffers: "{{query}} loads every row and deletes them one by one for {{entry}}",
    all: "{{query}} deletes one row at a time",
    loop: "{{query}} loads rows only to have each of them deleted",
  },

  check({ file, model, report }) {
    for (const found of derivedDeletes(model, file)) report(found);
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const found of deletingLoops(model, method, code)) report(found);
      for (const site of method.sites) {
        if (site.work?.kind !== "write" || !/^deleteAll(?:ById)?$/.test(site.name)) continue;
        const call = repositoryCall(model.persistence, model.calls, site);
        const node = call?.declared === undefined ? code.callOf(site) : undefined;
        const entity = call?.repository.entity;
        if (call === undefined || node?.kind !== "call" || entity === undefined || isHarmless(model, entity, file.file)) continue;
        // One of few: what deletes a list of two, or a caught failure's leftovers.
        if (childrenOf(node, "argument").some((argument) => /^(?:of|singletonList|asList|singleton)$/.test(argument.text))) continue;
        if ([...ancestorsOf(node)].some(({ kind }) => kind === "catch")) continue;
        report({
          at: site.at,
          message: "all",
          data: { query: call.label },
          ...(isForAdministrators(model, method.key) ? { severity: "hint" } : {}),
          fixes: deleteInBatch(model, method, node, call),
        });
      }
    }
  },
});

/**
 * `for (Order order : orders.findByState(state)) orders.delete(order)` in one transaction, and nothing else done with the rows. Without a
 * transaction around it java/save-in-loop speaks of the commits.
 */
function* deletingLoops(model: Model, method: MethodNode, code: BodyCode): Generator<Report<"loop">> {
  const deletes = method.sites.filter(({ name, work, iterations }) => name === "delete" && work?.kind === "write" && iterations.length > 0);
  if (deletes.length === 0 || transactionAround(model, method) !== "yes") return;
  const { file } = method.declared.owner.file;
  const loops = code.nodes.flatMap((node) => rowLoop(model, method, node) ?? []);
  for (const site of deletes) {
    const call = code.callOf(site);
    const entity = repositoryCall(model.persistence, model.calls, site)?.repository.entity;
    const over = call && deletedBy(call, loops);
    if (entity === undefined || over === undefined || isHarmless(model, entity, file)) continue;
    const read = method.sites
      .flatMap((one) => listRead(model, method, code, one) ?? [])
      .find(({ node, call: asked }) => asked.repository.entity === entity && isOnly(code.valuesOf(node), over));
    if (read === undefined) continue;
    yield {
      at: site.at,
      message: "loop",
      data: { query: read.call.label },
      related: read.call.query === undefined ? [] : [{ at: read.call.query.at, message: `${read.call.label} is declared here` }],
    };
  }
}

/** What is gone through by a loop that does nothing but delete: also `old.forEach(orders::delete)`. */
function deletedBy(call: CodeNode, loops: readonly RowLoop[]): CodeNode | undefined {
  if (call.kind === "reference") return call.parent?.text === "forEach" ? childOf(call.parent, "receiver") : undefined;
  const loop = loops.find(({ statements: [only, ...others] }) => only === call && others.length === 0);
  return loop?.isElement(childrenOf(call, "argument")[0]) ? loop.over : undefined;
}

const isOnly = (all: readonly unknown[], one: unknown): boolean => all.length === 1 && all[0] === one;

/** `deleteByOwner` and its kin, as a repository of the file declares them. */
function* derivedDeletes(model: Model, file: JavaFile): Generator<Report<"derived" | "suffers">> {
  for (const type of file.java.types) {
    const repository = type.kind === "interface" ? model.persistence.repository(type.qualified) : undefined;
    if (repository?.style !== "spring-data" || repository.entity === undefined) continue;
    for (const method of type.methods) {
      if (!/^(?:delete|remove)\w*By\p{Lu}/u.test(method.name) || method.body >= 0) continue;
      const query = model.persistence.query(type.qualified, method.name, method.parameters.length);
      // Who wants the deleted objects back needs them loaded.
      if (
        query?.kind !== "delete" ||
        query.source !== "derived" ||
        query.returns === "list" ||
        isHarmless(model, repository.entity, file.file)
      )
        continue;
      const call = { label: `${type.name}.${method.name}`, name: method.name, repository, port: false, declared: method, query };
      if (findsOneRow(model, call, file.file)) continue;
      if (!/^(?:delete|remove)All/.test(method.name) && (isAskedForOne(model, query) || isPair(model, query, repository.entity))) continue;
      const key = methodKey({ owner: { file, type }, method });
      const entry = model.effects.reachedFrom(key);
      yield {
        at: method.nameSpan,
        message: entry === undefined ? "derived" : "suffers",
        data: { query: call.label, entry: entry?.label ?? "" },
        // Code that nobody runs deletes nothing.
        ...(entry === undefined && model.persistence.uses.of(key).all === 0 ? { certainty: "possible" } : {}),
        related: model.effects.chainTo(key),
        fixes: deleteStatement(model, { file, type }, method, repository.entity),
      };
    }
  }
}

/**
 * Whether another method of the repository asks the same, or less, and takes one row at most: of more it would fail. Who asks the same
 * for a list expects several.
 */
function isAskedForOne(model: Model, { repository, scans: [scan, ...joined] }: Query): boolean {
  const fixed = new Set(scan?.tests.map(({ test, column }) => `${test} ${column}`));
  if (joined.length > 0 || scan?.tests.some(({ test }) => test === "equals") !== true) return false;
  const finders = model.persistence
    .queriesOf(repository)
    .filter(
      ({ kind, limit, scans, understood }) =>
        kind === "find" &&
        understood &&
        limit === "none" &&
        scans.length === 1 &&
        scans[0]?.tests.every(({ test, column }) => (test === "equals" || test === "null") && fixed.has(`${test} ${column}`)) === true,
    );
  const lists = finders.some(({ returns, scans: [asked] }) => returns === "list" && asked?.tests.length === scan.tests.length);
  return !lists && finders.some(({ returns }) => returns === "one" || returns === "optional");
}

/** What somebody deletes on a page of administrators is a handful; a job that cleans up may delete thousands. */
const isForAdministrators = (model: Model, key: string): boolean => model.effects.reachedFrom(key)?.forAdministrators === true;

/** `deleteByMemberIdAndTripId`: all references of an entity are given, and there is one row for each two of them. */
function isPair(model: Model, query: Query, qualified: string): boolean {
  const [scan, ...joined] = query.scans;
  const entity = model.persistence.entity(qualified);
  if (scan === undefined || joined.length > 0 || entity === undefined || listsSame(model, query)) return false;
  const fixed = new Set(scan.tests.map(({ test, column }) => (test === "equals" ? column : "")));
  const references = entity.attributes
    .filter(({ kind, id, columns }) => kind === "toOne" || (kind === "basic" && !id && columns.every((column) => /_id$/.test(column))))
    .flatMap(({ columns }) => columns);
  return references.length > 1 && references.length === fixed.size && references.every((column) => fixed.has(column));
}

/** Whether another method of the repository gives a list for the same conditions. */
const listsSame = (model: Model, { repository, scans: [scan] }: Query): boolean =>
  model.persistence
    .queriesOf(repository)
    .some(
      ({ kind, returns, scans: [asked, ...more] }) =>
        kind === "find" &&
        returns === "list" &&
        more.length === 0 &&
        asked?.tests.length === scan?.tests.length &&
        asked?.tests.every(({ test, column }) => scan?.tests.some((one) => one.test === test && one.column === column)) === true,
    );

/** No entity of JPA, a table that stays small, or one whose rows must be loaded since deleting them is more than that. */
function isHarmless(model: Model, qualified: string, near: string): boolean {
  const entity = model.persistence.entity(qualified);
  return entity?.kind !== "entity" || isLookup(entity.name) || isSmallTable(model, entity.table, near) || removesMore(model, qualified);
}
