import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { isRepository } from "../../../../model/calls/repositoryTypes.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";
import type { Type } from "../../../../model/types/type.ts";
import { canBeNamed } from "../imports.ts";
import { hoistedElements } from "./hoistedElements.ts";
import { isSameKey } from "./keys.ts";
import { type Loaded, rowName, stepNames } from "./loadStatement.ts";
import { type Arguments, type LookedUp, lookedUpBy } from "./lookedUp.ts";
import { plusLookup } from "./plusLookup.ts";
import {
  isConditional,
  isEnteredAgain,
  isPlain,
  isRepeatable,
  isSteady,
  PAGE,
  type Path,
  pathFromElement,
  type Round,
  roundOf,
} from "./roundOf.ts";

const COLLECTION: ReadonlySet<string> = new Set(["Collection", "Page", "Slice"]);
const JUST_COLLECTION: ReadonlySet<string> = new Set(["Collection"]);
/** Repositories whose `findAllById` gives a list; that of the others gives an Iterable. */
const LISTING: ReadonlySet<string> = new Set(["JpaRepository", "ListCrudRepository", "MongoRepository"]);

/** The lookup of a call, where a loop over a collection asks for one key of each element. */
export function lookupAt(model: Model, method: MethodNode, site: CallSite): Loaded | undefined {
  if (site.work?.kind !== "read") return undefined;
  const { nodes, typer } = model.calls.codeOf(method);
  const call = nodes[site.order];
  const lookup = call === undefined ? undefined : understand(model, method, call, typer);
  return lookup?.loop.start === site.iterations[0]?.at.start ? lookup : undefined;
}

function understand(model: Model, method: MethodNode, call: CodeNode, typer: Typer): Loaded | undefined {
  const round = roundOver(model, [method], call, typer);
  const asked = round === undefined ? undefined : askedBy(call);
  if (round === undefined || asked === undefined) return undefined;
  const { receiver, given } = asked;
  const paths = given.map((one) => pathFromElement(one, round.loop, typer));
  const position = call.kind === "reference" ? 0 : paths.findIndex((one) => one !== undefined);
  const argument = given[position];
  const path = call.kind === "reference" ? [] : paths[position];
  if (path === undefined || changesRows(round.statement, receiver) || isEnteredAgain(method, round.statement)) return undefined;
  // What is not asked in every round may fail where it is worked out before the first.
  const isUnsure = isConditional(call, round.loop);
  if (!given.every((one) => one === argument || ((isPlain(one) || !isUnsure) && isSteady(one, round, typer)))) return undefined;
  if (mayChangeBefore(model, method, round.statement, call)) return undefined;
  const key = argument === undefined ? elementOf(round, typer) : typer.typeOf(argument);
  const found = foundBy(model, method, call, { position, count: Math.max(given.length, 1) }, key, typer);
  if (found === undefined || !isCollectible(found, round, path, typer)) return undefined;
  // Behind the first getter there may be nothing.
  const steps = path.length > 1 && isUnsure ? stepNames(model, [method], round, path) : undefined;
  return { call, given, position, path, steps, row: rowName(model, [method], found), isPage: isPage(round, typer), ...round, ...found };
}

/** Whether the keys of a round's elements can be given to the method that takes many; of an entity that is not there nobody reads a key. */
export function isCollectible({ needsKeys, needsCollection, identifier }: LookedUp, round: Round, path: Path, typer: Typer): boolean {
  if (identifier !== undefined && path.length > 0) return false;
  return isCollection(round, typer) || (needsKeys !== true && (needsCollection !== true || path.length > 0 || isPage(round, typer)));
}

export const isPage = ({ iterable }: Round, typer: Typer): boolean => typer.isA(typer.typeOf(iterable), PAGE);

/** The round around a call, over a collection that may be named a second time, or is kept before. */
export function roundOver(model: Model, methods: readonly MethodNode[], call: CodeNode, typer: Typer): Round | undefined {
  const round = roundOf(call, typer);
  if (round === undefined) return undefined;
  if (isRepeatable(round.iterable) && typer.isA(typer.typeOf(round.iterable), COLLECTION)) return round;
  const hoisted = hoistedElements(model, methods, round, typer);
  return hoisted && { ...round, hoisted };
}

/** What the elements of a round are. */
export const elementOf = ({ iterable, hoisted }: Round, typer: Typer): Type | undefined =>
  hoisted?.element ?? typer.elementOf(typer.typeOf(iterable));

/** Whether what is iterated can be asked whether it is empty. */
export const isCollection = ({ iterable, hoisted }: Round, typer: Typer): boolean =>
  hoisted !== undefined || typer.isA(typer.typeOf(iterable), JUST_COLLECTION);

/** The repository that a call is made on, and what it is given: nothing by a method reference; nothing at all where nobody takes the answer. */
export function askedBy(call: CodeNode): { readonly receiver: CodeNode; readonly given: readonly CodeNode[] } | undefined {
  const receiver = childOf(call, "receiver");
  const given = childrenOf(call, "argument");
  const isWhole = (given.length === 0) === (call.kind === "reference");
  return !call.statement && isWhole && receiver !== undefined && isHeldByObject(receiver) ? { receiver, given } : undefined;
}

/** `orders`, `this.orders`. */
const isHeldByObject = ({ kind, children: [on] }: CodeNode): boolean => kind === "name" || (kind === "field" && on?.kind === "this");

/** What a call of a repository looks up. */
export function foundBy(
  model: Model,
  method: MethodNode,
  call: CodeNode,
  asked: Arguments,
  key: Type | undefined,
  typer: Typer,
): LookedUp | undefined {
  const on = childOf(call, "receiver");
  const type = on && typer.typeOf(on);
  const plus = asked.count === 1 ? plusLookup(model, method.declared.owner.file.file, call, key, typer) : undefined;
  if (plus !== undefined) return plus;
  const repository = model.types.entryOf(type, method.declared.owner.file.file);
  if (repository === undefined || !isRepository(model.types, repository)) return undefined;
  const found = lookedUpBy(model, repository, { name: call.text, key, lists: typer.isA(type, LISTING), ...asked });
  // A number that is widened on the way is no key of the map.
  if (found === undefined || (found.identifier === undefined && key !== undefined && !isSameKey(key, found.key))) return undefined;
  const { file } = method.declared.owner;
  return canBeNamed(file, found.entity.type.qualified) && canBeNamed(file, found.key.name) ? found : undefined;
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
