import type { ConfigurationModel } from "../configuration/configurationModel.ts";

const SWITCH = "spring.jpa.properties.hibernate.cache.use_query_cache";

/**
 * Whether Hibernate's cache of queries is known to be off, so that hints which ask for it do nothing: it is until it is switched on. Where
 * the settings do not name a database either, they lie elsewhere.
 */
export function isQueryCacheOff(configuration: ConfigurationModel, file: string): boolean {
  const values = configuration.everyValue(SWITCH, file);
  if (values.length > 0) return values.every(({ value, known }) => known && value.trim().toLowerCase() === "false");
  return configuration.everyValueBelow("spring.datasource", file).length > 0;
}
