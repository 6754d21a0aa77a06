import type { JavaFile } from "../../facts/fileFacts.ts";
import { ancestorsOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import { methodKey } from "../../model/calls/methodKey.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { findsOneRow, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { defineRule, type Report } from "../rule.ts";
import { deleteInBatch } from "./edits/deleteInBatch.ts";
import { deleteStatement } from "./edits/deleteStatement.ts";
import { removesMore } from "./shared/removal.ts";
import { isLookup, isSmallTable } from "./shared/smallTables.ts";

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
  },

  check({ file, model, report }) {
    for (const found of derivedDeletes(model, file)) report(found);
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        if (site.work?.kind !== "write" || !/^deleteAll(?:ById)?$/.test(site.name)) continue;
        const call = repositoryCall(model.persistence, model.calls, site);
        const node = call?.declared === undefined ? code.callOf(site) : undefined;
        const entity = call?.repository.entity;
        if (call === undefined || node?.kind !== "call" || entity === undefined || isHarmless(model, entity, file.file)) continue;
        // One of few: what deletes a list of two, or a caught failure's leftovers.
        if (childrenOf(node, "argument").some((argument) => /^(?:of|singletonList|asList|singleton)$/.test(argument.text))) continue;
        if ([...ancestorsOf(node)].some(({ kind }) => kind === "catch")) continue;
        report({ at: site.at, message: "all", data: { query: call.label }, fixes: deleteInBatch(model, method, node, call) });
      }
    }
  },
});

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
      if (findsOneRow(model, call, file.file) || (!/^(?:delete|remove)All/.test(method.name) && isAskedForOne(model, query))) continue;
      const key = methodKey({ owner: { file, type }, method });
      const entry = model.effects.reachedFrom(key);
      yield {
        at: method.nameSpan,
        message: entry === undefined ? "derived" : "suffers",
        data: { query: call.label, entry: entry?.label ?? "" },
        // Code that nobody runs deletes nothing.
        ...(entry === undefined && model.persistence.usesOf(key) === 0 ? { certainty: "possible" } : {}),
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

/** No entity of JPA, a table that stays small, or one whose rows must be loaded since deleting them is more than that. */
function isHarmless(model: Model, qualified: string, near: string): boolean {
  const entity = model.persistence.entity(qualified);
  return entity?.kind !== "entity" || isLookup(entity.name) || isSmallTable(model, entity.table, near) || removesMore(model, qualified);
}
