import type { CodeNode } from "../../../facts/java/code.ts";
import type { BodyCode } from "../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { simpleName } from "../../../model/types/type.ts";
import type { Fix } from "../../finding.ts";
import { callOn } from "../shared/reads/listReads.ts";
import { importEdits } from "./imports.ts";
import { freeVariable, statementInTry } from "./tryWithResource.ts";

/**
 * `rows.streamAll().forEach(…);` → `try (Stream<Row> stream = rows.streamAll()) { stream.forEach(…); }`, and the same for a chain that
 * is returned.
 */
export function closeStream(method: MethodNode, code: BodyCode, call: CodeNode): readonly Fix[] {
  const statement = statementOf(call);
  const [element, ...more] = code.typer.typeOf(call)?.args ?? [];
  const name = freeVariable(code, "stream", "rows", "results");
  if (statement === undefined || element === undefined || element.args.length > 0 || more.length > 0 || name === undefined) return [];
  const { file } = method.declared.owner;
  return [
    {
      title: "Close the stream behind its use",
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        const edit =
          text === undefined ? undefined : statementInTry(text, statement, call, { type: `Stream<${simpleName(element)}>`, name });
        if (text === undefined || edit === undefined) return undefined;
        const imports = importEdits(file, text, ["java.util.stream.Stream", element.name]);
        return [{ kind: "change", file: file.file, edits: [...imports, edit] }];
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
