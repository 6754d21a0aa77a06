import type { CodeNode } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import { type FileEdit, replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { callOn, type ListRead } from "../shared/reads/listReads.ts";
import { addRepositoryMethod, isImplemented, withParametersOf } from "./repositoryMethod.ts";

/** `owners.findByCity(city).stream().findFirst()` → `owners.findFirstByCity(city)`, added to the repository where it is missing. */
export function findFirst(model: Model, method: MethodNode, { call, node }: ListRead, taken: CodeNode): readonly Fix[] {
  const { declared, query, name, repository } = call;
  const stream = callOn(node);
  if (declared === undefined || query?.source !== "derived" || stream?.text !== "stream") return [];
  if (taken.text !== "findFirst" || callOn(stream) !== taken || !/^(?:find|get|read|query|search)(?:All)?By\p{Lu}/u.test(name)) return [];
  const first = name.replace(/^[a-z]+(?:All)?By/, "findFirstBy");
  const entry = model.types.declared(repository.qualified);
  const element = /^(?:java\.util\.)?(?:List|Collection|Set)<(.+)>$/.exec(declared.returns)?.[1];
  if (entry === undefined || element === undefined || !entry.type.methods.includes(declared)) return [];
  const { file } = method.declared.owner.file;
  const present = model.types.methodsOf(entry, first);
  const known = present.some(
    ({ method: { parameters, returns } }) => parameters.length === declared.parameters.length && /^Optional</.test(returns),
  );
  if (!known && (entry.file.file === file || present.length > 0 || isImplemented(model, entry))) return [];
  return [
    {
      title: known ? `Ask ${first}` : `Add ${first} and ask it`,
      safe: false,
      ...(known ? {} : { addsTo: entry.file.file }),
      edits(sources) {
        const text = sources.text(file);
        const source = sources.text(entry.file.file);
        if (text === undefined || source === undefined || !text.startsWith(name, node.nameStart)) return undefined;
        const asked = `${text.slice(node.start, node.nameStart)}${first}${text.slice(node.nameStart + name.length, node.end)}`;
        const change: FileEdit = { kind: "change", file, edits: [replace({ start: node.start, end: taken.end }, asked)] };
        if (known) return [change];
        const declaration = `${withParametersOf(`Optional<${element}> ${first}(`, declared, source)};`;
        const added = addRepositoryMethod({ repository: entry, declaration, imports: ["java.util.Optional"] }, sources);
        return added === undefined ? undefined : [change, added];
      },
    },
  ];
}
