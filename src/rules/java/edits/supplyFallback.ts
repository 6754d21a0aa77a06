import { ancestorsOf, type CodeNode, nodesOf } from "../../../facts/java/code.ts";
import type { BodyCode } from "../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import { insertAt, replace } from "../../../text/edits.ts";
import type { Fix, Sources } from "../../finding.ts";
import { isSetAgain } from "./lookups/askOnce.ts";

/** A value that is worked out before the call that may do without it. */
export interface Fallback {
  readonly taker: CodeNode;
  readonly value: CodeNode;
  /** The call in it that works. */
  readonly call: string;
}

/** What takes a function that works the fallback out. */
const SUPPLIED: Readonly<Record<string, string>> = { orElse: "orElseGet", requireNonNullElse: "requireNonNullElseGet" };

/** `orElse(load(id))` → `orElseGet(() -> load(id))`. */
export function supplyFallback(model: Model, method: MethodNode, code: BodyCode, { taker, value, call }: Fallback): readonly Fix[] {
  const supplied = SUPPLIED[taker.text];
  // A lambda sees nothing but variables that are set once.
  if (supplied === undefined || nodesOf(value).some((node) => node.kind === "name" && isSetAgain(node, code))) return [];
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Call ${call} only where it is needed, with ${supplied}`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(taker.text, taker.nameStart) || mayThrow(model, method, code, value, sources))
          return undefined;
        const name = { start: taker.nameStart, end: taker.nameStart + taker.text.length };
        return [{ kind: "change", file, edits: [replace(name, supplied), insertAt(value.start, "() -> ")] }];
      },
    },
  ];
}

/** Whether a checked exception may leave the value, which no supplier may throw: only where somebody around it would take one. */
function mayThrow(model: Model, method: MethodNode, code: BodyCode, value: CodeNode, sources: Sources): boolean {
  const isTaken = declaresThrows(method, sources) || [...ancestorsOf(value)].some(({ kind }) => kind === "try" || kind === "lambda");
  return isTaken && nodesOf(value).some((node) => /^(?:call|new)$/.test(node.kind) && !throwsNothing(model, method, code, node, sources));
}

/** Whether a call is known to declare no exception: a query of a repository, or methods of the workspace that say so. */
function throwsNothing(model: Model, { sites }: MethodNode, code: BodyCode, call: CodeNode, sources: Sources): boolean {
  const own = sites.filter((site) => code.callOf(site) === call);
  return (
    own.length > 0 &&
    own.every(({ targets }) => {
      const called = targets.map((target) => model.calls.method(target));
      return called.length > 0 && called.every((one) => one !== undefined && !declaresThrows(one, sources));
    })
  );
}

/** Whether `throws` stands between a method's name and its body; yes where nobody can look. */
function declaresThrows({ declared: { owner, method } }: MethodNode, sources: Sources): boolean {
  const text = sources.text(owner.file.file);
  return text === undefined || /^[^{;]*\bthrows\b/.test(text.slice(method.nameSpan.end, method.span.end));
}
