import { creationOf, passedTo, rootAbove, rootOf } from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../facts/dart/code.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { bodiesOf, type ClassBodies, fileBodies } from "./bodies.ts";
import type { ClientModel } from "./clientModel.ts";
import { simpleName } from "./typeNames.ts";

const RELEASE = /^(?:dispose|close|cancel|kill|destroy|release|shutdown|terminate|tearDown)/i;

/** Calls that take an object and leave it with its owner. */
const BORROWERS =
  /^(?:_?build|animate$|drive$|chain$|add(?:Status)?Listener$|remove(?:Status)?Listener$|requestFocus$|autofocus$|attach|ensureVisible$|listEquals$|identical$|print$|debugPrint$|log$|unawaited$|merge$|jumpTo$|animateTo$|of$|show[A-Z]\w*$|push\w*$|setState$|notifyListeners$|emit$|\w+Builder$)/;

/**
 * Whether any body of the class lets go of the field's object, or hands it to somebody who may: `f.m()`, `f?.m()`, `f!.m()`,
 * cascades, tear-offs, aliases, loops over a list that holds it, calls of functions that are given it. So may an extension on the
 * class, and other code of its file, whose answer `elsewhere` is.
 */
export function isReleased(name: string, bodies: ClassBodies, model: ClientModel, elsewhere: () => ReadonlySet<string>): boolean {
  if (isReleasedIn(name, bodies, model)) return true;
  if (model.extensionsOn(bodies.entry).some((extension) => isReleasedIn(name, bodiesOf(extension), model))) return true;
  return name.startsWith("_") && elsewhere().has(name);
}

/** The private members of other objects that the code of a file lets go: "_scroll" of `(this as _HomeState)._scroll.dispose()`. */
export function membersReleasedIn(file: DartFile): ReadonlySet<string> {
  const members = new Set<string>();
  if (!file.dart.code.strings.some((text) => RELEASE.test(text))) return members;
  for (const [, body] of fileBodies(file)) {
    for (const node of nodesIn(body)) {
      if (node.kind !== "chain" || node.children[0]?.kind === "this") continue;
      node.children.forEach((part, at) => {
        if (at === 0 || part.kind !== "property" || !part.text.startsWith("_")) return;
        if (callsRelease(node.children.slice(at + 1))) members.add(part.text);
      });
    }
  }
  return members;
}

function isReleasedIn(name: string, bodies: ClassBodies, model: ClientModel): boolean {
  return bodies.names.rootedAt(name).some((node) => {
    const root = rootOf(node);
    if (root === undefined) return false;
    if (callsRelease(root.rest)) return true;
    if (root.rest.some((part) => part.kind !== "bang" && part.kind !== "cascade")) return false;
    return handsOver(node, bodies, model);
  });
}

/** Whether parts of a chain, those of its cascades included, name a member. */
export function calls(parts: readonly DartNode[], member: RegExp): boolean {
  return parts.some(
    (part) => (part.kind === "property" && member.test(part.text)) || (part.kind === "cascade" && calls(part.children, member)),
  );
}

const callsRelease = (parts: readonly DartNode[]): boolean => calls(parts, RELEASE);

/** A method that makes something for whoever calls it: `Ticker createTicker(…)`. */
const MAKES = /^(?:create|make|open|obtain)(?:[A-Z]|$)/;

/** The object itself is mentioned, not a member of it: who gets it? */
function handsOver(node: DartNode, bodies: ClassBodies, model: ClientModel): boolean {
  const parent = node.parent;
  if (parent === undefined || parent.kind === "return") {
    if (MAKES.test(bodies.methodOf.get(rootAbove(node))?.name ?? "")) return true;
    if (parent === undefined) return false;
  }
  // Mixins that are told which objects to let go are told in a map from them, too: flutter_deer.
  const holder = parent.kind === "pair" || (parent.kind === "named" && parent.parent?.kind === "record") ? parent.parent : parent;
  if (holder?.kind === "named" || holder?.kind === "call") return takes(passedTo(node), bodies, model);
  if (holder !== undefined && /^(?:list|map|spread|record)$/.test(holder.kind)) {
    if (holder.parent?.kind === "named" || holder.parent?.kind === "call") return takes(passedTo(holder), bodies, model);
    return true;
  }
  if (parent.kind === "local") return isAliasReleased(parent.text, rootAbove(parent));
  if ((parent.kind === "if" || parent.kind === "switch") && node.role === "condition") {
    const branches = parent.kind === "if" ? [parent] : parent.children.filter(({ kind }) => kind === "case");
    const patterns = branches.flatMap(({ children }) => children.filter((child) => child.role === "pattern"));
    const names = patterns.flatMap((pattern) => [...nodesIn(pattern)]);
    return names.some((bound) => bound.kind === "name" && isAliasReleased(bound.text, parent));
  }
  if (parent.kind === "assign" && node.role === "value") return true;
  // `BlocProvider(create: (_) => _bloc)`: the provider closes what it creates.
  const closure = parent.kind === "return" ? parent.parent?.parent : parent;
  return closure?.kind === "closure" && passedTo(closure)?.name === "create";
}

/** Whether who is given an object may let it go, or keep it for longer. */
export function takes(passed: ReturnType<typeof passedTo>, bodies: ClassBodies, model: ClientModel): boolean {
  if (passed === undefined || passed.callee === "") return false;
  const creation = creationOf(passed.chain);
  if (creation !== undefined && creation.call === passed.call) return false;
  if (BORROWERS.test(passed.callee)) return false;
  const isOwn = passed.chain.children[0]?.text === passed.callee || passed.chain.children[0]?.kind === "this";
  const own = isOwn ? model.methodOf(bodies.entry, passed.callee) : undefined;
  if (own === undefined) return true;
  const { returns } = own.method;
  return returns === undefined || !(/\bWidget\b/.test(returns) || model.isWidget(simpleName(returns), own.owner.file));
}

function isAliasReleased(alias: string, scope: DartNode): boolean {
  return [...nodesIn(scope)].some((node) => {
    const root = node.role === "head" ? undefined : rootOf(node);
    if (root?.name !== alias) return false;
    return (
      callsRelease(root.rest) || (root.rest.length === 0 && node.parent?.kind === "call" && !BORROWERS.test(passedTo(node)?.callee ?? ""))
    );
  });
}
