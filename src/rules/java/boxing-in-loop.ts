import { ancestorsOf, type CodeNode, childOf } from "../../facts/java/code.ts";
import { usesOf } from "../../model/calls/locals.ts";
import { replace } from "../../text/edits.ts";
import { contains } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type Body, bodiesWith, LOOPS, waitsBeside } from "./shared/running/hotPath.ts";

export const boxingInLoop = defineRule({
  id: "java/boxing-in-loop",
  title: "A boxed number counts in a loop",
  language: "java",
  certainty: "possible",
  cost: "one object for each round, of Integer and Long beyond -128 to 127",
  references: ["https://docs.oracle.com/javase/specs/jls/se21/html/jls-5.html#jls-5.1.7"],
  messages: { boxed: "{{name}} is boxed as {{type}}: each round of the loop boxes it anew" },

  check({ file, model, report }) {
    for (const body of bodiesWith(model, file, Object.keys(PRIMITIVE), LOOPS)) {
      for (const local of body.nodes) {
        if (local.kind !== "local" || PRIMITIVE[local.type] === undefined) continue;
        const counted = body.nodes.find((node) => counts(node, local, body));
        if (counted === undefined || waitsBeside(model, body, counted)) continue;
        report({ at: counted, message: "boxed", data: { name: local.text, type: local.type }, fixes: usePrimitive(body, local) });
      }
    }
  },
});

const PRIMITIVE: Readonly<Record<string, string>> = { Integer: "int", Long: "long", Double: "double", Float: "float" };

/** `x += …`, `x++` and `x = x + …` in a loop that `x` is declared outside of. */
function counts(node: CodeNode, local: CodeNode, { typer }: Body): boolean {
  const name = targetOf(node);
  if (name?.text !== local.text || name.kind !== "name" || typer.declarationOf(name) !== local) return false;
  for (const around of ancestorsOf(node)) {
    if (/^(foreach|for|while|do)$/.test(around.kind)) return !contains(around, local);
    if (around.kind === "lambda" || around.kind === "method") return false;
  }
  return false;
}

function targetOf(node: CodeNode): CodeNode | undefined {
  if (node.kind === "unary" && (node.text === "++" || node.text === "--")) return node.children[0];
  if (node.kind !== "assign") return undefined;
  const target = childOf(node, "target");
  if (/^[-+*/]=$/.test(node.text)) return target;
  const value = childOf(node, "value");
  const left = value?.kind === "binary" ? childOf(value, "left") : undefined;
  return node.text === "=" && left?.kind === "name" && left.text === target?.text ? target : undefined;
}

/** The variable becomes a primitive: where it starts with a number, is never null, and no method is called on it. */
function usePrimitive(body: Body, local: CodeNode): readonly Fix[] {
  const value = childOf(local, "value");
  const primitive = PRIMITIVE[local.type];
  if (value?.kind !== "literal" || !/^(int|double)$/.test(value.type) || primitive === undefined) return [];
  const safe = usesOf(body, local).every((use) => {
    if (targetOf(use.parent ?? use) === use && use.parent?.statement === true) return true;
    return use.parent?.kind === "binary" && !use.parent.children.some(({ type }) => type === "null");
  });
  const { file } = body.method.declared.owner.file;
  return safe
    ? [
        {
          title: `Declare ${local.text} as ${primitive}`,
          safe: false,
          edits: (sources) => {
            const text = sources.text(file)?.slice(local.start, local.nameStart);
            const at = text?.lastIndexOf(local.type) ?? -1;
            const span = { start: local.start + at, end: local.start + at + local.type.length };
            return at < 0 ? undefined : [{ kind: "change", file, edits: [replace(span, primitive)] }];
          },
        },
      ]
    : [];
}
