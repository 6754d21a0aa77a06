import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";

/**
 * Whether a call is made on a session of MyBatis that groups its statements, or on a mapper that such a session gave:
 * `factory.openSession(ExecutorType.BATCH).getMapper(OrderMapper.class)`. A mapper that a method is handed is taken at its name.
 */
export function isInBatchSession(call: CodeNode, { typer }: BodyCode): boolean {
  for (let on = childOf(call, "receiver"), step = 0; on !== undefined && step < MOST_STEPS; step++) {
    if (on.kind === "call") {
      if (on.text === "openSession") return childrenOf(on, "argument").some(namesBatch);
      if (on.text !== "getMapper") return false;
      on = childOf(on, "receiver");
      continue;
    }
    if (on.kind === "new") return childrenOf(on, "argument").some(namesBatch);
    if (on.kind !== "name") return false;
    const declared = typer.declarationOf(on);
    if (declared?.kind === "local") on = childOf(declared, "value");
    else return typer.method?.parameters.some(({ name }) => name === on?.text) === true && BATCH.test(on.text);
  }
  return false;
}

/** A mapper's variable, its session's, and what opens it. */
const MOST_STEPS = 5;

const BATCH = /batch/i;

const namesBatch = (argument: CodeNode): boolean => nodesOf(argument).some(({ text }) => text === "BATCH");
