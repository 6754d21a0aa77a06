/** A type as people write it: `bigint` for PostgreSQL's own `int8`. */
export function typeName(type: string): string {
  const [, name = type, rest = ""] = /^(\w+)(.*)$/.exec(type) ?? [];
  return `${SPELLED[name] ?? name}${rest}`;
}

const SPELLED: Readonly<Record<string, string>> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  bool: "boolean",
  bpchar: "char",
  float4: "real",
  float8: "double precision",
};
