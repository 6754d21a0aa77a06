import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { isRepository } from "../../../../model/calls/repositoryTypes.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";
import type { Type } from "../../../../model/types/type.ts";
import { type LookedUp, lookedUpBy } from "./lookedUp.ts";
import { plusLookup } from "./plusLookup.ts";
import { isConditional, isEnteredAgain, isRepeatable, type Path, pathFromElement, type Round, roundOf } from "./roundOf.ts";

/** One lookup in a loop, understood well enough to be rewritten. */
export interface Lookup extends Round, LookedUp {
  /** The call, or the method reference that stands for it. */
  readonly call: CodeNode;
  /** What is looked up by; undefined for a method reference, which takes the element itself. */
  readonly argument: CodeNode | undefined;
  /** From the element to what is looked up by. */
  readonly path: Path;
}

const COLLECTION: ReadonlySet<string> = new Set(["Collection", "Page", "Slice"]);
const JUST_COLLECTION: ReadonlySet<string> = new Set(["Collection"]);
/** Repositories whose `findAllById` gives a list; that of the others gives an Iterable. */
const LISTING: ReadonlySet<string> = new Set(["JpaRepository", "ListCrudRepository", "MongoRepository"]);

/** The lookup of a call, where a loop over a collection asks for one key of each element. */
export function lookupAt(model: Model, method: MethodNode, site: CallSite): Lookup | undefined {
  if (site.work?.kind !== "read" || site.iterations.length !== 1) return undefined;
  const { nodes, typer } = model.calls.codeOf(method);
  const call = nodes[site.order];
  const lookup = call === undefined ? undefined : understand(model, method, call, typer);
  return lookup?.loop.start === site.iterations[0]?.at.start ? lookup : undefined;
}

function understand(model: Model, method: MethodNode, call: CodeNode, typer: Typer): Lookup | undefined {
  const round = roundOver(call, typer);
  const asked = round === undefined ? undefined : askedBy(call);
  if (round === undefined || asked === undefined) return undefined;
  const { receiver, argument } = asked;
  const path = argument === undefined ? [] : pathFromElement(argument, round.loop, typer);
  if (path === undefined || changesRows(round.statement, receiver) || isEnteredAgain(method, round.statement)) return undefined;
  if (mayChangeBefore(model, method, round.statement, call)) return undefined;
  // Behind the first getter there may be nothing.
  if (path.length > 1 && isConditional(call, round.loop)) return undefined;
  const key = argument === undefined ? typer.elementOf(typer.typeOf(round.iterable)) : typer.typeOf(argument);
  const found = foundBy(model, method, call, key, typer);
  if ((found?.needsKeys === true || (found?.needsCollection === true && path.length === 0)) && !isCollection(round, typer))
    return undefined;
  return found === undefined ? undefined : { call, argument, path, ...round, ...found };
}

/** The round around a call, over a collection that may be named a second time. */
export function roundOver(call: CodeNode, typer: Typer): Round | undefined {
  const round = roundOf(call, typer);
  return round !== undefined && isRepeatable(round.iterable) && typer.isA(typer.typeOf(round.iterable), COLLECTION) ? round : undefined;
}

/** Whether what is iterated can be asked whether it is empty. */
export const isCollection = ({ iterable }: Round, typer: Typer): boolean => typer.isA(typer.typeOf(iterable), JUST_COLLECTION);

/** The repository that a call is made on, and its only argument, which a method reference has not; nothing where nobody takes the answer. */
export function askedBy(call: CodeNode): { readonly receiver: CodeNode; readonly argument: CodeNode | undefined } | undefined {
  const receiver = childOf(call, "receiver");
  const [argument, ...more] = childrenOf(call, "argument");
  const isWhole = (argument === undefined) === (call.kind === "reference") && more.length === 0;
  return !call.statement && isWhole && receiver?.kind === "name" ? { receiver, argument } : undefined;
}

/** What a call of a repository looks up. */
export function foundBy(model: Model, method: MethodNode, call: CodeNode, key: Type | undefined, typer: Typer): LookedUp | undefined {
  const on = childOf(call, "receiver");
  const type = on && typer.typeOf(on);
  const plus = plusLookup(model, method.declared.owner.file.file, call, key, typer);
  if (plus !== undefined) return plus;
  const repository = model.types.entryOf(type, method.declared.owner.file.file);
  if (repository === undefined || !isRepository(model.types, repository)) return undefined;
  return lookedUpBy(model, repository, call.text, key, typer.isA(type, LISTING));
}

/** Whether a method that a loop runs before it looks something up may change it: `process(row); rows.findById(row.getId())`. */
const mayChangeBefore = (model: Model, { sites }: MethodNode, loop: CodeNode, call: CodeNode): boolean =>
  sites.some(
    ({ at, work, targets }) =>
      work === undefined &&
      at.start >= loop.start &&
      at.end < call.start &&
      targets.some((target) => model.effects.of(target, "write") !== undefined),
  );

/** Whether code writes what it looks up: what an earlier round has saved or deleted, a later one would not see. */
export function changesRows(code: CodeNode, repository: CodeNode): boolean {
  return nodesOf(code).some(
    (node) =>
      node.kind === "call" &&
      childOf(node, "receiver")?.text === repository.text &&
      /^(?:save|delete|remove|insert|update)/.test(node.text),
  );
}
