/** The functions and procedures that a statement of SQL calls, lower case, without their PostgreSQL schema; most built-in ones left out. */
export function calledFunctions(text: string): readonly string[] {
  const plain = text.replace(/'(?:[^']|'')*'|--[^\n]*/g, "''");
  const names = new Set<string>();
  const called = /^\s*\{?\s*(?:\?\s*=\s*)?call\s+(?:\w+\.)?(\w+)/i.exec(plain)?.[1];
  if (called !== undefined) names.add(called.toLowerCase());
  for (const [, before, name = ""] of plain.matchAll(CALL)) {
    // `insert into t (a, b)`, `create index i on t (a)`.
    if (before === undefined && !BUILT_IN.has(name.toLowerCase())) names.add(name.toLowerCase());
  }
  return [...names];
}

const CALL = /(\b(?:into|table|as|on|references|with|,)\s+)?(?<![\w.:@])(?:"?[a-z_]\w*"?\.)?"?([a-z_]\w*)"?\s*\(/gi;

const BUILT_IN: ReadonlySet<string> = new Set(
  (
    "all and any array array_agg as avg between bool_and bool_or by case cast cardinality ceil coalesce concat count current_date date date_part " +
    "date_trunc distinct else exists extract filter floor from greatest having in interval is join json_agg json_build_object jsonb_agg " +
    "jsonb_build_object lateral least left length like limit lower max min not now nullif numeric offset on or order over partition position " +
    "replace returning right round row row_number select set sum string_agg substring then to_char to_date to_timestamp trim union unnest upper " +
    "using values varchar when where with within"
  ).split(" "),
);
