/**
 * A type of a change log as Liquibase writes it for PostgreSQL, under PostgreSQL's own name: "int8", "varchar(20)". Checked against the
 * tables that Liquibase 4.29 made of a hundred spellings.
 */
export function postgresType(written: string): string {
  // A property of another change log: it is put in when the schema is folded.
  if (written.includes("${")) return written;
  const plain = written.trim().replace(/^java\.(?:sql\.Types|lang|math|util)\./, "");
  const [, head = "", parameters, tail = ""] = /^([^([]*)(?:\(([^)]*)\))?(.*)$/.exec(plain) ?? [];
  const words = `${head} ${tail.replace(/\[\s*\]/g, "")}`
    .toLowerCase()
    .replace(/\bunsigned\b/, "")
    .trim()
    .replace(/\s+/g, " ")
    .replace(/^(timestamp|time)_with_timezone$/, "$1 with timezone");
  const arrays = "[]".repeat([...tail.matchAll(/\[\s*\d*\s*\]/g)].length + (/\[\s*\]$/.exec(head) ? 1 : 0));
  const lengths = parameters?.match(/\d+/g)?.join(",");
  const sized = (type: string): string => `${type}${lengths === undefined ? "" : `(${lengths})`}${arrays}`;
  const zoned = / with time ?zone$/.test(words);
  const name = words
    .replace(/ with(?:out)? time ?zone$/, "")
    .replace(/^character varying$|^string$/, "varchar")
    .replace(/^double precision$/, "double");
  if (/^(?:timestamp|datetime|datetime2|smalldatetime)$/.test(name)) return sized(zoned ? "timestamptz" : "timestamp");
  if (name === "time") return sized(zoned ? "timetz" : "time");
  if (name === "float") return `${lengths !== undefined && Number(lengths) <= 24 ? "float4" : "float8"}${arrays}`;
  const sizedType = SIZED[name];
  if (sizedType !== undefined)
    return name.startsWith("char") && lengths === undefined && sizedType === "bpchar" ? `bpchar(1)${arrays}` : sized(sizedType);
  return `${FIXED[name] ?? `${name}${lengths === undefined ? "" : `(${lengths})`}`}${arrays}`;
}

/** A serial type is its integer type with a sequence. */
export const isSerial = (written: string): boolean => /^(?:small|big)?serial[248]?$/i.test(written.trim());

const SIZED: Readonly<Record<string, string>> = of({
  varchar: "varchar varchar2 nvarchar nvarchar2",
  bpchar: "char nchar character bpchar",
  numeric: "decimal dec numeric number bigdecimal",
  bit: "bit",
  timestamptz: "timestamptz",
  timetz: "timetz",
});

const FIXED: Readonly<Record<string, string>> = of({
  int8: "bigint int8 bigserial serial8",
  int4: "int integer int4 serial serial4",
  int2: "smallint int2 tinyint smallserial serial2",
  bool: "boolean bool",
  text: "clob nclob longtext mediumtext tinytext text longvarchar longnvarchar",
  oid: "blob oid",
  bytea: "longblob mediumblob tinyblob varbinary binary bytea longvarbinary",
  float8: "double float8",
  float4: "real float4",
  numeric: "currency money",
  uuid: "uuid uniqueidentifier",
});

function of(byType: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(byType).flatMap(([type, names]) => names.split(" ").map((name) => [name, type] as const)));
}
