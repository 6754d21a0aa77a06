import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import type { RepositoryCall } from "../../../model/persistence/sent/repositoryCalls.ts";
import { insertAt, replace } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";

/** `PageRequest.of(page, size)`, with `Sort.unsorted()` or without → `PageRequest.of(page, size, Sort.by("id"))`, by the entity's key. */
export function sortById(model: Model, method: MethodNode, request: CodeNode, { repository, query }: RepositoryCall): readonly Fix[] {
  const entity = repository.entity === undefined ? undefined : model.persistence.entity(repository.entity);
  const keys = entity?.attributes.filter(({ id, kind }) => id && kind === "basic") ?? [];
  const [key] = keys;
  // Spring Data cannot put an order into every statement that is written out.
  if (key === undefined || keys.length > 1 || query?.source === "native") return [];
  const { file } = method.declared.owner;
  // The span alone: a finding that kept the node would keep the whole body.
  const { start, end } = request;
  const none = childrenOf(request, "argument")[2];
  const unsorted: Span | undefined = none && { start: none.start, end: none.end };
  return [
    {
      title: `Sort by ${key.name}`,
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        const close = end - 1;
        const written = /^([\w.]+\.)?PageRequest\b/.exec(text?.slice(start, end) ?? "");
        if (text === undefined || text[close] !== ")" || written === null) return undefined;
        // Who writes whole names has another class of the short one, or wants no import.
        const [, within] = written;
        const sort = `${within ?? ""}Sort.by("${key.name}")`;
        const edits = [
          ...importEdits(file, text, within === undefined ? ["org.springframework.data.domain.Sort"] : []),
          unsorted === undefined ? insertAt(close, `, ${sort}`) : replace(unsorted, sort),
        ];
        return [{ kind: "change", file: file.file, edits }];
      },
    },
  ];
}
