import { ancestorsOf, type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { indentAt, insertAt, lineBreakOf, remove, replace } from "../../../../text/edits.ts";
import type { Fix } from "../../../finding.ts";

/** `saveAndFlush` in a loop → `save`, and one `flush` behind the loop. */
export function flushBehindLoop(method: MethodNode, call: CodeNode): readonly Fix[] {
  const loop = [...ancestorsOf(call)].find(({ kind }) => /^(?:foreach|for|while|do|lambda)$/.test(kind));
  const receiver = childOf(call, "receiver");
  if (call.kind !== "call" || loop === undefined || loop.kind === "lambda" || loop.parent?.kind !== "block") return [];
  if (receiver?.kind !== "name" && receiver?.kind !== "field") return [];
  if (!endsRound(call, loop)) return [];
  const { file } = method.declared.owner.file;
  return [
    {
      title: "Flush once, behind the loop",
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(call.text, call.nameStart)) return undefined;
        const flush = `${lineBreakOf(text)}${indentAt(text, loop.start)}${text.slice(receiver.start, receiver.end)}.flush();`;
        if (call.text === "saveAndFlush") {
          const name = { start: call.nameStart, end: call.nameStart + call.text.length };
          return [{ kind: "change", file, edits: [replace(name, "save"), insertAt(loop.end, flush)] }];
        }
        const from = text.lastIndexOf("\n", call.start) + 1;
        const next = text.indexOf("\n", call.end) + 1;
        if (!call.statement || text.slice(from, call.start).trim() !== "" || next === 0 || text.slice(call.end, next).trim() !== ";")
          return undefined;
        return [{ kind: "change", file, edits: [remove({ start: from, end: next }), insertAt(loop.end, flush)] }];
      },
    },
  ];
}

/** Whether nothing in the loop runs behind the call: what does may need the flush, as new rows that take the place of deleted ones. */
function endsRound(call: CodeNode, loop: CodeNode): boolean {
  let inner = call;
  for (const around of ancestorsOf(call)) {
    if (around === loop) return true;
    if (around.kind === "block" && around.children.at(-1) !== inner) return false;
    inner = around;
  }
  return false;
}
