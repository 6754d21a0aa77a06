import { childrenOf, unpackNodes } from "../../../facts/java/code.ts";
import type { ConfigurationModel } from "../../configuration/configurationModel.ts";
import { versionAtLeast } from "../../configuration/versions.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";

/** How Java names become names in the database: `sha256Hash` is "sha256hash" in the first case, "sha256_hash" in the second. */
export type NamingStrategy = "snake" | "snake after digits too" | "as written" | "columns without underscores";

/** From here on Hibernate's strategy breaks names behind and before digits. */
const BREAKS_AT_DIGITS = "7.0";
const HIBERNATE = "hibernate.physical_naming_strategy";
/** What may name the class that makes the names: Spring Boot's own key, Hibernate's through Spring Boot, Quarkus's. */
const KEYS = ["spring.jpa.hibernate.naming.physical-strategy", HIBERNATE, "quarkus.hibernate-orm.physical-naming-strategy"];

/** The strategy of the module that a file belongs to. A class of a library, or one that is not understood, is judged by its name. */
export function namingStrategyFor(configuration: ConfigurationModel, types: TypeIndex, file: string): NamingStrategy {
  const isSet = (value: string | undefined): boolean => value !== undefined && value !== "";
  const named =
    KEYS.map((key) => configuration.value(key, file)?.value).find(isSet) ??
    KEYS.map((key) => configuration.valueOfUsers(key, file)).find(isSet);
  const { hibernate } = configuration.buildOf(file);
  const snake = hibernate !== undefined && versionAtLeast(hibernate, BREAKS_AT_DIGITS) ? "snake after digits too" : "snake";
  if (named !== undefined && joinsColumns(types, named)) return "columns without underscores";
  if (named !== undefined) return /Snake|Underscore|SpringPhysicalNamingStrategy/.test(named) ? snake : "as written";
  // Jakarta Persistence keeps the names as they are; Spring Boot alone puts its own strategy in place.
  return configuration.lacksBoot(file) && !configuration.isNamedInCode(HIBERNATE) ? "as written" : snake;
}

/** `name.getText().replaceAll("_", "")`: columns of OpenLMIS's services. */
function joinsColumns(types: TypeIndex, qualified: string): boolean {
  const entry = types.declared(qualified);
  const method = entry?.type.methods.find(({ name }) => name === "toPhysicalColumnName");
  if (entry === undefined || method === undefined || method.body < 0) return false;
  types.noteBody(entry.file);
  return unpackNodes(entry.file.java.code, method.body).some((node) => {
    const [from, to] = node.kind === "call" && /^replace(?:All)?$/.test(node.text) ? childrenOf(node, "argument") : [];
    return from?.kind === "literal" && from.text === "_" && to?.kind === "literal" && to.text === "";
  });
}

const BETWEEN_LETTERS = /(?<=\p{Ll})\p{Lu}(?=\p{Ll})/gu;
const BETWEEN_DIGITS_TOO = /(?<=[\p{Ll}\p{Nd}])\p{Lu}(?=[\p{Ll}\p{Nd}])/gu;

/** The physical name of a table, in lower case. */
export const physicalTable = (logical: string, strategy: NamingStrategy): string =>
  physicalName(logical, strategy === "columns without underscores" ? "as written" : strategy);

/** The physical name of a column, in lower case: PostgreSQL folds unquoted names. */
export function physicalName(logical: string, strategy: NamingStrategy): string {
  const name = logical.replace(/^[`"[]|[`"\]]$/g, "");
  if (strategy === "as written") return name.toLowerCase();
  if (strategy === "columns without underscores") return name.replaceAll("_", "").toLowerCase();
  return name
    .replaceAll(".", "_")
    .replace(strategy === "snake" ? BETWEEN_LETTERS : BETWEEN_DIGITS_TOO, (capital) => `_${capital}`)
    .toLowerCase();
}

/** The column that a query names: without quotes, in lower case. */
export function sqlName(name: string): string {
  return name.replace(/^"|"$/g, "").toLowerCase();
}
