/** Which changes of a column's type leave the rows as they are. */

/** What ALTER COLUMN TYPE does without USING: "unclear" depends on the server's time zone, or on types that are not known. */
export function typeChange(from: string, to: string): "none" | "scan" | "rewrite" | "unclear" {
  const [before, after] = [parsed(from), parsed(to)];
  if (before === undefined || after === undefined) return "unclear";
  if (before.array !== after.array) return "rewrite";
  // Of arrays each element is looked at.
  if (before.array !== "") return from === to ? "none" : before.name === after.name ? "rewrite" : "unclear";
  if (before.name === after.name) return before.name === "numeric" ? numeric(before.modifiers, after.modifiers) : wider(before, after);
  const pair = `${before.name} ${after.name}`;
  // Their bytes are the same; the length of a varchar is held against each row.
  if (pair === "varchar text") return "none";
  if (pair === "text varchar") return after.modifiers.length === 0 ? "none" : "rewrite";
  if (pair === "bpchar text" || pair === "bpchar varchar") return "rewrite";
  if (pair === "cidr inet") return "none";
  // Without a rewrite where the session's time zone is UTC, since PostgreSQL 12.
  if (pair === "timestamp timestamptz" || pair === "timestamptz timestamp") return "unclear";
  if (pair === "xml text" || pair === "xml varchar" || pair === "citext text" || pair === "text citext") return "unclear";
  return KNOWN.has(before.name) && KNOWN.has(after.name) ? "rewrite" : "unclear";
}

interface ColumnType {
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly array: string;
}

function parsed(type: string): ColumnType | undefined {
  const match = /^([a-z_]\w*)(?:\(([\d,-]+)\))?((?:\[\])*)$/.exec(type);
  if (match === null) return undefined;
  const [, name = "", modifiers, array = ""] = match;
  return { name, modifiers: modifiers === undefined ? [] : modifiers.split(",").map(Number), array };
}

/** The same type with another length or precision. */
function wider(before: ColumnType, after: ColumnType): "none" | "rewrite" | "unclear" {
  if (before.modifiers.join() === after.modifiers.join() || after.modifiers.length === 0)
    return before.name === "bpchar" ? "rewrite" : "none";
  if (before.name === "bpchar") return "rewrite";
  const [from, to] = [before.modifiers[0], after.modifiers[0] as number];
  const limits = ["varchar", "varbit", "time", "timetz", "timestamp", "timestamptz"];
  if (!limits.includes(before.name)) return "unclear";
  // A time without a precision has six digits.
  const own = from ?? (before.name === "varchar" || before.name === "varbit" ? Number.POSITIVE_INFINITY : 6);
  return to >= own ? "none" : "rewrite";
}

/** More digits in front of the point are free, others behind it are not. */
function numeric(before: readonly number[], after: readonly number[]): "none" | "rewrite" {
  if (after.length === 0) return "none";
  const [precision, scale = 0] = before;
  if (precision === undefined) return "rewrite";
  return (after[0] as number) >= precision && (after[1] ?? 0) === scale ? "none" : "rewrite";
}

/**
 * What a foreign key costs whose column has another type than the key that it references. "narrower": it cannot hold all keys.
 * "cast": PostgreSQL casts the column to the parent's type, so that no index on it is used when a parent is deleted, and in most joins. "refused": there is no
 * such foreign key. Undefined where nothing is lost, and for types that are not known.
 */
export function keyMismatch(child: string, parent: string): "narrower" | "cast" | "refused" | undefined {
  const [from, to] = [parsed(child), parsed(parent)];
  if (from === undefined || to === undefined || from.array !== to.array || from.name === to.name) return undefined;
  if (!KNOWN.has(from.name) || !KNOWN.has(to.name)) return undefined;
  const widths = [from, to].map(({ name }) => INTEGERS.indexOf(name));
  if (widths.every((width) => width >= 0)) return (widths[0] as number) < (widths[1] as number) ? "narrower" : undefined;
  if (FAMILIES.some((family) => family.includes(from.name) && family.includes(to.name))) return undefined;
  return CASTS[from.name]?.includes(to.name) === true ? "cast" : "refused";
}

const INTEGERS: readonly string[] = ["int2", "int4", "int8"];

/** Types of one operator family of a btree index, which compares them as they are: https://www.postgresql.org/docs/current/btree.html */
const FAMILIES: readonly (readonly string[])[] = [
  ["text", "varchar"],
  ["float4", "float8"],
  ["date", "timestamp", "timestamptz"],
  ["inet", "cidr"],
];

/** Implicit casts of pg_cast between types of different families. */
const CASTS: Readonly<Record<string, readonly string[]>> = {
  int2: ["numeric", "float4", "float8"],
  int4: ["numeric", "float4", "float8"],
  int8: ["numeric", "float4", "float8"],
  numeric: ["float4", "float8"],
  text: ["bpchar"],
  varchar: ["bpchar"],
  bpchar: ["text", "varchar"],
  time: ["timetz", "interval"],
  bit: ["varbit"],
  varbit: ["bit"],
};

/** PostgreSQL's own types: between two of them a change is written row by row. */
const KNOWN: ReadonlySet<string> = new Set([
  ...["int2", "int4", "int8", "float4", "float8", "numeric", "bool", "text", "varchar", "bpchar", "uuid", "bytea", "date"],
  ...["time", "timetz", "timestamp", "timestamptz", "interval", "json", "jsonb", "inet", "cidr", "bit", "varbit", "money", "xml"],
]);
