import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { siteEffect } from "../../../../model/calls/effects/siteEffects.ts";
import type { WorkKind } from "../../../../model/calls/workKinds.ts";
import type { Model } from "../../../../model/model.ts";
import { repositoryCall } from "../../../../model/persistence/sent/repositoryCalls.ts";
import { type FileEdit, indentAt, insertAt, lineBreakOf, remove, replace, wholeLine } from "../../../../text/edits.ts";
import type { Fix } from "../../../finding.ts";
import { importEdits } from "../imports.ts";
import { lowerFirst, pluralOf } from "../plurals.ts";
import { callInstead, wholeLoop } from "./wholeLoop.ts";

/**
 * A loop that does nothing but save its elements becomes one `saveAll`; any other collects what it saves in a list, which is saved
 * behind the loop.
 */
export function saveAll(model: Model, method: MethodNode, code: BodyCode, call: CodeNode): readonly Fix[] {
  const loop = call.kind === "call" ? [...ancestorsOf(call)].find((around) => /^(?:foreach|for|lambda)$/.test(around.kind)) : undefined;
  const receiver = childOf(call, "receiver");
  if (receiver?.kind !== "name" && receiver?.kind !== "field") return [];
  const whole = wholeLoop(call, code);
  if (whole !== undefined)
    return [
      {
        title: "Save all at once",
        safe: false,
        edits: (sources) => callInstead(method, call, receiver, whole, { from: "save", to: "saveAll" }, sources),
      },
    ];
  const around = loop?.kind === "lambda" ? loop.parent : loop;
  const [argument] = childrenOf(call, "argument");
  if (around === undefined || argument === undefined || !call.statement || around.parent?.kind !== "block") return [];
  if (asksElsewhere(onceAnElement(around, loop), call, receiver) || mustStay(model, method, code, around, call)) return [];
  if (asksThroughOthers(model, method, code, around, call)) return [];
  if (loop?.kind === "lambda" && (around.text !== "forEach" || !around.statement)) return [];
  const entity = model.types.entryOf(code.typer.typeOf(argument), method.declared.owner.file.file);
  if (entity === undefined) return [];
  const all = everyElement(call, code, around, loop);
  if (all === undefined && code.nodes.some(({ text }) => text === listName(entity.type.name))) return [];
  return [
    {
      title: "Save all at once behind the loop",
      safe: false,
      edits(sources) {
        const { file } = method.declared.owner;
        const text = sources.text(file.file);
        if (text === undefined || !text.startsWith("save", call.nameStart)) return undefined;
        const end = around.kind === "call" ? text.indexOf(";", around.end) + 1 : around.end;
        if (end <= 0) return undefined;
        if (all !== undefined) return behindTheLoop(file.file, text, { call, receiver, all, around, end });
        const list = listName(entity.type.name);
        const next = `${lineBreakOf(text)}${indentAt(text, around.start)}`;
        const change: FileEdit = {
          kind: "change",
          file: file.file,
          edits: [
            ...importEdits(file, text, ["java.util.ArrayList", "java.util.List", entity.type.qualified]),
            insertAt(around.start, `List<${entity.type.name}> ${list} = new ArrayList<>();${next}`),
            replace({ start: call.start, end: call.nameStart + call.text.length }, `${list}.add`),
            insertAt(end, `${next}${text.slice(receiver.start, receiver.end)}.saveAll(${list});`),
          ],
        };
        return [change];
      },
    },
  ];
}

/**
 * The collection of which a loop saves each element, by a statement of its own at its end: it can be given to `saveAll` as it is. Of a
 * call, which may make another one, and of what the method changes, nobody knows.
 */
function everyElement(call: CodeNode, code: BodyCode, around: CodeNode, loop: CodeNode | undefined): CodeNode | undefined {
  const of = loop?.kind === "lambda" ? childOf(around, "receiver") : loop === undefined ? undefined : childOf(loop, "iterable");
  const element = loop?.kind === "lambda" ? childOf(loop, "parameter")?.text : loop?.text;
  const [argument] = childrenOf(call, "argument");
  const block = loop === undefined ? undefined : childOf(loop, "body");
  if (of?.kind !== "name" || block?.kind !== "block" || block.children.length < 2 || block.children.at(-1) !== call) return undefined;
  if (argument?.kind !== "name" || argument.text !== element || !code.typer.isA(code.typer.typeOf(of), COLLECTION)) return undefined;
  const others = nodesOf(around).filter((node) => node !== of);
  const isOther = ({ kind, text, role }: CodeNode): boolean =>
    kind === "continue" || kind === "break" || kind === "return" || text === of.text || (role === "target" && text === element);
  return others.some(isOther) ? undefined : of;
}

const COLLECTION: ReadonlySet<string> = new Set(["Collection"]);

interface SavedWhole {
  readonly call: CodeNode;
  readonly receiver: CodeNode;
  readonly all: CodeNode;
  readonly around: CodeNode;
  /** Of the loop. */
  readonly end: number;
}

/** Takes the line that saves an element out of the loop, and saves the collection behind it. */
function behindTheLoop(file: string, text: string, { call, receiver, all, around, end }: SavedWhole): readonly FileEdit[] | undefined {
  const line = wholeLine(text, { start: call.start, end: text.indexOf(";", call.end) + 1 });
  if (!/^\s*;$/.test(text.slice(call.end, line.end).trimEnd()) || text.slice(line.start, call.start).trim() !== "") return undefined;
  const whole = `${text.slice(receiver.start, receiver.end)}.saveAll(${text.slice(all.start, all.end)});`;
  return [
    {
      kind: "change",
      file,
      edits: [remove(line), insertAt(end, `${lineBreakOf(text)}${indentAt(text, around.start)}${whole}`)],
    },
  ];
}

/** What runs once per element: what is looped over is read once, before. */
const onceAnElement = (around: CodeNode, loop: CodeNode | undefined): CodeNode =>
  (loop?.kind === "foreach" || loop?.kind === "lambda" ? childOf(loop, "body") : undefined) ?? around;

/** Whether a round also reads from the repository, which would miss what is not saved yet, or saves in another place. */
function asksElsewhere(round: CodeNode, call: CodeNode, receiver: CodeNode): boolean {
  return nodesOf(round).some((node) => node !== call && node.kind === "call" && childOf(node, "receiver")?.text === receiver.text);
}

/** The same through methods that a round calls: `checkIsNew(name)` would not see what is still to be saved. */
function asksThroughOthers(model: Model, method: MethodNode, code: BodyCode, around: CodeNode, call: CodeNode): boolean {
  const repositoryOf = (site: CallSite): string | undefined => repositoryCall(model.persistence, model.calls, site)?.repository.qualified;
  const inside = nodesOf(around);
  const own = method.sites.find((site) => code.callOf(site) === call);
  const saved = own === undefined ? undefined : repositoryOf(own);
  const seen = new Set<string>();
  const asks = (sites: readonly CallSite[], depth: number): boolean =>
    sites.some((site) => {
      if (depth < DEEPEST && site.work !== undefined) return repositoryOf(site) === saved;
      return (
        depth > 0 &&
        site.targets.some((target) => {
          const called = seen.has(target) ? undefined : model.calls.method(target);
          seen.add(target);
          if (called === undefined || called.declared.method.body < 0) return false;
          model.calls.noteBody(called);
          return asks(called.sites, depth - 1);
        })
      );
    });
  const round = method.sites.filter((site) => {
    const at = code.callOf(site);
    return at !== undefined && at !== call && inside.includes(at);
  });
  return saved !== undefined && asks(round, DEEPEST);
}

/** Methods that call each other. */
const DEEPEST = 3;

/**
 * Whether saving behind the loop is something else: the loop looks at what it has saved, of which the key is not there before; it is left
 * in its middle, where what was saved stays saved; or it writes elsewhere or tells others, in an order that somebody may count on.
 */
function mustStay(model: Model, method: MethodNode, code: BodyCode, around: CodeNode, call: CodeNode): boolean {
  const saved = childOf(call, "argument");
  const inside = nodesOf(around);
  const looksAgain = ({ kind, text, start }: CodeNode): boolean =>
    kind === "name" && saved?.kind === "name" && text === saved.text && start > call.end;
  const leaves = ({ kind }: CodeNode): boolean => kind === "throw" || (kind === "return" && around.kind !== "call");
  const tells = ({ kind, text }: CodeNode): boolean => kind === "call" && TELLS.test(text);
  if (inside.some((node) => looksAgain(node) || leaves(node) || tells(node))) return true;
  return method.sites.some((site) => {
    const at = code.callOf(site);
    if (at === undefined || at === call || !inside.includes(at)) return false;
    const isSeen = (kind: WorkKind): boolean => siteEffect(model.effects, site, kind) !== undefined;
    return SEEN.some(isSeen) || (at.start > call.start && isSeen("write"));
  });
}

/** What others see at once, or has to be waited for. */
export const SEEN = ["http", "search", "mail", "message", "redis"] as const;
/** What others may see of a library's method by its name. */
export const TELLS = /^(?:send|publish|notify|mail|emit|dispatch|convertAndSend|submit|execute|upload|transfer)/;

const listName = (entity: string): string => `${pluralOf(lowerFirst(entity))}ToSave`;
