import { ancestorsOf, type CodeNode } from "../../../facts/java/code.ts";
import type { BodyCode } from "../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { indentAt, lineBreakOf, replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";

/**
 * `Connection c = pool.getConnection(); …` → `try (Connection c = pool.getConnection()) { … }`, to the end of the block; the same for a
 * connection that one statement takes and uses.
 */
export function closeConnection(method: MethodNode, code: BodyCode, taken: CodeNode): readonly Fix[] {
  const wrapped = behindVariable(code, taken) ?? inStatement(code, taken);
  if (wrapped === undefined) return [];
  const { file } = method.declared.owner;
  return [
    {
      title: "Close the connection behind its use",
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        const edit = text === undefined ? undefined : wrapped(text);
        if (text === undefined || edit === undefined) return undefined;
        return [{ kind: "change", file: file.file, edits: [...importEdits(file, text, ["java.sql.Connection"]), edit] }];
      },
    },
  ];
}

type Wrap = (text: string) => ReturnType<typeof replace> | undefined;

function behindVariable(code: BodyCode, taken: CodeNode): Wrap | undefined {
  const local = taken.parent;
  const block = local?.parent;
  if (local?.kind !== "local" || taken.role !== "value" || local.role === "resource" || block?.kind !== "block") return undefined;
  if (!/^(?:[\w.]*Connection|var)$/.test(local.type) || code.usesOf(local).some(({ role }) => role === "target")) return undefined;
  const last = block.children.at(-1);
  if (last === undefined || last === local) return undefined;
  return (text) => {
    const end = text.indexOf(";", taken.end) + 1;
    const close = text.lastIndexOf("}", block.end - 1);
    if (end === 0 || text.slice(taken.end, end).trim() !== ";" || close < last.end) return undefined;
    const declared = text.slice(local.start, taken.end);
    return wrap(text, local.start, text.slice(local.start, close).trimEnd().length + local.start, declared, text.slice(end, close).trim());
  };
}

/** The statement around, which is run once and declares nothing. */
function inStatement(code: BodyCode, taken: CodeNode): Wrap | undefined {
  if (taken.role === "value") return undefined;
  const around = [...ancestorsOf(taken)];
  const at = around.findIndex(({ kind, statement }) => kind === "return" || statement);
  const statement = around[at];
  const variable = ["connection", "pooled", "taken"].find((name) => !code.nodes.some(({ text }) => text === name));
  if (statement?.parent?.kind !== "block" || variable === undefined || around.slice(0, at).some(({ kind }) => kind === "lambda"))
    return undefined;
  return (text) => {
    const end = text.indexOf(";", statement.end - 1) + 1;
    if (end === 0 || text.slice(statement.end, end).trim().length > 1) return undefined;
    const inner = `${text.slice(statement.start, taken.start)}${variable}${text.slice(taken.end, end)}`;
    return wrap(text, statement.start, end, `Connection ${variable} = ${text.slice(taken.start, taken.end)}`, inner);
  };
}

function wrap(text: string, start: number, end: number, resource: string, body: string): ReturnType<typeof replace> | undefined {
  // Text blocks would be another text when they are moved.
  if (/"""/.test(body)) return undefined;
  const lineBreak = lineBreakOf(text);
  const indent = indentAt(text, start);
  const unit = indent.includes("\t") ? "\t" : "    ";
  const moved = body
    .split(lineBreak)
    .map((line, i) => (i === 0 || line.trim() === "" ? line : unit + line))
    .join(lineBreak);
  return replace({ start, end }, `try (${resource}) {${lineBreak}${indent}${unit}${moved}${lineBreak}${indent}}`);
}
