import type { JavaAnnotation } from "../../../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { ChainStep } from "../../../../model/calls/effects/effects.ts";
import type { Effect } from "../../../../model/calls/effects/spread.ts";
import { methodKey } from "../../../../model/calls/methodKey.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed, annotationText, annotationValue, constantText } from "../../../../model/types/constants.ts";
import type { TypeEntry } from "../../../../model/types/typeIndex.ts";
import { type ElementCount, returnedElements } from "./elementCount.ts";

/** A read that Spring Security makes for each element of what a method gives, or is given. */
export interface FilterRead {
  readonly annotation: JavaAnnotation;
  /** "@PostFilter". */
  readonly by: string;
  /** "what findAll returns", "orders". */
  readonly over: string;
  readonly effect: Effect;
  readonly chain: readonly ChainStep[];
  readonly elements: ElementCount;
}

/** `@PostFilter("@rules.mayRead(filterObject)")`, `@PreFilter("hasPermission(filterObject, 'read')")`: the first read of each. */
export function filterReadsIn(model: Model, method: MethodNode): readonly FilterRead[] {
  const { owner, method: declared } = method.declared;
  if (declared.annotations.length === 0) return [];
  const { annotations, parameters } = declared;
  const after = annotationNamed(annotations, "PostFilter");
  const before = annotationNamed(annotations, "PreFilter");
  const found: FilterRead[] = [];
  if (after !== undefined && FILTERED.test(declared.returns))
    for (const read of readsOf(model, after, owner))
      found.push({ by: "@PostFilter", over: `what ${declared.name} returns`, elements: returnedElements(model, method), ...read });
  const target = annotationText(before, "filterTarget");
  const filtered = parameters.filter(({ name, type }) => (target === undefined ? FILTERED.test(type) : name === target));
  const [given, ...others] = filtered;
  if (before !== undefined && given !== undefined && others.length === 0)
    for (const read of readsOf(model, before, owner)) found.push({ by: "@PreFilter", over: given.name, elements: "unknown", ...read });
  return found;
}

/** What Spring Security filters: no page, no single object. */
const FILTERED = /^(?:[\w.]+\.)?(?:Collection|List|Set|Map|Stream|Iterable)\b|\[\]$/;

/** The nearest read of what an expression calls; none where a part of it is not understood well enough to say what runs. */
function readsOf(
  model: Model,
  annotation: JavaAnnotation,
  owner: TypeEntry,
): readonly Pick<FilterRead, "annotation" | "effect" | "chain">[] {
  const value = annotationValue(annotation, "value");
  const text = value === undefined ? undefined : constantText(value, owner, model.types);
  if (text === undefined) return [];
  const reads = calledIn(text.replaceAll(/'[^']*'/g, "''")).flatMap((called) => {
    const key = keyOf(model, called);
    const effect = key === undefined ? undefined : model.effects.passedOn(key, "read");
    return key === undefined || effect === undefined ? [] : [{ annotation, effect, chain: model.effects.chainFrom(key, "read") }];
  });
  return reads.sort((a, b) => a.effect.depth - b.effect.depth).slice(0, 1);
}

interface Called {
  /** Undefined for `hasPermission`, which asks the project's evaluator. */
  readonly bean: string | undefined;
  readonly method: string;
  readonly count: number;
}

/** `@rules.mayRead(filterObject)` and `hasPermission(filterObject, 'read')` in an expression. */
function calledIn(text: string): readonly Called[] {
  return [...text.matchAll(/(?:@(\w+)\s*\.\s*(\w+)|(?<![\w.#@])(hasPermission))\s*\(/g)].flatMap((match) => {
    const count = countArguments(text, match.index + match[0].length);
    if (count === undefined) return [];
    // Spring puts the one who asks in front of what the expression gives.
    return match[3] === undefined
      ? [{ bean: match[1], method: match[2] as string, count }]
      : [{ bean: undefined, method: match[3], count: count + 1 }];
  });
}

/** How many arguments stand behind an opening parenthesis; undefined where it is not closed. */
function countArguments(text: string, from: number): number | undefined {
  let depth = 0;
  let commas = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at] as string;
    if (char === ")" && depth === 0) return text.slice(from, at).trim() === "" ? 0 : commas + 1;
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (char === "," && depth === 0) commas++;
  }
  return undefined;
}

/** The one method that a call of an expression runs. */
function keyOf(model: Model, { bean, method, count }: Called): string | undefined {
  const entry = bean === undefined ? evaluatorOf(model) : model.beans.named(bean);
  const fitting = entry === undefined ? [] : model.types.methodsOf(entry, method).filter((one) => one.method.parameters.length === count);
  const [nearest] = fitting;
  const [only, ...overloads] = fitting.filter(({ owner }) => owner === nearest?.owner);
  return only === undefined || overloads.length > 0 ? undefined : methodKey(only);
}

/** The project's own evaluator, where it has one. */
function evaluatorOf(model: Model): TypeEntry | undefined {
  const [only, ...others] = model.types
    .namingAbove("PermissionEvaluator")
    .filter(({ type }) => type.kind === "class" && !type.modifiers.includes("abstract"));
  return others.length > 0 ? undefined : only;
}
