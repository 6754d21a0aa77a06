import type { JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { sqlName } from "../mapping/naming.ts";
import { type ColumnRef, plain, type Source } from "./scanBuilder.ts";
import { isOneRow } from "./selectForms.ts";

/** The aliases of one select, and those around it. */
export class Scope {
  readonly sources = new Map<string, Source>();
  readonly around: Scope | undefined;

  constructor(around: Scope | undefined) {
    this.around = around;
  }

  find(alias: string): Source | undefined {
    return this.sources.get(alias.toLowerCase()) ?? this.around?.find(alias);
  }
}

/** Rows of no table: none, or none that matter. */
export const NOTHING: Source = { scan: undefined, entity: undefined };
export const MADE: Source = { ...NOTHING, rows: "made" };

export const rowsOf = (select: JpqlSelect): Source => (isOneRow(select) ? NOTHING : { ...NOTHING, rows: "selected" });

/** The columns that a name of SQL means where an alias may be left out. */
export function sqlColumns(parts: readonly string[], scope: Scope): readonly ColumnRef[] {
  const column = sqlName(parts.at(-1) ?? "");
  if (column === "" || column === "*") return [];
  if (parts.length > 1) {
    const scan = scope.find(parts.at(-2) ?? "")?.scan;
    return scan === undefined ? [] : [plain(scan, column)];
  }
  const scans = [...scope.sources.values()].map((source) => source.scan).filter((scan) => scan !== undefined);
  const [only, more] = scans;
  if (only === undefined) return [];
  const sure = more === undefined && scope.sources.size === 1 && scope.around === undefined;
  return sure ? [plain(only, column)] : scans.map((scan) => ({ ...plain(scan, column), ambiguous: true }));
}
