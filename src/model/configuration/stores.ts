import type { Build } from "./configurationModel.ts";

const OTHERS = [
  "jpa",
  "mongodb",
  "mongodb-reactive",
  "redis",
  "redis-reactive",
  "elasticsearch",
  "cassandra",
  "neo4j",
  "couchbase",
  "ldap",
];

/** Whether nothing but Spring Data JDBC or R2DBC keeps what a module keeps. */
export const keepsRelational = (build: Build): boolean =>
  build.has("spring-boot-starter-data-jdbc", "spring-boot-starter-data-r2dbc", "spring-data-jdbc", "spring-data-r2dbc") &&
  !build.has("hibernate-core", ...OTHERS.flatMap((store) => [`spring-boot-starter-data-${store}`, `spring-data-${store}`]));
