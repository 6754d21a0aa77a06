import type { DartParameter } from "./dartFacts.ts";
import { type DartTree, dartType } from "./tree.ts";

interface ReadParameter extends DartParameter {
  readonly nameStart: number;
}

/** The parameters below a `formal_parameter_list`. */
export function parametersIn(tree: DartTree, list: number): readonly ReadParameter[] {
  const parameters: ReadParameter[] = [];
  for (const child of tree.children(list)) {
    const kind = tree.kind(child);
    if (kind === "formal_parameter") parameters.push(parameterOf(tree, child, false, false));
    if (kind !== "optional_formal_parameters") continue;
    const named = tree.flat.text.startsWith("{", tree.start(child));
    for (const inner of tree.children(child)) {
      if (tree.kind(inner) !== "formal_parameter") continue;
      parameters.push(
        parameterOf(tree, inner, named, !/\brequired\s*$/.test(tree.between(tree.start(child), tree.start(inner)).slice(-16))),
      );
    }
  }
  return parameters;
}

function parameterOf(tree: DartTree, node: number, named: boolean, optional: boolean): ReadParameter {
  const holder = tree.children(node).find((child) => /^(constructor_param|super_formal_parameter)$/.test(tree.kind(child))) ?? node;
  const binds = holder === node ? undefined : tree.kind(holder) === "constructor_param" ? "field" : "super";
  const name = lastIdentifier(tree, holder);
  const types = tree.children(holder).filter((child) => child < name && tree.ids.types.has(tree.flat.kind[child] as number));
  const [first, last] = [types[0], types.at(-1)];
  return {
    name: name < 0 ? "" : tree.text(name),
    nameStart: name < 0 ? tree.start(node) : tree.start(name),
    type: first === undefined || last === undefined ? undefined : dartType(tree.between(tree.start(first), tree.end(last))),
    named,
    optional: optional && !/^\s*required\b/.test(tree.text(node)),
    binds,
    span: tree.span(node),
  };
}

function lastIdentifier(tree: DartTree, node: number): number {
  const field = tree.field(node, tree.ids.field.name);
  if (field >= 0) return field;
  return tree.children(node).findLast((child) => tree.is(child, tree.ids.identifier)) ?? -1;
}
