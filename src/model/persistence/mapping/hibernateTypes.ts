import { postgresType } from "../../../facts/changelog/columnTypes.ts";
import type { JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import { annotationNamed, annotationValue } from "../../types/constants.ts";

/**
 * The type of PostgreSQL that Hibernate gives a basic attribute; "" where only a converter knows. `javaType` is qualified, without the
 * brackets that `declared` has as it is written.
 */
export function hibernateType(javaType: string, declared: string, annotations: readonly JavaAnnotation[], isEnum: boolean): string {
  const column = annotationNamed(annotations, "Column");
  const definition = annotationValue(column, "columnDefinition");
  if (definition?.kind === "text") return postgresType(firstType(definition.text));
  const jdbc = annotationValue(annotationNamed(annotations, "JdbcTypeCode"), "value");
  if (jdbc !== undefined) return (jdbc.kind === "reference" && BY_CODE[jdbc.name.slice(jdbc.name.lastIndexOf(".") + 1)]) || "";
  if (annotationNamed(annotations, "Convert", "Type", "JdbcType", "JavaType") !== undefined) return "";
  if (isEnum) {
    const as = annotationValue(annotationNamed(annotations, "Enumerated"), "value");
    return as?.kind === "reference" && as.name.endsWith("STRING") ? sized(annotations) : "int2";
  }
  if (declared.endsWith("[]"))
    return ARRAYS[declared] === undefined || annotationNamed(annotations, "Lob") === undefined ? (ARRAYS[declared] ?? "") : "oid";
  if (javaType === "java.lang.String") return annotationNamed(annotations, "Lob") === undefined ? sized(annotations) : "oid";
  if (annotationNamed(annotations, "Lob") !== undefined) return "oid";
  const temporal = annotationValue(annotationNamed(annotations, "Temporal"), "value");
  if (temporal?.kind === "reference" && /\b(?:DATE|TIME)$/.test(temporal.name)) return temporal.name.endsWith("DATE") ? "date" : "time";
  if (javaType === "java.math.BigDecimal") return `numeric(${numberOf(column, "precision") ?? 38},${numberOf(column, "scale") ?? 2})`;
  return BY_JAVA_TYPE[javaType] ?? "";
}

/** `varchar` of the column's length, 255 by default; `text` for one that is longer than PostgreSQL's longest. */
function sized(annotations: readonly JavaAnnotation[]): string {
  const column = annotationNamed(annotations, "Column");
  const length = annotationValue(column, "length");
  if (length?.kind === "reference" && /(?:^|\.)(?:MAX_VALUE|LONG\w*)$/.test(length.name)) return "text";
  const given = numberOf(column, "length") ?? 255;
  return given > LONGEST_VARCHAR ? "text" : `varchar(${given})`;
}

const LONGEST_VARCHAR = 10_485_760;

function numberOf(annotation: JavaAnnotation | undefined, argument: string): number | undefined {
  const value = annotationValue(annotation, argument);
  return value?.kind === "number" && value.number > 0 ? value.number : undefined;
}

/** What stands before constraints and defaults. */
const firstType = (definition: string): string =>
  definition.replace(/\s+(?:(?:not\s+)?null|default|unique|primary|check|references|constraint|generated)\b.*$/is, "");

const BY_CODE: Readonly<Record<string, string>> = {
  JSON: "jsonb",
  UUID: "uuid",
  LONGVARCHAR: "text",
  LONG32VARCHAR: "text",
  VARBINARY: "bytea",
  LONGVARBINARY: "bytea",
  LONG32VARBINARY: "bytea",
  INTEGER: "int4",
  BIGINT: "int8",
  SMALLINT: "int2",
  INET: "inet",
  TIMESTAMP_UTC: "timestamptz",
};

const ARRAYS: Readonly<Record<string, string>> = {
  "byte[]": "bytea",
  "Byte[]": "bytea",
  "char[]": "varchar(255)",
  "String[]": "varchar(255)[]",
};

const BY_JAVA_TYPE: Readonly<Record<string, string>> = {
  byte: "int2",
  "java.lang.Byte": "int2",
  short: "int2",
  "java.lang.Short": "int2",
  int: "int4",
  "java.lang.Integer": "int4",
  long: "int8",
  "java.lang.Long": "int8",
  boolean: "bool",
  "java.lang.Boolean": "bool",
  float: "float4",
  "java.lang.Float": "float4",
  double: "float8",
  "java.lang.Double": "float8",
  char: "bpchar(1)",
  "java.lang.Character": "bpchar(1)",
  "java.math.BigInteger": "numeric(38)",
  "java.util.UUID": "uuid",
  "java.time.LocalDate": "date",
  "java.sql.Date": "date",
  "java.time.LocalTime": "time",
  "java.time.LocalDateTime": "timestamp",
  "java.util.Date": "timestamp",
  "java.util.Calendar": "timestamp",
  "java.sql.Timestamp": "timestamp",
  "java.time.Instant": "timestamptz",
  "java.time.OffsetDateTime": "timestamptz",
  "java.time.ZonedDateTime": "timestamptz",
  "java.time.Duration": "numeric(21)",
};
