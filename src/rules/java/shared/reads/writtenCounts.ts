import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { asksByKey } from "../../../../model/persistence/sent/repositoryCalls.ts";
import { isLookup, isSmallTable } from "../mapping/smallTables.ts";

/** Calls that give the one number that a query asks for: of `JdbcTemplate`, `EntityManager`, Hibernate, jOOQ, Querydsl, JDBI. */
const GIVES_ONE = /^(?:queryFor(?:Object|Long|Int)|getSingleResult|uniqueResult|single|one|fetch(?:One|Single|Count|Into)?\w*)$/;

/**
 * A query that stands in the code, or is handed to a method which sends it, and counts the rows that a condition lets through; undefined
 * where they are few.
 */
export function writtenCount(model: Model, method: MethodNode, site: CallSite): Query | undefined {
  const isOwn = site.work === undefined;
  if (!isOwn && (site.work.kind !== "read" || site.targets.length > 0 || !GIVES_ONE.test(site.name))) return undefined;
  const query = model.persistence.written.at(method, site);
  const [scan] = query?.scans ?? [];
  if (query === undefined || scan === undefined || !query.understood || query.kind !== "count") return undefined;
  if (isOwn && query.returns !== "one" && query.returns !== "scalar") return undefined;
  const near = method.declared.owner.file.file;
  const entity = query.entity ?? entityOf(model, scan.table);
  if (isSmallTable(model, scan.table, near) || isLookup(entity === undefined ? scan.table : entity.slice(entity.lastIndexOf(".") + 1)))
    return undefined;
  if (asksByKey(model, query, entity, near)) return undefined;
  const read = model.persistence.written.textOf(query);
  return "text" in read && CATALOG.test(read.text) ? undefined : query;
}

/** What the server keeps of itself is little. */
const CATALOG = /\binformation_schema\.|\bpg_\w+/i;

/** The entity that is kept in a table, for the keys that its mapping names. */
const entityOf = ({ persistence }: Model, table: string): string | undefined =>
  persistence.mappedClasses().find(({ qualified }) => persistence.entity(qualified)?.table === table)?.qualified;

/** What is done with a number: its uses, without casts, unboxing and questions whether there is one at all. */
export function usesOfNumber(code: BodyCode, call: CodeNode): readonly CodeNode[] {
  const bare = (node: CodeNode): CodeNode => {
    const { parent } = node;
    if (parent?.kind === "cast") return bare(parent);
    return parent?.kind === "call" && node.role === "receiver" && UNBOXES.test(parent.text) ? bare(parent) : node;
  };
  return code
    .valuesOf(bare(call))
    .map(bare)
    .filter((value) => !isAskedForNull(value));
}

const UNBOXES = /^(?:int|long)Value$/;

function isAskedForNull(value: CodeNode): boolean {
  const { parent } = value;
  if (parent?.kind !== "binary" || !/^[!=]=$/.test(parent.text)) return false;
  const other = childOf(parent, value.role === "left" ? "right" : "left");
  return other?.kind === "literal" && other.type === "null";
}
