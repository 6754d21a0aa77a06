import type { MethodNode } from "../calls/callGraph.ts";
import type { ConfigurationModel } from "../configuration/configurationModel.ts";
import { booleanOf } from "../configuration/placeholders.ts";
import { bareName } from "../types/typeIndex.ts";

/**
 * Whether a transaction of Spring has its connection before its first statement. JDBC's manager takes it when it begins; Hibernate does, too,
 * since it has to ask for the mode of auto-commit, unless it is told that the pool has it off, which Spring Boot tells it.
 * Source: `DataSourceTransactionManager.doBegin`, Hibernate's `AbstractLogicalConnectionImplementor.begin`, Spring Boot's
 * `HibernateJpaConfiguration.configureProviderDisablesAutocommit`.
 */
export function takesConnectionAtStart({ configuration }: Parts, { declared: { owner, method } }: MethodNode): boolean {
  const { file } = owner.file;
  if (REACTIVE.test(bareName(method.returns)) || configuration.codeSettles("own-connection-start", file)) return false;
  const names = Object.keys(configuration.buildOf(file).artifacts);
  if (!names.some((name) => SPRING.test(name)) || names.some((name) => ENLISTS_LATER.test(name))) return false;
  const settings = ["spring.datasource", "spring.jpa"].flatMap((prefix) => configuration.everyValueBelow(prefix, file));
  return !settings.some(
    ({ key, value }) =>
      (/\.auto-?commit$/i.test(key) && booleanOf(value) !== true) ||
      (/provider_disables_autocommit$/i.test(key) && booleanOf(value) !== false) ||
      (/\.connection-?fetch$/i.test(key) && !/^eager$/i.test(value)),
  );
}

/**
 * Whether transactions of a file's module keep no connection: those of MongoDB have a session, and its driver gives a connection back
 * after each command; servers of indexes know none. Source: "Connection pinning" of the drivers' specification of transactions, which asks
 * for it behind load balancers alone.
 */
export function keepsNoConnection({ configuration }: Parts, file: string): boolean {
  const names = Object.keys(configuration.buildOf(file).artifacts);
  if (!names.some((name) => KEEPS_NONE.test(name)) || names.some((name) => DRIVER.test(name))) return false;
  // A club app has the starter of JPA beside its documents, and neither a driver nor a data source for it.
  const managed =
    configuration.codeSettles("mongo-transactions", file) && configuration.everyValueBelow("spring.datasource", file).length === 0;
  return managed || !names.some((name) => RELATIONAL.test(name));
}

const KEEPS_NONE = /^spring-(?:boot-starter-)?data-(?:mongodb|elasticsearch|opensearch(?:-starter)?|solr)$/;
const DRIVER = /^(?:r2dbc-)?(?:postgresql|mysql|mariadb|h2$|hsqldb|ojdbc|oracle-|mssql|derby|sqlite|db2|jcc$)/;
const RELATIONAL = /jdbc|jpa|hibernate|mybatis|jooq|jdbi|querydsl-sql/;

interface Parts {
  readonly configuration: ConfigurationModel;
}

const REACTIVE = /^(?:Mono|Flux|Publisher|Uni|Multi|CompletableFuture|CompletionStage)$/;
const SPRING =
  /^spring-boot-starter-(?:data-)?(?:jpa|jdbc)$|^(?:mybatis(?:-plus)?-spring(?:-boot\d?-starter)?|mybatis-plus-boot-starter|spring-orm|spring-jdbc|spring-data-jpa)$/;
/** Managers of distributed transactions, and frameworks that have no other. */
const ENLISTS_LATER = /jta|atomikos|narayana|bitronix|^transactions-|quarkus|micronaut|r2dbc/i;
