import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../facts/java/code.ts";
import { usesOf } from "../locals.ts";
import type { Typer } from "../typing/typer.ts";
import { fillsGap, guardsBatch, guardsOneTime, remembers, returnsRemembered, sendsWhenFull, wantedElement } from "./excuses.ts";
import { elementsOf, elementsOfHeld, elementsOfMade } from "./functions.ts";
import { itemsOf } from "./items.ts";
import type { Excuse, Iteration, IterationContext, NoIteration } from "./iterationKinds.ts";
import { breaksLoop, countedOf, foreachOf } from "./loops.ts";
import { followsSeldom, runsSeldom } from "./seldom.ts";

/** The iterations around a node of a method body, up to the method itself, which a framework may run once per item. */
export function iterationsAround(node: CodeNode, typer: Typer): IterationContext {
  const iterations: Iteration[] = [];
  const excuses: Excuse[] = [];
  const add = (found: Iteration | NoIteration | undefined): void => {
    if (typeof found === "object") iterations.push(found);
  };
  // `if (count % 100 == 0)` and `if (batch.size() >= 100)` are about the loop around them, and about no other.
  let everySoMany = false;
  /** The variables of which the code wants one value. */
  const wanted = new Set<string>();
  const loop = (around: CodeNode, found: (loop: CodeNode, typer: Typer) => Iteration | NoIteration): void => {
    if (everySoMany) {
      everySoMany = false;
      return;
    }
    const left = leavesAfter(node, around);
    if (left === "method") excuses.push("the method ends with the first hit");
    else if (around.kind === "foreach" && wanted.has(around.text)) add("one of the elements");
    else add(left === "loop" ? "the loop ends with the first hit" : found(around, typer));
  };
  const addHeld = (value: CodeNode): void => {
    const held = whereHeldRuns(value, typer);
    iterations.push(...held.iterations);
    excuses.push(...held.excuses);
  };
  let inner = node;
  for (let around = node.parent; around !== undefined; inner = around, around = around.parent) {
    switch (around.kind) {
      case "foreach":
        if (inner.role === "body") loop(around, foreachOf);
        break;
      case "for":
      case "while":
      case "do":
        if (inner.role !== "init") loop(around, countedOf);
        break;
      case "lambda":
        if (remembers(around, typer)) excuses.push("remembered per key");
        else if (fillsGap(around, typer)) excuses.push("only where memory has none");
        else if (wanted.has(childOf(around, "parameter")?.text ?? "")) add("one of the elements");
        else if (leavesAfter(node, around) === "method") excuses.push("the method ends with the first hit");
        else {
          const elements = elementsOf(around, typer);
          if (everySoMany && typeof elements === "object") everySoMany = false;
          else add(elements);
          addHeld(around);
        }
        break;
      case "method":
        // `new Function<Order, View>() { public View apply(Order order) { … } }`
        if (around.parent?.kind === "new") {
          add(elementsOfMade(around.parent, around, typer));
          addHeld(around.parent);
        }
        break;
      case "catch":
        if (iterations.length === 0) excuses.push("only when an element fails");
        break;
      case "if":
        if (inner.role === "then") {
          const element = wantedElement(around);
          if (element !== undefined) wanted.add(element);
          if (runsSeldom(around, typer) || sendsWhenFull(around, typer)) excuses.push("once in many calls");
          else if (guardsOneTime(around)) excuses.push("remembered per key");
          if (guardsBatch(around)) everySoMany = true;
        }
        break;
      case "block":
        if (followsSeldom(around, inner, typer)) excuses.push("once in many calls");
        else if (returnsRemembered(around, inner, typer)) excuses.push("remembered per key");
        break;
      default:
        break;
    }
  }
  if (node.kind === "reference") {
    const own = elementsOf(node, typer);
    if (remembers(node, typer)) excuses.push("remembered per key");
    else if (typeof own === "object") iterations.unshift(own);
    else addHeld(node);
  }
  const items = itemsOf(typer.entry, typer.method);
  if (items !== undefined) iterations.push(items);
  return { iterations, excuses };
}

/**
 * What is left, unconditionally, once the node has run: the node then runs at most once a loop, or once a call of the method. Of a lambda
 * only what is thrown leaves more than its round.
 */
function leavesAfter(node: CodeNode, loop: CodeNode): "loop" | "method" | undefined {
  const leaves = loop.kind === "lambda" ? /^throw$/ : /^(?:return|throw)$/;
  let inner = node;
  for (let around = node.parent; around !== undefined && around !== loop; inner = around, around = around.parent) {
    if (around.kind === "lambda" || around.kind === "method") return undefined;
    if (leaves.test(around.kind)) return "method";
    // What a `try` opens runs before its body.
    const opened = around.kind === "try" && inner.role === "resource" ? childOf(around, "body") : undefined;
    if (opened === undefined && around.kind !== "block" && around.kind !== "case") continue;
    for (const next of opened?.children ?? around.children.slice(around.children.indexOf(inner) + 1)) {
      if (leaves.test(next.kind)) return "method";
      if (next.kind === "break" && breaksLoop(next, loop)) return "loop";
      if (next.kind === "continue" || next.kind === "return") return undefined;
    }
  }
  return undefined;
}

const NOWHERE: IterationContext = { iterations: [], excuses: [] };

/**
 * The iterations around the first use of a variable that holds a function and is run per element; those around both are not named again.
 */
function whereHeldRuns(value: CodeNode, typer: Typer): IterationContext {
  const local = value.parent;
  if (local?.kind !== "local" || value.role !== "value") return NOWHERE;
  const nodes = nodesOf([...ancestorsOf(local)].at(-1) ?? local);
  for (const use of usesOf({ nodes, typer }, local)) {
    const own = elementsOfHeld(use, value, typer);
    const { iterations, excuses } = iterationsAround(use, typer);
    const found = [...(typeof own === "object" ? [own] : []), ...iterations.filter(({ at }) => at.start > value.end)];
    if (found.length > 0) return { iterations: found, excuses };
  }
  return NOWHERE;
}
