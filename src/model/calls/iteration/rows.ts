import { type CodeNode, childOf, nodesOf } from "../../../facts/java/code.ts";
import { simpleName } from "../../types/type.ts";
import type { Typer } from "../typing/typer.ts";
import { describe } from "./describe.ts";

interface Rows {
  readonly over: string;
  readonly element: string;
}

/** `(line = reader.readLine()) != null`, `rows.next()` of JDBC, `scanner.hasNextLine()`: as many rounds as there are lines or rows. */
export function rowOf(condition: CodeNode, typer: Typer): Rows | undefined {
  for (const node of nodesOf(condition)) {
    const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
    if (on === undefined) continue;
    const type = typer.typeOf(on);
    const readBy = type === undefined ? undefined : ROW_READERS[simpleName(type)];
    if (readBy?.test(node.text) !== true) continue;
    const kept = node.parent?.kind === "assign" ? childOf(node.parent, "target") : on;
    return { over: describe(on), element: kept?.kind === "name" ? kept.text : "" };
  }
  return undefined;
}

const ROW_READERS: Readonly<Record<string, RegExp>> = Object.assign(Object.create(null), {
  BufferedReader: /^readLine$/,
  LineNumberReader: /^readLine$/,
  CSVReader: /^readNext$/,
  Scanner: /^hasNextLine$/,
  ResultSet: /^next$/,
  SqlRowSet: /^next$/,
});
