import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Place } from "../../../text/positions.ts";
import type { MapperIndex } from "../../calls/mapperIndex.ts";
import { REACTIVE_REPOSITORIES, RELATIONAL_REPOSITORIES } from "../../calls/repositoryTypes.ts";
import { annotationNamed, annotationValue } from "../../types/constants.ts";
import { isForeignRepository } from "../../types/foreignRepository.ts";
import { simpleName, substitute, type Type } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";

/** An interface whose methods are queries. Plain data. */
export interface Repository {
  readonly name: string;
  readonly qualified: string;
  /**
   * "spring-data": method names and JPQL are queries over an entity. "statements": every query is written out as SQL in an annotation
   * (npjt, JDBI, MyBatis) or in an XML mapper. "reactive": method names and SQL are queries over an aggregate, and nothing waits.
   */
  readonly style: "spring-data" | "statements" | "reactive";
  /** Qualified name of the entity, or its own type variable that stands for one; undefined for statements and where it is not known. */
  readonly entity: string | undefined;
  /** Qualified name of what a reactive repository keeps, which is no entity of JPA. */
  readonly aggregate?: string;
  /** Qualified name of the identifier's type. */
  readonly id: string | undefined;
  readonly at: Place;
}

/** A name that others use too: it counts where it is Spring Data's own. */
const SPRING_DATA_ROOT = "org.springframework.data.repository.Repository";

/** Annotations that hold a statement, with the kind that a person means by them. */
const STATEMENT_ANNOTATIONS = [
  "Query",
  "NativeQuery",
  "SqlQuery",
  "SqlUpdate",
  "SqlBatch",
  "Select",
  "Insert",
  "Update",
  "Delete",
] as const;

/** What makes an interface a repository; undefined for any other type. Of reactive ones those that keep what `relational` says. */
export function readRepository(
  types: TypeIndex,
  mappers: MapperIndex,
  entry: TypeEntry,
  relational: (qualified: string) => boolean,
): Repository | undefined {
  const { type, file } = entry;
  if (type.kind !== "interface") return undefined;
  const common = { name: type.name, qualified: type.qualified, at: { file: file.file, ...type.nameSpan } };
  const definition = annotationNamed(type.annotations, "RepositoryDefinition");
  if (definition !== undefined) {
    const named = (argument: string): string | undefined => {
      const value = annotationValue(definition, argument);
      return value?.kind === "reference" ? types.resolveName(value.name.replace(/\.class$/, ""), { file, type }) : undefined;
    };
    return { style: "spring-data", entity: named("domainClass"), id: named("idClass"), ...common };
  }
  const base = springDataBase(types, entry, RELATIONAL_REPOSITORIES, new Map(), new Set());
  if (base !== undefined) return { style: "spring-data", entity: base.args[0]?.name, id: base.args[1]?.name, ...common };
  const aggregate = springDataBase(types, entry, REACTIVE_REPOSITORIES, new Map(), new Set())?.args[0]?.name;
  if (aggregate !== undefined && relational(aggregate))
    return { style: "reactive", entity: undefined, id: undefined, aggregate, ...common };
  const statements = mappers.has(type.qualified) || type.methods.some((method) => method.body < 0 && statementOf(method) !== undefined);
  return statements ? { style: "statements", entity: undefined, id: undefined, ...common } : undefined;
}

/** The annotation with a text, or constants, that make a statement. */
export function statementOf(method: JavaMethod) {
  const annotation = annotationNamed(method.annotations, ...STATEMENT_ANNOTATIONS);
  const value = annotationValue(annotation, "value") ?? annotationValue(annotation, "sql");
  return annotation === undefined || value === undefined ? undefined : { annotation, value };
}

/** Follows the supertypes up to one of a library's interfaces, or to what is Spring Data's, type arguments put in on the way. */
export function springDataBase(
  types: TypeIndex,
  entry: TypeEntry,
  bases: ReadonlySet<string>,
  variables: ReadonlyMap<string, Type | undefined>,
  seen: Set<string>,
): Type | undefined {
  if (seen.has(entry.type.qualified)) return undefined;
  seen.add(entry.type.qualified);
  for (const written of types.supertypesOf(entry)) {
    const supertype = substitute(written, variables);
    if (supertype === undefined) continue;
    const above = types.entryOf(supertype, entry.file.file);
    if (above === undefined) {
      if (supertype.name === SPRING_DATA_ROOT || bases.has(simpleName(supertype))) return supertype;
      if (isForeignRepository(types, supertype, entry.file.file)) return supertype;
      continue;
    }
    const bound = new Map(above.type.typeParameters.map((parameter, i) => [parameter.name, supertype.args[i]]));
    const base = springDataBase(types, above, bases, bound, seen);
    if (base !== undefined) return base;
  }
  return undefined;
}

/** Of sorted qualified names, the first of each simple one. */
export function firstByName(sorted: readonly string[]): ReadonlyMap<string, string> {
  const byName = new Map<string, string>();
  for (const qualified of sorted) {
    const name = qualified.slice(qualified.lastIndexOf(".") + 1);
    if (!byName.has(name)) byName.set(name, qualified);
  }
  return byName;
}
