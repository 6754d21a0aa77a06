import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodCode, MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { bareName } from "../../../../model/types/typeIndex.ts";
import { contains } from "../../../../text/positions.ts";
import { callsNearby } from "../../shared/running/callsNearby.ts";
import { isSameKey } from "./keys.ts";
import { type Loaded, rowName, stepNames } from "./loadStatement.ts";
import { askedBy, changesRows, elementOf, foundBy, isCollectible, isPage, roundOver } from "./lookupInLoop.ts";
import {
  isConditional,
  isConditionalIn,
  isEnteredAgain,
  isPlain,
  isSet,
  isSteady,
  type Path,
  pathFromElement,
  pathThroughLocal,
  type Round,
} from "./roundOf.ts";

/** Lookups that a loop makes through one method of its class. */
export interface Way extends Round {
  readonly helper: MethodNode;
  /** The call of the method in the loop, or the reference to it. */
  readonly call: CodeNode;
  /** What its arguments are in terms of the element, in order; undefined for those that are something else. */
  readonly given: readonly (Path | undefined)[];
  /** Their calls and arguments stand in the method's body. */
  readonly lookups: readonly HelpedLookup[];
  /** Whether these are all that the method reads. */
  readonly isAll: boolean;
  /** The method's only expression, where other code calls it as well and the loop has to do without it. */
  readonly inlined: CodeNode | undefined;
}

export interface HelpedLookup extends Loaded {
  /** The key as the method writes it; what it is given beside stands in the loop's method. */
  readonly argument: CodeNode;
}

/** The method that a call in a loop runs, where it looks up by a key of the element. */
export function wayAt(model: Model, method: MethodNode, site: CallSite): Way | undefined {
  const [target, ...others] = site.targets;
  const helper = target === undefined || others.length > 0 || site.work !== undefined ? undefined : model.calls.method(target);
  if (helper === undefined || !isOwnHelper(model, method, helper)) return undefined;
  const reads = helper.sites.filter(({ work }) => work?.kind === "read");
  if (reads.length === 0) return undefined;
  const code = model.calls.codeOf(method);
  const call = code.nodes[site.order];
  const round = call === undefined ? undefined : roundOver(model, [method, helper], call, code.typer);
  if (call === undefined || round?.loop.start !== site.iterations[0]?.at.start || round === undefined) return undefined;
  const given = givenTo(call, round, code, helper);
  const inLoop = method.sites.filter(({ at }) => contains(round.statement, at));
  if (!doesNothingElse(model, [...reads, site], [...inLoop, ...helper.sites])) return undefined;
  if (given === undefined || isEnteredAgain(method, round.statement) || isSet(round.element ?? "", round.loop)) return undefined;
  const lookups = reads.flatMap((read) => helpedLookup(model, { method, code, call, round, given, helper }, read) ?? []);
  if (lookups.length === 0) return undefined;
  // Others may call what is not private.
  const isAlone = helper.declared.method.modifiers.includes("private") && callsNearby(model, helper).length === 1;
  const isAll = lookups.length === reads.length;
  const inlined = isAlone || !isAll ? undefined : onlyExpression(model.calls.codeOf(helper), helper, lookups);
  if (!isAlone && (inlined === undefined || !isPortable(inlined, method, code, helper, given))) return undefined;
  return { helper, call, given, lookups, isAll, inlined, ...round };
}

const HARMLESS = /^(?:.*\.)?(?:SuppressWarnings|Nullable|NonNull|NotNull|Nonnull|Override|Transactional)$/;

/** A method of the same object, which no proxy stands before, with one body and a plain list of parameters. */
function isOwnHelper(model: Model, method: MethodNode, helper: MethodNode): boolean {
  const { owner, method: called } = helper.declared;
  return (
    helper.key !== method.key &&
    owner.type === method.declared.owner.type &&
    !called.modifiers.includes("static") &&
    !called.modifiers.includes("abstract") &&
    !method.declared.method.modifiers.includes("static") &&
    called.typeParameters.length === 0 &&
    called.parameters.length > 0 &&
    called.parameters.at(-1)?.type.endsWith("]") === false &&
    called.annotations.every(({ name }) => HARMLESS.test(name)) &&
    model.types.methodsOf(owner, called.name).length === 1
  );
}

/** Whether no call but the ones that are understood reads in the method, nor may change through others what is read before the loop. */
function doesNothingElse(model: Model, known: readonly CallSite[], sites: readonly CallSite[]): boolean {
  const helper = known.at(-1)?.targets[0];
  const own = new Set(known);
  return sites.every((site) => {
    if (own.has(site) || site.work !== undefined) return true;
    if (site.targets.includes(helper ?? "")) return true;
    return site.targets.every((target) => model.effects.of(target, "write") === undefined);
  });
}

/** What the call hands to the method; undefined where it is no plain call of one's own. */
function givenTo(call: CodeNode, round: Round, { typer }: MethodCode, { declared }: MethodNode): Way["given"] | undefined {
  const on = childOf(call, "receiver");
  if (on !== undefined && on.kind !== "this") return undefined;
  if ([...ancestorsOf(call)].some(({ kind }) => kind === "class")) return undefined;
  if (call.kind === "reference") return on !== undefined && declared.method.parameters.length === 1 ? [[]] : undefined;
  const given = childrenOf(call, "argument").map((argument) => pathFromElement(argument, round.loop, typer));
  return given.length === declared.method.parameters.length ? given : undefined;
}

interface Passage {
  readonly method: MethodNode;
  readonly code: MethodCode;
  readonly call: CodeNode;
  readonly round: Round;
  readonly given: Way["given"];
  readonly helper: MethodNode;
}

/** One lookup of the method, with its key in terms of the loop's element. */
function helpedLookup(model: Model, passage: Passage, read: CallSite): HelpedLookup | undefined {
  const { method, code, call, round, helper } = passage;
  const { body, nodes, typer } = model.calls.codeOf(helper);
  const lookup = nodes[read.order];
  const asked = lookup === undefined || read.iterations.length > 0 ? undefined : askedBy(lookup);
  if (lookup === undefined || asked === undefined) return undefined;
  const paths = asked.given.map((argument) => keyPath(model, passage, argument));
  const position = paths.findIndex((path) => path !== undefined);
  const argument = asked.given[position];
  const path = paths[position];
  if (argument === undefined || path === undefined) return undefined;
  const isUnsure = isConditional(call, round.loop) || isConditionalIn(body, lookup);
  const given = asked.given.map((one) => (one === argument ? one : steadyIn(model, passage, one)));
  if (!given.every((one) => one === argument || (one !== undefined && (isPlain(one) || !isUnsure)))) return undefined;
  const { receiver } = asked;
  if (isVariable(receiver.text, code, method) || isVariable(receiver.text, { nodes }, helper)) return undefined;
  if (changesRows(round.statement, receiver) || changesRows(body, receiver)) return undefined;
  const key = typer.typeOf(argument);
  const found = key === undefined ? undefined : foundBy(model, helper, lookup, { position, count: given.length }, key, typer);
  if (found === undefined || !isCollectible(found, round, path, code.typer)) return undefined;
  const both = [method, helper];
  return {
    call: lookup,
    argument,
    given: given.filter((one) => one !== undefined),
    position,
    path,
    steps: path.length > 1 && isUnsure ? stepNames(model, both, round, path) : undefined,
    row: rowName(model, both, found),
    isPage: isPage(round, code.typer),
    ...round,
    ...found,
  };
}

/** The path from the loop's element to what the method hands to its lookup. */
function keyPath(model: Model, { code, call, round, given, helper }: Passage, argument: CodeNode): Path | undefined {
  const { body, typer } = model.calls.codeOf(helper);
  const { parameters } = helper.declared.method;
  let from = -1;
  const inside = pathThroughLocal(argument, body, typer, (name) => {
    from = typer.declarationOf(name) === undefined ? parameters.findIndex((parameter) => parameter.name === name.text) : -1;
    return from >= 0;
  });
  const outside = given[from];
  const parameter = parameters[from];
  if (inside === undefined || outside === undefined || parameter === undefined || isSet(parameter.name, body)) return undefined;
  const elements = elementOf(round, code.typer);
  const handed = call.kind === "reference" ? elements : code.typer.typeOf(childrenOf(call, "argument")[from] as CodeNode);
  // A number that is widened on the way is no key of the map.
  if (inside.length === 0 && !isSameKey(handed, typer.typeOf(argument))) return undefined;
  return [...outside, ...inside];
}

/** What is the same for all that the method is called for, as the loop's method writes it. */
function steadyIn(model: Model, { method, code, call, round, helper }: Passage, node: CodeNode): CodeNode | undefined {
  const { body, nodes, typer } = model.calls.codeOf(helper);
  const { parameters } = helper.declared.method;
  const from =
    node.kind === "name" && typer.declarationOf(node) === undefined ? parameters.findIndex(({ name }) => name === node.text) : -1;
  if (from >= 0) {
    const handed = childrenOf(call, "argument")[from];
    return handed !== undefined && !isSet(node.text, body) && isSteady(handed, round, code.typer) ? handed : undefined;
  }
  const isOther = ({ kind, text }: CodeNode): boolean =>
    kind === "name" && (isVariable(text, code, method) || isVariable(text, { nodes }, helper));
  return isSteady(node, { statement: body }, typer) && !nodesOf(node).some(isOther) ? node : undefined;
}

/** Whether a method has a variable of this name. */
function isVariable(name: string, { nodes }: Pick<MethodCode, "nodes">, { declared }: MethodNode): boolean {
  return (
    declared.method.parameters.some((parameter) => parameter.name === name) ||
    nodes.some(({ kind, text }) => text === name && /^(?:local|parameter|foreach|catch|instanceof)$/.test(kind))
  );
}

/** The expression of a method that is one return of what it looks up. */
function onlyExpression({ body }: MethodCode, { declared }: MethodNode, lookups: readonly HelpedLookup[]): CodeNode | undefined {
  const [only, ...more] = body.children;
  const value = only?.kind === "return" ? only.children[0] : undefined;
  const [lookup, ...others] = lookups;
  if (lookup === undefined || value === undefined || more.length > 0 || others.length > 0) return undefined;
  const { call, entity, result } = lookup;
  const returns = bareName(declared.method.returns);
  if (value === call) return returns === (result === "one" ? entity.type.name : RETURNS[result]) ? value : undefined;
  const isRow =
    result === "optional" && call.parent === value && call.role === "receiver" && /^(?:orElse|orElseThrow|get)$/.test(value.text);
  return isRow && value.kind === "call" && returns === entity.type.name ? value : undefined;
}

const RETURNS: Readonly<Partial<Record<HelpedLookup["result"], string>>> = { list: "List", optional: "Optional", exists: "boolean" };

/** Whether the expression means the same in the loop: all that it is handed comes from the element, and no variable hides a field. */
function isPortable(value: CodeNode, method: MethodNode, code: MethodCode, helper: MethodNode, given: Way["given"]): boolean {
  const own = new Set(helper.declared.method.parameters.map(({ name }) => name));
  if (given.includes(undefined)) return false;
  return nodesOf(value).every(
    ({ kind, text }) =>
      kind !== "class" &&
      kind !== "local" &&
      ((kind !== "name" && kind !== "parameter") || own.has(text) || !isVariable(text, code, method)),
  );
}
