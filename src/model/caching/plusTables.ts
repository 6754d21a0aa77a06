import type { CodeNode } from "../../facts/java/code.ts";
import type { Typer } from "../calls/typing/typer.ts";
import { recordTableName } from "../persistence/mapping/records.ts";
import type { TypeIndex } from "../types/typeIndex.ts";

/** A table by the class that MyBatis-Plus keeps in it. */
export interface RecordTable {
  /** Lower case. */
  readonly table: string;
  /** The file that declares the class. */
  readonly file: string;
}

/** Types of MyBatis-Plus that read and write one class, their type argument `T`. */
const KEEPERS: ReadonlySet<string> = new Set([
  "BaseMapper",
  "IService",
  "ServiceImpl",
  "LambdaQueryChainWrapper",
  "QueryChainWrapper",
  "LambdaUpdateChainWrapper",
  "UpdateChainWrapper",
]);

/** The table that a call of MyBatis-Plus's own methods is about; undefined for every other call. */
export function recordTable(types: TypeIndex, typer: Typer, call: CodeNode): RecordTable | undefined {
  const { library } = typer.calleeOf(call);
  const kept = library !== undefined && KEEPERS.has(library.type) ? library.bindings.get("T") : undefined;
  const entry = kept === undefined ? undefined : types.entryOf(kept, typer.entry.file.file);
  if (entry === undefined || entry.type.kind !== "class") return undefined;
  return { table: recordTableName(types, entry).toLowerCase(), file: entry.file.file };
}

/** A read of one row that the caller asks for, or a write that adds rows. */
export const isNarrowCall = ({ text }: CodeNode): boolean =>
  /^(?:getById|getOne|selectById|selectOne|one|oneOpt|insert|save|saveBatch)$/.test(text);
