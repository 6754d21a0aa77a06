import type { CodeNode } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import type { RepositoryCall } from "../../../model/persistence/sent/repositoryCalls.ts";
import { type FileEdit, lineAt, longestLine, replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { withoutBreaks } from "./chains.ts";
import { dropLocal, isReadNext } from "./inlineLocal.ts";
import { addRepositoryMethod, isImplemented, twinOf, withParametersOf } from "./repositoryMethod.ts";

/**
 * `owners.countByCity(city) > 0` → `owners.existsByCity(city)`, added to the repository where it is missing. A variable that holds what
 * was read goes, where it is read once, right behind it.
 */
export function useExists(
  model: Model,
  method: MethodNode,
  call: CodeNode,
  { declared, query, name, repository, port }: RepositoryCall,
  test: { readonly node: CodeNode; readonly negated: boolean },
  value: CodeNode,
): readonly Fix[] {
  if (port) return [];
  const held = value === call ? undefined : call.parent;
  if (held !== undefined && !isReadNext(method.declared.owner.file, held, test.node)) return [];
  const own = declared === undefined && name === "findById";
  if (!own && (query?.source !== "derived" || /IgnoreCase$/.test(name) || query.limit !== "none")) return [];
  const exists = own ? "existsById" : name.replace(/^[a-z]+(?:\p{Lu}.*?)??By/u, "existsBy").replace(/OrderBy\p{Lu}.*$/u, "");
  const entry = model.types.declared(repository.qualified);
  if (entry === undefined || exists === name) return [];
  const twin = own || declared === undefined ? undefined : twinOf(model, entry, exists, declared);
  if (twin === "other") return [];
  const known = own || twin !== undefined;
  const { file } = method.declared.owner.file;
  if (!known && (entry.file.file === file || isImplemented(model, entry) || entry.type.methods.every((other) => other !== declared)))
    return [];
  return [
    {
      title: known ? `Ask ${exists}` : `Add ${exists} and ask it`,
      safe: false,
      ...(known ? {} : { addsTo: entry.file.file }),
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(name, call.nameStart)) return undefined;
        const chain = `${text.slice(call.start, call.nameStart)}${exists}${text.slice(call.nameStart + name.length, call.end)}`;
        const asked =
          held === undefined ? chain : onOneLine(chain, test.node.end - test.node.start, lineAt(text, test.node.start), longestLine(text));
        const around = test.node.parent;
        const twice = test.negated && around?.kind === "unary" && around.text === "!";
        const dropped = held === undefined ? [] : dropLocal(method.declared.owner.file, text, held, call);
        if (dropped === undefined) return undefined;
        const change: FileEdit = {
          kind: "change",
          file,
          edits: [...dropped, replace(twice ? around : test.node, test.negated && !twice ? `!${asked}` : asked)],
        };
        if (known) return [change];
        const source = sources.text(entry.file.file);
        if (source === undefined || declared === undefined) return undefined;
        const declaration = `${withParametersOf(`boolean ${exists}(`, declared, source)};`;
        const added = addRepositoryMethod({ repository: entry, declaration, imports: [] }, sources);
        return added === undefined ? undefined : [change, added];
      },
    },
  ];
}

/** A chain that was broken behind a declaration has room elsewhere, in the place of `replaced` characters of a line. */
function onOneLine(chain: string, replaced: number, line: string, longest: number): string {
  const joined = withoutBreaks(chain);
  return line.length - replaced + joined.length < longest ? joined : chain;
}
