import type { Table } from "../schema.ts";

/** Says of a table why it stays small, where its definition or the migrations show it. */
export function withSmall(table: Table): Table {
  const small = whySmall(table);
  return small === table.small ? table : { ...table, small };
}

const FEW_VALUES = 100;
const FEW_ROWS = 1_000;
const FEW_COLUMNS = 6;

function whySmall(table: Table): string | undefined {
  for (const { column, values } of table.checks) {
    if (column === undefined) continue;
    const alone = table.indexes.some((index) => index.unique && index.predicate === undefined && isOnly(index.keys, column));
    if (alone && values <= FEW_VALUES) return values === 1 ? "a check leaves it one row" : `a check leaves it ${values} rows`;
  }
  return isLookup(table) ? "its rows come from migrations" : undefined;
}

/**
 * Several seeded rows in a narrow table that belongs to no other and keeps no times, or whose key is a code: a list of kinds. One row
 * alone is more often the first administrator.
 */
function isLookup(table: Table): boolean {
  const columns = [...table.columns.values()];
  return (
    table.seededRows >= 2 &&
    table.seededByFiles === undefined &&
    table.seededRows <= FEW_ROWS &&
    table.foreignKeys.length === 0 &&
    (hasCode(table) ? columns.length <= FEW_COLUMNS + 2 : columns.length <= FEW_COLUMNS && !columns.some(isTime))
  );
}

/** Kinds that come and go have days on which they begin and end. */
const hasCode = ({ indexes }: Table): boolean =>
  indexes.some(({ constraint, keys }) => constraint === "primary" && keys.length === 1 && /(?:^|_)code$/.test(keys[0]?.column ?? ""));

const isTime = ({ type }: { readonly type: string }): boolean => /^(timestamp|date)/.test(type);

const isOnly = (keys: Table["indexes"][number]["keys"], column: string): boolean => keys.length === 1 && keys[0]?.column === column;
