import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import type { RepositoryCall } from "../../../model/persistence/sent/repositoryCalls.ts";
import { replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";

const JPA: ReadonlySet<string> = new Set(["JpaRepository"]);

/** `deleteAll(list)` → `deleteAllInBatch(list)`, which JpaRepository has. */
export function deleteInBatch(model: Model, method: MethodNode, call: CodeNode, { name, repository }: RepositoryCall): readonly Fix[] {
  const entry = model.types.declared(repository.qualified);
  if (entry === undefined || !model.types.reaches(entry, JPA) || childrenOf(call, "argument").length > 1) return [];
  const batch = name === "deleteAllById" ? "deleteAllByIdInBatch" : "deleteAllInBatch";
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Delete with ${batch}`,
      safe: false,
      edits(sources) {
        const span = { start: call.nameStart, end: call.nameStart + name.length };
        return sources.text(file)?.startsWith(name, span.start) ? [{ kind: "change", file, edits: [replace(span, batch)] }] : undefined;
      },
    },
  ];
}
