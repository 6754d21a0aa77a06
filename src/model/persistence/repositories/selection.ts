import { parseJpql } from "../../../syntax/jpql/jpql.ts";
import type { JpqlExpression, JpqlFrom, JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import type { Place } from "../../../text/positions.ts";
import { Supertypes } from "../../calls/typing/supertypes.ts";
import { annotationNamed, annotationValue, constantText, constantTexts } from "../../types/constants.ts";
import { elementOfArray, simpleName, type Type } from "../../types/type.ts";
import { bareName, type NameContext, type TypeEntry, type TypeIndex } from "../../types/typeIndex.ts";
import type { Entity } from "../mapping/entity.ts";
import type { Scan } from "../scans/query.ts";
import { namedText, type RepositoryMethod, returnsOf, type TextSources } from "./queries.ts";
import { type Repository, statementOf } from "./repository.ts";

/** Which entities a repository's method brings, and what comes with them in the same statement. Plain data. */
export interface Selection {
  /** "OwnerRepository.findAll". */
  readonly label: string;
  readonly repository: string;
  readonly method: string;
  readonly parameters: number;
  /** Qualified name. */
  readonly entity: string;
  readonly rows: "many" | "one";
  /** The caller, the method's name or its text says how many rows at most. */
  readonly paged: boolean;
  /** Its own text says so: `… order by o.id limit 20`. */
  readonly limited?: true;
  readonly source: "derived" | "jpql" | "native";
  /** Attribute paths that come along, by entity graph or join fetch; an owner's path comes before what lies below it. */
  readonly fetched: readonly string[];
  /** Attributes of fetched elements that the query holds against one value: "lines.id" of `join fetch o.lines l where l.id = :id`. */
  readonly fixed?: readonly string[];
  /** Has an entity graph of type FETCH: what it does not name stays lazy. */
  readonly graph: "fetch" | "load" | undefined;
  /** The method's name; undefined where Spring Data itself declares the method, and for a query in a body. */
  readonly at: Place | undefined;
  /** One declaration, or one body, for several entities: no annotation on it is for this one alone. */
  readonly shared?: true;
  /** Entities that the caller hands over to ask for theirs, by qualified name: `findByOwnerIn(owners)`. */
  readonly given?: readonly string[];
  /** What the query asks of tables; only of a query in a body, that of a repository's method is asked for. */
  readonly asked?: readonly Scan[];
}

/** What a declared method selects; undefined where the elements are no entities of the workspace. */
export function readSelection(
  repository: Repository,
  { owner, method }: RepositoryMethod,
  sources: TextSources,
  entities: (qualified: string) => Entity | undefined,
): Selection | undefined {
  if (repository.style !== "spring-data" || method.body >= 0 || method.modifiers.includes("static")) return undefined;
  if (annotationNamed(method.annotations, "Modifying") !== undefined) return undefined;
  // What comes along is the caller's to say (https://github.com/Cosium/spring-data-jpa-entity-graph).
  if (method.parameters.some(({ type }) => bareName(type) === "EntityGraph")) return undefined;
  const { types } = sources;
  const context = { file: owner.file, type: owner.type };
  const declared = elementOf(types.resolve(method.returns, context));
  const element = boundElement(declared, repository, owner, types);
  const entity = element === undefined ? undefined : entities(element.name);
  if (entity?.kind !== "entity") return undefined;
  const statement = statementOf(method);
  const named = statement === undefined ? namedText(repository, { owner, method }, sources) : undefined;
  const native =
    named?.language === "sql" ||
    (statement !== undefined && (bareName(statement.annotation.name) === "NativeQuery" || isNative(statement.annotation)));
  const given = statement === undefined ? named?.text : constantText(statement.value, context, types);
  const text = native ? undefined : given;
  const derived = statement === undefined && named === undefined;
  // Whatever a method with a query is called; without one its name says what is asked.
  if (derived && !/^(?:find|read|get|query|search|stream|list|load|fetch)/.test(method.name)) return undefined;
  // What a query makes anew has nothing that Hibernate would load.
  if (text !== undefined && /^\s*select\s+(?:distinct\s+)?new\s/i.test(text)) return undefined;
  const handedOver = method.parameters.flatMap(({ type }) => {
    const one = elementOf(types.resolve(type, context));
    return one === undefined || entities(one.name)?.kind !== "entity" ? [] : [one.name];
  });
  const returns = returnsOf(method.returns);
  const graph = annotationNamed(method.annotations, "EntityGraph");
  const type = annotationValue(graph, "type");
  const joined = text === undefined ? undefined : asksOf(text);
  const fetched = new Set([...(graph === undefined ? [] : graphPaths(graph, entity, context, types)), ...(joined?.paths ?? [])]);
  return {
    label: `${repository.name}.${method.name}`,
    repository: repository.qualified,
    method: method.name,
    parameters: method.parameters.length,
    entity: entity.qualified,
    rows: returns === "one" || returns === "optional" ? "one" : "many",
    paged:
      method.parameters.some((parameter) => /^(?:Pageable|PageRequest|Limit|ScrollPosition)$/.test(bareName(parameter.type))) ||
      joined?.limited === true ||
      (derived && /^[a-z]+(?:Distinct)?(?:First|Top)(?:\d+)?(?:By|\p{Lu})/u.test(method.name)),
    source: derived ? "derived" : native ? "native" : "jpql",
    fetched: [...fetched].sort(),
    graph: graph === undefined ? undefined : type?.kind === "reference" && type.name.endsWith("LOAD") ? "load" : "fetch",
    at: { file: owner.file.file, ...method.nameSpan },
    ...(element === declared ? {} : { shared: true as const }),
    ...(handedOver.length === 0 ? {} : { given: handedOver }),
    ...(joined?.limited === true && { limited: true as const }),
    ...(joined === undefined || joined.fixed.length === 0 ? {} : { fixed: joined.fixed }),
  };
}

const INHERITED: Readonly<Record<string, Selection["rows"]>> = {
  findAll: "many",
  findAllById: "many",
  findById: "one",
};

/** What a method that Spring Data declares selects: `findAll`, `findById`. */
export function inheritedSelection(repository: Repository, method: string, paged: boolean): Selection | undefined {
  if (repository.style !== "spring-data" || repository.entity === undefined) return undefined;
  const rows = Object.hasOwn(INHERITED, method) ? INHERITED[method] : undefined;
  if (rows === undefined) return undefined;
  return {
    label: `${repository.name}.${method}`,
    repository: repository.qualified,
    method,
    parameters: 0,
    entity: repository.entity,
    rows,
    paged,
    source: "derived",
    fetched: [],
    graph: undefined,
    at: undefined,
  };
}

/** Whether a path comes along with the query itself. */
export const fetches = ({ fetched }: Selection, path: string): boolean => fetched.some((one) => one === path || one.startsWith(`${path}.`));

const CONTAINERS: ReadonlySet<string> = new Set(
  "List Set Collection Iterable Streamable Page Slice Stream Window Optional CompletableFuture Future SortedSet LinkedHashSet".split(" "),
);

function elementOf(type: Type | undefined): Type | undefined {
  if (type === undefined) return undefined;
  const array = elementOfArray(type);
  if (array !== undefined) return array;
  return CONTAINERS.has(simpleName(type)) ? elementOf(type.args[0]) : type;
}

/** What an element stands for in a repository below the generic interface that declares the method. */
function boundElement(element: Type | undefined, repository: Repository, owner: TypeEntry, types: TypeIndex): Type | undefined {
  if (element === undefined || !owner.type.typeParameters.some(({ name }) => name === element.name)) return element;
  const own: Type = { name: repository.qualified, args: [], dimensions: 0 };
  return new Supertypes(types, repository.at.file).bindings(own, owner).get(element.name);
}

function isNative(annotation: NonNullable<ReturnType<typeof statementOf>>["annotation"]): boolean {
  const native = annotationValue(annotation, "nativeQuery");
  return native?.kind === "boolean" && native.value;
}

function graphPaths(
  graph: NonNullable<ReturnType<typeof annotationNamed>>,
  entity: Entity,
  context: NameContext,
  types: TypeIndex,
): readonly string[] {
  const paths = annotationValue(graph, "attributePaths");
  if (paths !== undefined) return constantTexts(paths, context, types).flatMap(withOwners);
  const named = annotationValue(graph, "value");
  const name = named === undefined ? undefined : constantText(named, context, types);
  return name === undefined ? [] : (entity.graphs[name] ?? []);
}

/** "pets.type" brings "pets" too. */
const withOwners = (path: string): readonly string[] => path.split(".").map((_, i, parts) => parts.slice(0, i + 1).join("."));

/** What a text of JPQL selects, as a path from the entity that it starts from; undefined for anything but one path. */
export function selectedPath(text: string): string | undefined {
  const statement = parseJpql(text);
  if (statement.kind !== "select" || statement.items.length > 1 || statement.combined.length > 0) return undefined;
  const [item] = statement.items;
  return item === undefined ? "" : item.value.kind === "path" ? pathSelected(item.value.parts, aliasPaths(statement)) : undefined;
}

function pathSelected([alias, ...attributes]: readonly string[], aliases: ReadonlyMap<string, string>): string | undefined {
  const root = alias === undefined ? undefined : aliases.get(alias.toLowerCase());
  return root === undefined ? undefined : [root, ...attributes].filter(Boolean).join(".");
}

/** The paths of `join fetch`, seen from what is selected. */
export const fetchedBy = (text: string): readonly string[] => asksOf(text).paths;

/**
 * The paths of `join fetch`, and the attributes below them that are held against one value, seen from what is selected; and whether the
 * text says how many rows it wants.
 */
function asksOf(text: string): { readonly paths: readonly string[]; readonly fixed: readonly string[]; readonly limited: boolean } {
  const statement = parseJpql(text);
  if (statement.kind !== "select") return { paths: [], fixed: [], limited: false };
  const aliases = aliasPaths(statement);
  const [item] = statement.items;
  const prefix = (item?.value.kind === "path" ? pathSelected(item.value.parts, aliases) : undefined) ?? "";
  const fromSelected = (path: string): string =>
    prefix === "" ? path : path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1) : "";
  const joins = statement.from.filter(({ fetch }) => fetch);
  return {
    paths: joins.map((join) => fromSelected(pathOf(join, aliases) ?? "")).filter((path) => path !== ""),
    fixed: attributesFixed(statement.where).flatMap((parts) => {
      const join = joins.find(({ alias }) => alias !== undefined && alias.toLowerCase() === parts[0]?.toLowerCase());
      const path = join === undefined ? "" : fromSelected(pathOf(join, aliases) ?? "");
      return path === "" ? [] : [[path, ...parts.slice(1)].join(".")];
    }),
    limited: statement.limit !== undefined || statement.offset !== undefined,
  };
}

/** The paths that every row has one value in: `l.id` of `l.id = :id and l.open = true`. */
function attributesFixed(where: JpqlExpression | undefined): readonly (readonly string[])[] {
  if (where?.kind === "and") return where.terms.flatMap(attributesFixed);
  if (where?.kind !== "compare" || where.operator !== "=") return [];
  const { left, right } = where;
  const isValue = ({ kind }: JpqlExpression): boolean => kind === "parameter" || kind === "literal";
  if (left.kind === "path" && isValue(right)) return [left.parts];
  return right.kind === "path" && isValue(left) ? [right.parts] : [];
}

/** Aliases with their paths from the root; the root's is "". */
function aliasPaths({ from }: JpqlSelect): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const [i, source] of from.entries()) {
    const path = i === 0 ? "" : pathOf(source, aliases);
    if (source.alias !== undefined && path !== undefined) aliases.set(source.alias.toLowerCase(), path);
  }
  return aliases;
}

function pathOf({ source }: JpqlFrom, aliases: ReadonlyMap<string, string>): string | undefined {
  if (source.kind !== "name" || source.parts.length < 2) return undefined;
  const base = aliases.get((source.parts[0] as string).toLowerCase());
  return base === undefined ? undefined : [base, ...source.parts.slice(1)].filter(Boolean).join(".");
}
