import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../../facts/java/code.ts";
import { iterationsAround } from "../../../../model/calls/iteration/iteration.ts";
import type { Iteration } from "../../../../model/calls/iteration/iterationKinds.ts";
import type { Model } from "../../../../model/model.ts";
import type { Body } from "../running/hotPath.ts";
import { type ElementCount, roundsOf } from "./elementCount.ts";
import { iteratedBy } from "./iterated.ts";

/** How many rounds the loops around a node have together: of what reads lines, many. */
export function roundsAround(model: Model, { method, typer }: Body, node: CodeNode): ElementCount {
  const { iterations } = iterationsAround(node, typer);
  const rounds = roundsOf(model, method, node, iterations);
  return rounds === "unknown" && iterations.some(({ at }) => readsLines(node, at.start)) ? "many" : rounds;
}

/** `while ((line = reader.readLine()) != null)`, `Files.lines(path).map(…)`, `for (String line : Files.readAllLines(path))`. */
function readsLines(node: CodeNode, loop: number): boolean {
  const around = [...ancestorsOf(node)].find(({ start, nameStart }) => start === loop || nameStart === loop);
  const from = around?.kind === "while" || around?.kind === "do" ? childOf(around, "condition") : iteratedBy(node, loop);
  return from !== undefined && nodesOf(from).some(({ kind, text }) => kind === "call" && LINES.test(text));
}

const LINES = /^(?:readLine|nextLine|hasNextLine|lines|readLines|readAllLines)$/;

/** What N is of work in these loops, the innermost first: "elements of lines", "elements of 2 nested loops over lines". */
export const elementsOf = (iterations: readonly Iteration[]): string =>
  `elements of ${iterations.length > 1 ? `${iterations.length} nested loops over ` : ""}${iterations[0]?.over ?? "the loop"}`;
