/**
 * Tables whose definition a library prescribes: Flyway, Liquibase, Quartz (behind any prefix: a project may choose it), Spring Session,
 * Spring Batch, ShedLock, Envers, Hibernate's generators of keys.
 */
export function isFrameworkTable(name: string): boolean {
  return /^(flyway_schema_history|schema_version|databasechangelog(lock)?|(?:\w+_)?qrtz_\w+|spring_session(_attributes)?|batch_(job|step)_\w+|shedlock|revinfo|hibernate_sequences?)$/i.test(
    name,
  );
}
