import type { Span } from "../../text/positions.ts";
import { plainKey } from "../sql/constraints.ts";
import type { ColumnDefault, ColumnFact, ConstraintFact, ForeignKeyFact, IndexFact } from "../sql/sqlFacts.ts";
import { isSerial, postgresType } from "./columnTypes.ts";
import { attribute, type ChangeNode, childNode } from "./nodes.ts";

/** Columns of a change log: what stands at them and in their constraints. */

/** A name as Liquibase hands it to PostgreSQL: quoted where capital and small letters are mixed, which keeps them. */
export function nameOf(written: string): string {
  const plain = written.trim().replace(/^"(.*)"$/, "$1");
  return plain === plain.toUpperCase() ? plain.toLowerCase() : plain;
}

export const keyColumns = (written: string): string[] =>
  written
    .split(",")
    .map(nameOf)
    .filter((name) => name !== "");

export interface ReadColumn {
  readonly column: ColumnFact;
  readonly constraints: readonly ConstraintFact[];
  readonly primaryKey: { readonly name: string | undefined; readonly at: Span } | undefined;
}

/** The changes that have columns. What Liquibase writes for a column depends on the one that it stands in. */
type ColumnChange = "createTable" | "addColumn" | "addDefaultValue";

export function columnOf(node: ChangeNode, change: ColumnChange): ReadColumn {
  const rules = childNode(node, "constraints");
  const isOn = (name: string): boolean => /^true$/i.test(attribute(rules, name) ?? "");
  const name = nameOf(attribute(node, "name") ?? attribute(node, "columnName") ?? "");
  const at = node.attributes.get("name")?.at ?? node.at;
  const type = attribute(node, "type") ?? "";
  // Liquibase makes a serial type an identity, too, but for a column that is added.
  const counts = (change === "createTable" && isSerial(type)) || /^true$/i.test(attribute(node, "autoIncrement") ?? "");
  const given: ColumnDefault | undefined = counts
    ? { kind: "identity", text: "" }
    : defaultOf(node, change === "addDefaultValue" ? "" : postgresType(type));
  const nullable = !isOn("primaryKey") && !/^false$/i.test(attribute(rules, "nullable") ?? "") && !counts;
  const fact: ColumnFact = { name, type: postgresType(type), nullable, at, ...(given === undefined ? {} : { default: given }) };
  const constraints = rules === undefined ? [] : constraintsOf(rules, name, at);
  return { column: fact, constraints, primaryKey: isOn("primaryKey") ? { name: attribute(rules, "primaryKeyName"), at } : undefined };
}

function constraintsOf(rules: ChangeNode, column: string, at: Span): ConstraintFact[] {
  const isOn = (name: string): boolean => /^true$/i.test(attribute(rules, name) ?? "");
  const constraints: ConstraintFact[] = [];
  const deferred = isOn("initiallyDeferred")
    ? { deferrable: "deferred" as const }
    : isOn("deferrable")
      ? { deferrable: "immediate" as const }
      : {};
  if (isOn("unique")) {
    const given = attribute(rules, "uniqueConstraintName");
    const index = uniqueIndex([column], given === undefined ? undefined : nameOf(given), at);
    constraints.push({ type: "unique", name: index.name, index, usingIndex: undefined });
  }
  const [, referenced, columns] = /^\s*([^(]+?)\s*(?:\(([^)]*)\)\s*)?$/.exec(attribute(rules, "references") ?? "") ?? [];
  const parent = referenced ?? attribute(rules, "referencedTableName");
  if (parent !== undefined) {
    const [namespace, name] = parent.includes(".") ? parent.split(".") : [undefined, parent];
    constraints.push(
      foreignKeyOf({
        name: attribute(rules, "foreignKeyName"),
        columns: [column],
        parent: { namespace, name: nameOf(name ?? "") },
        parentColumns: keyColumns(columns ?? attribute(rules, "referencedColumnNames") ?? ""),
        onDelete: isOn("deleteCascade") ? "cascade" : "no action",
        onUpdate: "no action",
        at,
        ...deferred,
      }),
    );
  }
  return constraints;
}

export function foreignKeyOf(key: Omit<ForeignKeyFact, "type">): ForeignKeyFact {
  return { type: "foreign", ...key, name: key.name === undefined ? undefined : nameOf(key.name) };
}

export function uniqueIndex(columns: readonly string[], name: string | undefined, at: Span): IndexFact {
  return {
    name,
    keys: columns.map(plainKey),
    unique: true,
    nullsNotDistinct: false,
    method: "btree",
    predicate: undefined,
    include: [],
    at,
  };
}

/** The default of a column as SQL. The type, where Liquibase knows it, decides how a plain text is written. */
function defaultOf(node: ChangeNode, type: string): ColumnDefault | undefined {
  const value = (name: string): string | undefined => attribute(node, name);
  const computed = value("defaultValueComputed");
  if (computed !== undefined) return computedDefault(computed);
  const sequence = value("defaultValueSequenceNext");
  if (sequence !== undefined) return { kind: "volatile", text: `nextval('${sequence}')` };
  const number = value("defaultValueNumeric");
  // What MySQL keeps as a number.
  if (number !== undefined && type === "bool" && /^[01]$/.test(number))
    return { kind: "constant", text: number === "1" ? "TRUE" : "FALSE" };
  if (number !== undefined) return { kind: kindOf(number), text: number };
  const truth = value("defaultValueBoolean");
  if (truth !== undefined) return { kind: "constant", text: /^(?:true|1|t|yes)$/i.test(truth) ? "TRUE" : "FALSE" };
  const date = value("defaultValueDate");
  if (date !== undefined) return /^[\d'(]/.test(date) ? { kind: "constant", text: literal(date) } : computedDefault(date);
  const plain = value("defaultValue");
  return plain === undefined || /^null$/i.test(plain) ? undefined : plainDefault(plain, type);
}

function plainDefault(plain: string, type: string): ColumnDefault {
  if (/^(?:int[248]|numeric|float[48])\b/.test(type) && /^\s*[-+]?\d+(?:\.\d+)?\s*$/.test(plain))
    return { kind: "constant", text: plain.trim() };
  if (type === "bool" && /^(?:true|false|[01tfyn]|yes|no)$/i.test(plain))
    return { kind: "constant", text: /^(?:true|1|t|yes|y)$/i.test(plain) ? "TRUE" : "FALSE" };
  if (/^(?:timestamp|date|time)/.test(type) && kindOf(plain) === "stable") return computedDefault(plain);
  return { kind: "constant", text: literal(plain) };
}

/** Liquibase writes PostgreSQL's function for the present time, and leaves out what stands behind it: `current_timestamp + '1 day'`. */
function computedDefault(written: string): ColumnDefault {
  const text = /^current_?(?:timestamp|datetime)(?:\(\)|\s.*)?$/is.test(written.trim()) ? "now()" : written;
  return { kind: kindOf(text), text };
}

const literal = (plain: string): string => `'${plain.replaceAll("'", "''")}'`;

function kindOf(expression: string): ColumnDefault["kind"] {
  if (/\b(?:gen_random_uuid|uuid_generate_v[14]|random|clock_timestamp|nextval|timeofday)\s*\(/i.test(expression)) return "volatile";
  if (/^\s*(?:now\s*\(\s*\)|(?:current_(?:timestamp|date|time)|localtime(?:stamp)?)(?:\s*\(\s*\d*\s*\))?)\s*$/i.test(expression))
    return "stable";
  return /\w\s*\(/.test(expression) ? "unknown" : "constant";
}
