import type { AnnotationValue, JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { MappedStatement } from "../../calls/mapperIndex.ts";
import { annotationNamed, annotationValue, constantText } from "../../types/constants.ts";
import { bareName, type NameContext, type TypeEntry, type TypeIndex } from "../../types/typeIndex.ts";
import { derivedScans } from "../scans/derivedScans.ts";
import type { Query, Returns } from "../scans/query.ts";
import { type Naming, type StatementScans, statementScans } from "../scans/statementScans.ts";
import { lockRemarks } from "./locks.ts";
import type { NamedText } from "./namedQueries.ts";
import { type Repository, statementOf } from "./repository.ts";

/** Where a repository's method is declared: in itself or above. */
export interface RepositoryMethod {
  readonly owner: TypeEntry;
  readonly method: JavaMethod;
}

/** What the text of a repository's method is looked up in. */
export interface TextSources {
  readonly types: TypeIndex;
  readonly named: (name: string) => NamedText | undefined;
  /** The name in JPQL of the repository's entity. */
  readonly entityName: string | undefined;
}

/** What a method of a repository sends; undefined where it is no query, or none that we can read. */
export function readQuery(
  repository: Repository,
  declared: RepositoryMethod,
  mapped: MappedStatement | undefined,
  sources: TextSources,
  naming: Omit<Naming, "language">,
): Query | undefined {
  const { owner, method } = declared;
  if (method.body >= 0 || method.modifiers.includes("static")) return undefined;
  const paged = method.parameters.some((parameter) => /^(?:Pageable|PageRequest|Limit|ScrollPosition)$/.test(bareName(parameter.type)));
  const common = {
    repository: repository.qualified,
    method: method.name,
    parameters: method.parameters.length,
    dynamicSort: method.parameters.some((parameter) => /^(?:Pageable|PageRequest|Sort|ScrollPosition)$/.test(bareName(parameter.type))),
    returns: returnsOf(method.returns),
    at: { file: owner.file.file, ...method.nameSpan },
  };
  const written = declaredText(repository, declared, mapped, sources);
  if (written !== undefined) {
    const { text, language, dynamic } = written;
    const sql = language === "sql" && statementOf(method) !== undefined;
    const read = statementScans(sql ? withoutTemplates(text) : text, { language, ...naming });
    const source = language === "sql" ? "native" : "jpql";
    const limit = paged ? "page" : read.limit;
    const remarks = [...read.remarks, ...lockRemarks(method)];
    const sure = written.always === undefined ? undefined : statementScans(written.always, { language, ...naming });
    const always = sure?.understood === true && sure.kind === read.kind ? { always: sure.scans } : {};
    return { source, ...common, ...read, ...always, kind: kindOf(read, method), limit, remarks, understood: read.understood && !dynamic };
  }
  if (repository.style === "statements" || naming.domain === undefined || !isDerived(declared)) return undefined;
  const derived = derivedScans(method.name, naming.domain, naming.entities);
  if (derived === undefined) return undefined;
  const { kind, scans, remarks, first } = derived;
  return {
    source: "derived",
    entity: repository.entity,
    kind,
    scans,
    limit: first ?? (kind === "exists" ? 1 : paged ? "page" : "none"),
    aggregates: kind === "count",
    remarks: [...remarks, ...lockRemarks(method)],
    understood: true,
    ...common,
  };
}

/** Without a statement of its own, and named like a query. */
const isDerived = ({ method }: RepositoryMethod): boolean => statementOf(method) === undefined && looksDerived(method.name);

/** MyBatis takes a statement in pieces, which it joins with spaces. */
function writtenText(value: AnnotationValue, context: NameContext, types: TypeIndex): string | undefined {
  if (value.kind !== "array" || value.values.length < 2) return constantText(value, context, types);
  const pieces = value.values.map((piece) => constantText(piece, context, types));
  return pieces.includes(undefined) ? undefined : pieces.join(" ");
}

/** A generated query over a whole name, or a predicate; not what a custom fragment implements. */
export const looksDerived = (method: string): boolean =>
  /^(?:find|read|get|query|search|stream|count|exists|delete|remove)\p{Lu}?.*By/u.test(method);

/** What is written at a method of a repository, as it stands. */
export interface DeclaredText {
  readonly text: string;
  readonly language: "jpql" | "sql";
  /** Parts are put in at run time. */
  readonly dynamic: boolean;
  /** Without the parts that depend on parameters, where it is known. */
  readonly always?: string;
}

/** The text of a method's query; undefined where its name is the query, or the text is not known. */
export function declaredText(
  repository: Repository,
  { owner, method }: RepositoryMethod,
  mapped: MappedStatement | undefined,
  sources: TextSources,
): DeclaredText | undefined {
  const statement = statementOf(method);
  if (statement === undefined) {
    if (mapped !== undefined)
      return { text: mapped.sql, language: "sql", dynamic: mapped.dynamic, ...(mapped.always && { always: mapped.always }) };
    const named = namedText(repository, { owner, method }, sources);
    return named && { dynamic: false, ...named };
  }
  const written = writtenText(statement.value, { file: owner.file, type: owner.type }, sources.types);
  if (written === undefined) return undefined;
  const text = written.replace(FOR_ANOTHER_DATABASE, " ");
  if (!isNative(repository, statement.annotation, owner)) return { text, language: "jpql", dynamic: false };
  const { entityName } = sources;
  return { text: entityName === undefined ? text : text.replace(ENTITY_NAME, entityName), language: "sql", dynamic: false };
}

/** Before it reads a method's name Spring Data looks for a query of that name: `@Query(name = …)`, else "Owner.findAllByTown". */
export function namedText(
  repository: Repository,
  { owner, method }: RepositoryMethod,
  { types, named, entityName }: TextSources,
): NamedText | undefined {
  if (repository.style !== "spring-data" || method.body >= 0) return undefined;
  const given = annotationValue(annotationNamed(method.annotations, "Query", "NativeQuery"), "name");
  const name = given === undefined ? undefined : constantText(given, { file: owner.file, type: owner.type }, types);
  if (name !== undefined) return named(name);
  return entityName === undefined ? undefined : named(`${entityName}.${method.name}`);
}

/** What `countQuery` says; undefined for a method without one. */
export function countText(repository: Repository, { owner, method }: RepositoryMethod, types: TypeIndex): DeclaredText | undefined {
  const annotation = annotationNamed(method.annotations, "Query", "NativeQuery");
  const value = annotationValue(annotation, "countQuery");
  const text = value === undefined ? undefined : constantText(value, { file: owner.file, type: owner.type }, types);
  if (annotation === undefined || text === undefined || text.trim() === "") return undefined;
  return { text, language: isNative(repository, annotation, owner) ? "sql" : "jpql", dynamic: false };
}

/** Whether a method says otherwise than by `countQuery` how its rows are counted. */
export function hasOwnCount({ method }: RepositoryMethod): boolean {
  const annotation = annotationNamed(method.annotations, "Query", "NativeQuery");
  return ["countProjection", "countName"].some((name) => annotationValue(annotation, name) !== undefined);
}

/** The name that counts what another one finds: "countByTown" for "findByTownOrderByName". */
export function countNameOf(method: string): string | undefined {
  const [, subject = "", conditions = ""] = /^\p{Ll}+(.*?)By(\p{Lu}.*)$/u.exec(method) ?? [];
  if (conditions === "" || /Distinct|First|Top/.test(subject)) return undefined;
  return `countBy${conditions.replace(/OrderBy\p{Lu}.*$/u, "")}`;
}

function isNative(
  repository: Repository,
  annotation: { readonly name: string; readonly values: JavaMethod["annotations"][number]["values"] },
  { file }: TypeEntry,
): boolean {
  if (repository.style !== "spring-data" || file.java.imports.some(({ name }) => SQL_PACKAGES.test(name))) return true;
  if (annotationNamed([{ span: { start: 0, end: 0 }, ...annotation }], "NativeQuery") !== undefined) return true;
  const native = annotation.values.find((argument) => argument.name === "nativeQuery")?.value;
  return native?.kind === "boolean" && native.value;
}

/** What Spring Data JDBC and R2DBC call `@Query` is SQL. */
const SQL_PACKAGES = /^org\.springframework\.data\.(?:jdbc|r2dbc)\./;

/** Spring Data puts the entity's name into SQL, too, whatever its table is called. */
const ENTITY_NAME = /#\{\s*#entityName\s*\}/g;

/** What MyBatis leaves out on PostgreSQL: `<if test="_databaseId == 'db2'">with UR</if>`. */
const FOR_ANOTHER_DATABASE =
  /<(if|when)\s+test\s*=\s*(["'])\s*_databaseId\s*==\s*(["'])(?!postgres)\w+\3(?:\s+and\b[^<>]*)?\s*\2\s*>(?:(?!<\1\b)[\s\S])*?<\/\1>/g;

/** MyBatis writes `#{id}` and wraps dynamic SQL in `<script>`. */
const withoutTemplates = (text: string): string =>
  text.replace(/<\/?[a-z][^<>]*>/g, (tag) => (/^<\/?[a-z]+(?:\s+[a-z]+=|>|\s*\/>)/.test(tag) ? " " : tag));

function kindOf(read: StatementScans, method: JavaMethod): Query["kind"] {
  if (read.kind === "find" && /^exists/.test(method.name) && /^(?:b|B)oolean$/.test(method.returns)) return "exists";
  return read.kind;
}

const COLLECTIONS: ReadonlySet<string> = new Set([
  "List",
  "Set",
  "Collection",
  "Iterable",
  "Streamable",
  "Flux",
  "Map",
  "SortedSet",
  "LinkedHashSet",
]);

export function returnsOf(type: string): Returns {
  if (type.endsWith("[]") && type !== "byte[]") return "list";
  const name = bareName(type);
  if (name === "Optional") return "optional";
  if (name === "Page") return "page";
  if (name === "Slice" || name === "Window") return "slice";
  if (name === "Stream") return "stream";
  if (COLLECTIONS.has(name)) return "list";
  if (name === "void" || name === "Void") return "void";
  if (/^(?:int|long|short|boolean|double|float|Integer|Long|Boolean|Double|BigDecimal|BigInteger|String|UUID)$/.test(name)) return "scalar";
  if (name === "CompletableFuture" || name === "Future") return returnsOf(/<(.*)>$/.exec(type)?.[1] ?? "Object");
  return "one";
}
