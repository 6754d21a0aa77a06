import { type CodeNode, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { indentAt, insertAt, lineBreakOf, remove, replace } from "../../../../text/edits.ts";
import { contains } from "../../../../text/positions.ts";
import type { Fix } from "../../../finding.ts";
import type { InvariantRead } from "../../shared/loops/invariantReads.ts";

/** Moves `Type name = repository.query(…);` from the body of a loop to the line before the loop. */
export function hoistQuery(method: MethodNode, call: CodeNode, loop: CodeNode): readonly Fix[] {
  const local = statementOf(call);
  if (local?.kind !== "local" || loop.kind !== "foreach" || loop.parent?.kind !== "block") return [];
  if (local.parent?.parent !== loop || local.parent.kind !== "block") return [];
  // The name must be free around the loop, and whoever changes the object in one round would see it in the next.
  let root: CodeNode = loop;
  while (root.parent !== undefined) root = root.parent;
  const others = nodesOf(root).filter((node) => node.text === local.text && node !== local && contains(loop, node) === false);
  if (others.length > 0 || nodesOf(loop).some((node) => node.kind === "assign" && node.children[0]?.text === local.text)) return [];
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Ask ${call.text} once, before the loop`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(call.text, call.nameStart)) return undefined;
        const end = text.indexOf(";", local.end - 1) + 1;
        if (end <= 0 || text.slice(local.end, end - 1).trim().length > 0) return undefined;
        const from = text.lastIndexOf("\n", local.start) + 1;
        const next = text.indexOf("\n", end);
        if (text.slice(from, local.start).trim() !== "" || next < 0 || text.slice(end, next).trim() !== "") return undefined;
        const inner = indentAt(text, local.start);
        const outer = indentAt(text, loop.start);
        const moved = text
          .slice(local.start, end)
          .split(/\r?\n/)
          .map((line, i) => (i === 0 || !line.startsWith(inner) ? line : outer + line.slice(inner.length)));
        const lineBreak = lineBreakOf(text);
        return [
          {
            kind: "change",
            file,
            edits: [insertAt(loop.start, `${moved.join(lineBreak)}${lineBreak}${outer}`), remove({ start: from, end: next + 1 })],
          },
        ];
      },
    },
  ];
}

/** `i < orders.count()` → `long count = orders.count();` before the loop, and `i < count`. */
export function askBefore(method: MethodNode, code: BodyCode, { call, loop }: InvariantRead): readonly Fix[] {
  const type = code.typer.typeOf(call)?.name;
  const name = call.text;
  const written = type === undefined ? undefined : NUMBERS[type];
  if (written === undefined || loop.parent?.kind !== "block" || code.nodes.some((node) => node.kind !== "call" && node.text === name))
    return [];
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Ask ${name} once, before the loop`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(name, call.nameStart)) return undefined;
        const declared = `${written} ${name} = ${text.slice(call.start, call.end)};${lineBreakOf(text)}${indentAt(text, loop.start)}`;
        return [{ kind: "change", file, edits: [insertAt(loop.start, declared), replace({ start: call.start, end: call.end }, name)] }];
      },
    },
  ];
}

const NUMBERS: Readonly<Record<string, string>> = { long: "long", int: "int", "java.lang.Long": "long", "java.lang.Integer": "int" };

/** The declaration that a call, or a chain that starts with it, is the value of. */
function statementOf(call: CodeNode): CodeNode | undefined {
  let at = call;
  while (
    at.parent?.kind === "call" &&
    at.role === "receiver" &&
    /^(?:orElseThrow|orElse|get)$/.test(at.parent.text) &&
    at.parent.children.length === 1
  )
    at = at.parent;
  return at.role === "value" ? at.parent : undefined;
}
