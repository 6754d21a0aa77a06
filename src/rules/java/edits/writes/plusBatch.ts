import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Fix } from "../../../finding.ts";
import { callInstead, wholeLoop } from "./wholeLoop.ts";

/** Of MyBatis-Plus's services: what takes one row, and what takes many in batches of 1,000, in one transaction. */
const BATCH_OF: Readonly<Record<string, string>> = {
  save: "saveBatch",
  saveOrUpdate: "saveOrUpdateBatch",
  updateById: "updateBatchById",
  removeById: "removeByIds",
};
const SERVICES: ReadonlySet<string> = new Set(["IService", "ServiceImpl"]);

/** A loop that does nothing but give each element to a service of MyBatis-Plus becomes one call with all of them. */
export function plusBatch(method: MethodNode, code: BodyCode, call: CodeNode): readonly Fix[] {
  const receiver = childOf(call, "receiver");
  const to = BATCH_OF[call.text];
  if (to === undefined || (receiver?.kind !== "name" && receiver?.kind !== "field")) return [];
  const whole = call.kind === "call" && SERVICES.has(code.typer.calleeOf(call).library?.type ?? "") ? wholeLoop(call, code) : undefined;
  if (whole === undefined) return [];
  return [
    {
      title: `Give all to ${to}`,
      safe: false,
      edits: (sources) => callInstead(method, call, receiver, whole, { from: call.text, to }, sources),
    },
  ];
}
