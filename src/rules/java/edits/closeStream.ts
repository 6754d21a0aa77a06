import type { CodeNode } from "../../../facts/java/code.ts";
import type { BodyCode } from "../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { indentAt, lineBreakOf, replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { callOn } from "../shared/listReads.ts";
import { importEdits } from "./imports.ts";

/**
 * `rows.streamAll().forEach(…);` → `try (Stream<Row> stream = rows.streamAll()) { stream.forEach(…); }`, and the same for a chain that
 * is returned.
 */
export function closeStream(method: MethodNode, code: BodyCode, call: CodeNode): readonly Fix[] {
  const statement = statementOf(call);
  const [element, ...more] = code.typer.typeOf(call)?.args ?? [];
  const variable = ["stream", "rows", "results"].find((name) => !code.nodes.some(({ text }) => text === name));
  if (statement === undefined || element === undefined || element.args.length > 0 || more.length > 0 || variable === undefined) return [];
  const { file } = method.declared.owner;
  const simple = element.name.slice(element.name.lastIndexOf(".") + 1);
  return [
    {
      title: "Close the stream behind its use",
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        const end = text === undefined ? -1 : text.indexOf(";", statement.end - 1) + 1;
        if (text === undefined || end === 0 || text.slice(statement.end, end).trim().length > 1) return undefined;
        const lineBreak = lineBreakOf(text);
        const indent = indentAt(text, statement.start);
        const unit = indent.includes("\t") ? "\t" : "    ";
        const inner = `${text.slice(statement.start, call.start)}${variable}${text.slice(call.end, end)}`;
        const source = text.slice(call.start, call.end);
        if (/"""/.test(inner)) return undefined;
        const body = inner.split(lineBreak).join(`${lineBreak}${unit}`);
        const closed = `try (Stream<${simple}> ${variable} = ${source}) {${lineBreak}${indent}${unit}${body}${lineBreak}${indent}}`;
        const imports = importEdits(file, text, ["java.util.stream.Stream", element.name]);
        return [{ kind: "change", file: file.file, edits: [...imports, replace({ start: statement.start, end }, closed)] }];
      },
    },
  ];
}

/** The statement that consumes a stream in one chain of calls. */
function statementOf(call: CodeNode): CodeNode | undefined {
  let top = call;
  for (let on = callOn(top); on !== undefined; on = callOn(on)) top = on;
  if (top === call) return undefined;
  const statement = top.parent?.kind === "return" ? top.parent : top.statement ? top : undefined;
  return statement?.parent?.kind === "block" ? statement : undefined;
}
