import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";

/** A name that none of the methods uses. */
export function freeName(model: Model, methods: readonly MethodNode[], name: string): string {
  const taken = new Set(
    methods.flatMap((method) => [
      ...model.calls.codeOf(method).nodes.map((node) => node.text),
      ...method.declared.method.parameters.map((parameter) => parameter.name),
    ]),
  );
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}
