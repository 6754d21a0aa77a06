/** How Java names become names in the database. */
export type NamingStrategy = "snake" | "as written";

/**
 * The strategy that `spring.jpa.hibernate.naming.physical-strategy` names; Spring Boot's default where it names none.
 * A class that we do not know is judged by its name.
 */
export function namingStrategyOf(className: string | undefined): NamingStrategy {
  if (className === undefined || className === "") return "snake";
  return /Snake|Underscore|SpringPhysicalNamingStrategy/.test(className) ? "snake" : "as written";
}

/** The physical name of a table or column, in lower case: PostgreSQL folds unquoted names. */
export function physicalName(logical: string, strategy: NamingStrategy): string {
  const name = logical.replace(/^[`"[]|[`"\]]$/g, "");
  if (strategy === "as written") return name.toLowerCase();
  return name
    .replaceAll(".", "_")
    .replace(/(?<=\p{Ll})\p{Lu}(?=\p{Ll})/gu, (capital) => `_${capital}`)
    .toLowerCase();
}

/** The column that a query names: without quotes, in lower case. */
export function sqlName(name: string): string {
  return name.replace(/^"|"$/g, "").toLowerCase();
}
