import { bindsName, type DartNode, nodesIn } from "../../../facts/dart/code.ts";
import type { DartFile } from "../../../facts/fileFacts.ts";
import type { PerElement } from "../../../model/client/database/perElement.ts";
import { indentAt, lineBreakOf, replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { holdsLines, reindent } from "./reindent.ts";

/** What a transaction can do as its database does. */
const OF_BOTH = new Set(["insert", "update", "delete", "query", "rawInsert", "rawUpdate", "rawDelete", "rawQuery", "execute"]);

/**
 * Puts a loop into one transaction, where nothing in it waits for anything but its own database: another call would wait for the
 * transaction that waits for it. All of the loop is then undone when one element fails, so it is a suggestion.
 */
export function inTransaction({ loop, chain, call, body }: PerElement, file: DartFile): readonly Fix[] {
  const { node } = loop;
  const [head] = chain.children;
  if (call.handle !== "database" || head?.kind !== "name" || (node.kind !== "for" && node.kind !== "foreach")) return [];
  if (node.parent?.kind !== "block" || holdsLines(node) || standsInLoop(node)) return [];
  const inside = [...nodesIn(node)];
  if (inside.some(({ kind }) => /^(?:return|yield|closure|function|throw)$/.test(kind)) || setsOuterNames(inside)) return [];
  if ([...nodesIn(body)].some(({ text }) => text === "txn")) return [];
  const uses = inside.filter(({ kind, text }) => kind === "name" && text === head.text);
  const onBoth = uses.every(({ role, parent }) => role === "head" && parent?.kind === "chain" && OF_BOTH.has(memberOf(parent)));
  const waits = inside.filter(({ kind }) => kind === "await");
  if (!onBoth || !waits.every(({ children }) => children[0]?.kind === "chain" && children[0].children[0]?.text === head.text)) return [];
  const bang = chain.children[1]?.kind === "bang" ? "!" : "";
  if (uses.some(({ parent }) => (parent?.children[1]?.kind === "bang") !== (bang === "!"))) return [];
  return [
    {
      title: "Write all elements in one transaction",
      safe: false,
      edits: (sources) => {
        const text = sources.text(file.file);
        if (text === undefined || text.length !== file.length) return undefined;
        const [nl, indent] = [lineBreakOf(text), indentAt(text, node.start)];
        let source = text.slice(node.start, node.end);
        for (const { start } of uses.toReversed()) {
          const at = start - node.start;
          source = `${source.slice(0, at)}txn${source.slice(at + head.text.length + bang.length)}`;
        }
        const moved = reindent(source, indent, `${indent}  `, nl);
        const lines = [`await ${head.text}${bang}.transaction((txn) async {`, `${indent}  ${moved}`, `${indent}});`];
        return [{ kind: "change", file: file.file, edits: [replace({ start: node.start, end: node.end }, lines.join(nl))] }];
      },
    },
  ];
}

const memberOf = ({ children }: DartNode): string => children.find(({ kind }) => kind === "property")?.text ?? "";

function standsInLoop(node: DartNode): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (/^(?:for|foreach|while|do)$/.test(at.kind)) return true;
  return false;
}

/** A closure that sets a local of its surroundings takes away what the compiler knows about it. */
function setsOuterNames(inside: readonly DartNode[]): boolean {
  const own = new Set(inside.filter(bindsName).map(({ text }) => text));
  return inside.some(({ kind, children, text }) => {
    if (kind !== "assign" && !(kind === "update" || (kind === "unary" && /^(?:\+\+|--)$/.test(text)))) return false;
    const [target] = children;
    return target?.kind === "name" && !own.has(target.text);
  });
}
