import { isForeignRepository } from "../types/foreignRepository.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";

/** Interfaces of Spring Data for relational databases; the first two type arguments are the entity and its identifier. */
export const RELATIONAL_REPOSITORIES: ReadonlySet<string> = new Set([
  "CrudRepository",
  "ListCrudRepository",
  "PagingAndSortingRepository",
  "ListPagingAndSortingRepository",
  "JpaRepository",
  "JpaRepositoryImplementation",
  "RevisionRepository",
  "BaseJpaRepository",
  "EntityGraphJpaRepository",
  "KeyValueRepository",
]);
/** The same without a thread that waits, of any store. */
export const REACTIVE_REPOSITORIES: ReadonlySet<string> = new Set([
  "ReactiveCrudRepository",
  "ReactiveSortingRepository",
  "R2dbcRepository",
]);

/** Of servers that are asked over HTTP: Elasticsearch, OpenSearch (by the same interfaces) and Solr. */
const SEARCH_REPOSITORIES: ReadonlySet<string> = new Set([
  "ElasticsearchRepository",
  "ElasticsearchCrudRepository",
  "SolrRepository",
  "SolrCrudRepository",
]);

/** Interfaces of Spring Data whose extensions are repositories. */
export const SPRING_DATA_REPOSITORIES: ReadonlySet<string> = new Set([
  ...RELATIONAL_REPOSITORIES,
  "Repository",
  "JpaSpecificationExecutor",
  "QuerydslPredicateExecutor",
  "ListQuerydslPredicateExecutor",
  "QueryByExampleExecutor",
  ...REACTIVE_REPOSITORIES,
  "MongoRepository",
  ...SEARCH_REPOSITORIES,
]);

/** Whether a declared type is a Spring Data repository: its supertypes reach one of Spring Data's interfaces. */
export function isRepository(types: TypeIndex, entry: TypeEntry): boolean {
  if (entry.type.annotations.some((annotation) => bareName(annotation.name) === "RepositoryDefinition")) return true;
  if (types.reaches(entry, SPRING_DATA_REPOSITORIES)) return true;
  return types.lineage(entry).some((above) => types.supertypesOf(above).some((type) => isForeignRepository(types, type, above.file.file)));
}

/** Where the rows of a repository lie, by what it extends and what its type argument is annotated with. */
export function storeOf(types: TypeIndex, repository: TypeEntry): "tables" | "redis" | "memory" | "search" {
  if (types.reaches(repository, SEARCH_REPOSITORIES)) return "search";
  for (const { args } of types.supertypesOf(repository)) {
    const annotations = types.entryOf(args[0], repository.file.file)?.type.annotations ?? [];
    const stored = annotations.map(({ name }) => bareName(name));
    if (stored.includes("RedisHash")) return "redis";
    if (stored.includes("KeySpace")) return "memory";
    // An entity that is indexed, too, has a repository for each; MongoDB's annotation of the same name has a collection.
    const isIndexed = annotations.some(
      ({ name, values }) => bareName(name) === "Document" && values.some((value) => value.name === "indexName"),
    );
    if (isIndexed && !stored.includes("Entity")) return "search";
  }
  return "tables";
}
