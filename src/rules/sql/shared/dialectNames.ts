import type { Dialect } from "../../../model/schema/schema.ts";

/** A database as people write its name. */
export const dialectName = (dialect: Dialect): string => NAMES[dialect] ?? dialect;

const NAMES: Readonly<Partial<Record<Dialect, string>>> = {
  mysql: "MySQL",
  h2: "H2",
  oracle: "Oracle",
  sqlserver: "SQL Server",
  sqlite: "SQLite",
  other: "another database",
};
