import type { JavaFile } from "../../facts/fileFacts.ts";

/** What Java code settles that configuration would otherwise decide. */
export type CodeHint = "application" | "own-pool" | "own-open-in-view";

/** The hints of one file, in order. */
export function codeHintsOf({ java }: JavaFile): readonly CodeHint[] {
  const hints = new Set<CodeHint>();
  for (const { name } of java.imports) {
    const simple = name.slice(name.lastIndexOf(".") + 1);
    if (name.startsWith("com.zaxxer.hikari") || POOL_TYPES.has(simple)) hints.add("own-pool");
    if (OPEN_IN_VIEW.test(simple)) hints.add("own-open-in-view");
  }
  for (const { annotations } of java.types) if (annotations.some(({ name }) => APPLICATION.test(name))) hints.add("application");
  return [...hints].sort();
}

/** Whoever builds its DataSource sizes the pool there. */
const POOL_TYPES: ReadonlySet<string> = new Set([
  "DataSourceBuilder",
  "AbstractRoutingDataSource",
  "EmbeddedDatabaseBuilder",
  "PoolDataSource",
]);
/** A filter or interceptor of one's own, or the auto-configuration named, which is how it is excluded. */
const OPEN_IN_VIEW = /^Open(?:EntityManager|Session)InView(?:Interceptor|Filter)$|^HibernateJpaAutoConfiguration$/;
const APPLICATION = /(?:^|\.)(?:SpringBootApplication|EnableAutoConfiguration)$/;
