import { type CodeNode, childOf } from "../../../facts/java/code.ts";
import type { Query, Returns, SortKey } from "../scans/query.ts";
import type { ColumnRef, ScanBuilder } from "../scans/scanBuilder.ts";
import type { StatementScans } from "../scans/statementScans.ts";
import type { Chain } from "./chain.ts";
import { BuiltConditions } from "./conditions.ts";
import type { BuiltNames } from "./names.ts";

/** What a query asks for, without who asks. */
export type QueryContent = Pick<
  Query,
  "kind" | "source" | "entity" | "scans" | "aggregates" | "limit" | "dynamicSort" | "returns" | "remarks" | "understood"
>;

/** Reads a query that is put together by a chain of calls: Querydsl's and jOOQ's have the same words. */
export function builtQuery({ steps, whole }: Chain, builder: ScanBuilder, names: BuiltNames): QueryContent | undefined {
  const reader = new BuiltReader(builder, names);
  // Sources are opened before the conditions that name them: `select` stands in front of `from`.
  for (const { name, args } of steps) reader.source(name, args);
  for (const { name, args } of steps) reader.step(name, args);
  return reader.done(whole, steps.at(-1)?.name ?? "");
}

class BuiltReader {
  readonly #builder: ScanBuilder;
  readonly #names: BuiltNames;
  readonly #conditions: BuiltConditions;
  #kind: Query["kind"] = "find";
  #items: readonly CodeNode[] = [];
  #grouped = false;
  #distinct = false;
  #limit: Query["limit"] = "none";
  #dynamicSort = false;
  #understood = true;
  #opened = false;

  constructor(builder: ScanBuilder, names: BuiltNames) {
    this.#builder = builder;
    this.#names = names;
    this.#conditions = new BuiltConditions(builder, (node) => names.columns(node));
  }

  source(name: string, args: readonly CodeNode[]): void {
    if (CHANGES[name] !== undefined) this.#kind = CHANGES[name];
    if (SOURCES.test(name) || (CHANGES[name] !== undefined && args.length > 0)) {
      for (const arg of args)
        if (this.#names.open(arg)) this.#opened = true;
        else this.#understood = false;
    } else if (JOINS.test(name)) {
      const [joined, alias] = args;
      if (joined !== undefined && !this.#names.join(joined, alias)) this.#understood = false;
    }
  }

  step(name: string, args: readonly CodeNode[]): void {
    if (SOURCES.test(name) || JOINS.test(name) || CHANGES[name] !== undefined || NEUTRAL.test(name)) return;
    switch (name) {
      case "select":
      case "selectDistinct":
        this.#items = args;
        this.#distinct ||= name === "selectDistinct";
        return;
      case "selectCount":
        this.#kind = "count";
        return;
      case "distinct":
        this.#distinct = true;
        return;
      case "where":
      case "on":
      case "and":
        for (const arg of args) if (!this.#conditions.must(arg)) this.#understood = false;
        return;
      case "groupBy":
        this.#grouped = true;
        return;
      case "orderBy":
        this.#sort(args);
        return;
      case "limit":
        this.#limit = args[0]?.kind === "literal" ? Number(args[0].text) : "page";
        return;
      case "offset":
        if (this.#limit === "none") this.#limit = "page";
        return;
      default:
        if (!TERMINAL.test(name)) this.#understood = false;
    }
  }

  done(whole: boolean, last: string): QueryContent | undefined {
    if (!this.#opened) return undefined;
    const counts =
      this.#kind === "count" || last === "fetchCount" || (!this.#grouped && this.#items.length === 1 && isCount(this.#items[0]));
    const kind = this.#kind !== "find" ? this.#kind : last === "fetchExists" ? "exists" : counts ? "count" : "find";
    const aggregated =
      this.#items.length > 0 && (this.#items.every(isAggregate) || (this.#distinct && this.#items.every((item) => this.#isColumn(item))));
    return {
      kind,
      source: "built",
      entity: this.#names.entity,
      scans: this.#builder.done(),
      aggregates: kind === "count" || this.#grouped || aggregated,
      remarks: [],
      limit: isOne(last) ? 1 : this.#limit,
      dynamicSort: this.#dynamicSort,
      returns: returnsOf(kind, last),
      understood: this.#understood && whole,
    };
  }

  #sort(args: readonly CodeNode[]): void {
    const keys: (SortKey & Pick<ColumnRef, "scan">)[] = [];
    for (const arg of args) {
      const directed = arg.kind === "call" && /^(?:asc|desc)$/.test(arg.text) ? childOf(arg, "receiver") : arg;
      const [ref, ...more] = directed === undefined ? [] : this.#names.columns(directed);
      if (ref === undefined || more.length > 0) {
        this.#dynamicSort = true;
        return;
      }
      keys.push({ scan: ref.scan, column: ref.column, descending: arg.kind === "call" && arg.text === "desc" });
    }
    const scan = keys[0]?.scan;
    if (scan !== undefined && !this.#grouped && !this.#distinct && keys.every((key) => key.scan === scan))
      scan.sort = keys.map(({ column, descending }) => ({ column, descending }));
  }

  /** A column, not a whole entity: `member` alone. */
  #isColumn(item: CodeNode): boolean {
    return item.kind === "field" && this.#names.columns(item).length > 0;
  }
}

/** What is remarked of one of the texts of criteria that stands for all of them: another may need what this one does not. */
export function remarksOf({ remarks }: StatementScans, { texts, more }: { readonly texts: readonly string[]; readonly more: boolean }) {
  if (more) return [];
  return texts.length === 1 ? remarks : remarks.filter(({ kind }) => kind === "either");
}

/** What the text of a query that calls put together asks for. */
export function builtContent(read: StatementScans, more: boolean, last: string): QueryContent {
  const { kind } = read;
  return {
    source: "built",
    dynamicSort: false,
    returns: returnsOf(kind, last),
    ...read,
    limit: kind === "find" && isOne(last) ? 1 : read.limit,
    understood: read.understood && !more,
  };
}

const isOne = (last: string): boolean => /^(?:fetchFirst|fetchAny\w*|fetchExists)$/.test(last);

const returnsOf = (kind: Query["kind"], last: string): Returns =>
  kind === "count" || kind === "exists" ? "scalar" : (RETURNS[last] ?? (/^fetch|^transform/.test(last) ? "list" : "void"));

const SOURCES = /^(?:from|selectFrom)$/;
const JOINS = /^(?:join|innerJoin|(?:left|right|full)(?:Outer)?Join|crossJoin)$/;
const CHANGES: Readonly<Record<string, "update" | "delete" | "insert">> = {
  update: "update",
  delete: "delete",
  deleteFrom: "delete",
  insert: "insert",
  insertInto: "insert",
};
/** Steps that neither choose rows nor order them. */
const NEUTRAL =
  /^(?:query|selectOne|fetchJoin|set|setNull|values|columns|setHint|setLockMode|forUpdate|forShare|skipLocked|returning\w*|newRecord)$/;
const TERMINAL = /^(?:fetch\w*|stream|iterate|transform|execute\w*)$/;

const RETURNS: Readonly<Record<string, Returns>> = {
  selectOne: "one",
  selectList: "list",
  selectMaps: "list",
  selectObjs: "list",
  selectPage: "page",
  selectMapsPage: "page",
  getOne: "one",
  getOneOpt: "optional",
  getMap: "one",
  getObj: "one",
  one: "one",
  oneOpt: "optional",
  list: "list",
  listMaps: "list",
  listObjs: "list",
  page: "page",
  pageMaps: "page",
  fetchOne: "one",
  fetchSingle: "one",
  fetchFirst: "one",
  fetchAny: "one",
  fetchOneInto: "one",
  fetchSingleInto: "one",
  fetchAnyInto: "one",
  fetchOneMap: "one",
  fetchOptional: "optional",
  fetchOptionalInto: "optional",
  fetchValue: "scalar",
  fetchResults: "page",
  fetchStream: "stream",
  fetchStreamInto: "stream",
  fetchLazy: "stream",
  stream: "stream",
  iterate: "stream",
};

/** `member.count()`, `Wildcard.count`, `DSL.max(ORDERS.TOTAL)`. */
const AGGREGATES = /^(?:count|countDistinct|countAll|sum|sumDistinct|avg|max|min|sumAggregate|avgAggregate|maxAggregate|minAggregate)$/;
const isAggregate = ({ kind, text }: CodeNode): boolean => (kind === "call" || kind === "field") && AGGREGATES.test(text);
const isCount = (node: CodeNode | undefined): boolean => node !== undefined && isAggregate(node) && node.text.startsWith("count");
