import { ancestorsOf, type CodeNode } from "../../../facts/java/code.ts";
import type { BodyCode } from "../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";
import { freeVariable, statementInTry, tryWith } from "./tryWithResource.ts";

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

type Wrap = (text: string) => TextEdit | undefined;

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
    const whole = { start: local.start, end: text.slice(0, close).trimEnd().length };
    return tryWith(text, whole, declared, text.slice(end, close).trim());
  };
}

/** The statement around, which is run once and declares nothing. */
function inStatement(code: BodyCode, taken: CodeNode): Wrap | undefined {
  if (taken.role === "value") return undefined;
  const around = [...ancestorsOf(taken)];
  const at = around.findIndex(({ kind, statement }) => kind === "return" || statement);
  const statement = around[at];
  const name = freeVariable(code, "connection", "pooled", "taken");
  if (statement?.parent?.kind !== "block" || name === undefined || around.slice(0, at).some(({ kind }) => kind === "lambda"))
    return undefined;
  return (text) => statementInTry(text, statement, taken, { type: "Connection", name });
}
