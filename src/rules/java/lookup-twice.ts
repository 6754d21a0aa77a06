import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { sameCode } from "../../facts/java/sameCode.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { WorkKind } from "../../model/calls/workKinds.ts";
import type { Model } from "../../model/model.ts";
import { turnsPage } from "../../model/persistence/sent/pageHelper.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { changedBy } from "../../model/persistence/sent/sameValues.ts";
import { contains } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { askOnce, isSetAgain } from "./edits/lookups/askOnce.ts";
import { keepAnswer } from "./edits/lookups/keepAnswer.ts";
import { keepsSession } from "./shared/reads/firstLevelCache.ts";
import { isKeptByMyBatis } from "./shared/reads/localCache.ts";
import { isInOtherBranch, runsAfter } from "./shared/running/order.ts";
import { runsOnlyAtStartUp } from "./shared/running/startUp.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

export const lookupTwice = defineRule({
  id: "java/lookup-twice",
  title: "A method asks the database or Redis twice for the same",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "2 queries where the second has the answer of the first",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/core-concepts.html",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#pc-find",
  ],
  messages: {
    exists: "{{query}} loads what {{first}} has looked up just before",
    same: "{{query}} is sent twice with the same arguments",
  },

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const { kind, asks, isSame } of STORES) {
        const reads = method.sites.filter((site) => site.work?.kind === kind && site.work.label.includes("."));
        for (const [i, second] of reads.entries()) {
          const first = reads.slice(0, i).findLast((one) => asks(one, second) && isSame(model, method, code, one, second));
          if (first === undefined) continue;
          report({
            at: second.at,
            message: first.name === second.name ? "same" : "exists",
            data: { query: second.work?.label ?? second.name, first: first.name },
            ...(runsOnlyAtStartUp(model, method) ? { certainty: "possible" } : {}),
            ...(kind === "redis" ? { cost: "2 round trips to Redis where the second has the answer of the first" } : {}),
            related: [{ at: { file: file.file, ...first.at }, message: `${first.name} asks first` }],
            fixes: fixesOf(model, method, code, first, second, (one, other) => asks(one, other) && isSame(model, method, code, one, other)),
          });
        }
      }
    }
  },
});

/** Of entities: what asks whether a row is there gives an answer that the row itself gives, too. */
function fixesOf(
  model: Model,
  method: MethodNode,
  code: BodyCode,
  first: CallSite,
  second: CallSite,
  isAsked: (one: CallSite, other: CallSite) => boolean,
): readonly Fix[] {
  const [exists, found] = [code.callOf(first), code.callOf(second)];
  if (exists === undefined || found === undefined) return [];
  if (/^exists/.test(first.name)) return askOnce(method, code, exists, found);
  if (first.name !== second.name || first.work?.kind !== "read") return [];
  // Of three all are asked once together, whichever of them is told.
  const alike = method.sites.filter((site) => site.work?.label === second.work?.label);
  const earliest = alike.find((one) => one === first || (one.at.start < first.at.start && isAsked(one, second))) ?? first;
  const all = [earliest, ...alike.filter((one) => one.at.start > earliest.at.start && isAsked(earliest, one))];
  return keepAnswer(
    model,
    method,
    code,
    all.flatMap((site) => code.callOf(site) ?? []),
  );
}

interface Store {
  readonly kind: WorkKind;
  /** Whether the second call asks for what the first has asked for, by their names. */
  asks(first: CallSite, second: CallSite): boolean;
  /** Whether both ask the same, and nothing between them may change the answer. */
  isSame(model: Model, method: MethodNode, code: BodyCode, first: CallSite, second: CallSite): boolean;
}

/** `existsById` or `countByEmail` before `findById` or `findByEmail`, or the same method, by name. */
function asksFor(first: CallSite, second: CallSite): boolean {
  if (first.work?.label.split(".")[0] !== second.work?.label.split(".")[0]) return false;
  if (first.name === second.name) return true;
  const by = /^(?:exists|count)(By\p{Lu}\w*)$/u.exec(first.name)?.[1];
  return by !== undefined && new RegExp(`^(?:find|get|read|query|search)(?:All|First|One)?${by}$`).test(second.name);
}

function isSame(model: Model, method: MethodNode, code: BodyCode, first: CallSite, second: CallSite): boolean {
  const a = code.callOf(first);
  const b = code.callOf(second);
  const asked = repositoryCall(model.persistence, model.calls, second);
  if (a?.kind !== "call" || b?.kind !== "call" || asked === undefined) return false;
  const parts = (call: CodeNode): readonly (CodeNode | undefined)[] => [childOf(call, "receiver"), ...childrenOf(call, "argument")];
  const [ofA, ofB] = [parts(a), parts(b)];
  if (ofA.length !== ofB.length || ofA.length < 2) return false;
  if (
    !ofA.every((part, i) =>
      part === undefined
        ? ofB[i] === undefined
        : ofB[i] !== undefined && sameCode(part, ofB[i]) && isStable(part, code) && meansTheSame(part, ofB[i], code),
    )
  )
    return false;
  // The first-level cache of a session answers a second findById of an entity.
  const isByKey = first.name === second.name && first.name === "findById" && asked.repository.style === "spring-data";
  if (isByKey && (transactionAround(model, method) !== "no" || keepsSession(model, method))) return false;
  if (first.name === second.name && isKeptByMyBatis(model, method, second.work?.label ?? "")) return false;
  return runsAfter(a, b) && !isPolled(a, b) && !asksOtherwise(code, a, b) && !changesBetween(model, method, code, a, b);
}

/** `get` before `get`, or `hasKey` before what gives the value of the key. */
function asksRedisFor(first: CallSite, second: CallSite): boolean {
  if (!/^(?:get|entries|members|multiGet)$/.test(second.name)) return false;
  return first.name === "hasKey" || (first.name === second.name && first.work?.label === second.work?.label);
}

function isSameInRedis(model: Model, method: MethodNode, code: BodyCode, first: CallSite, second: CallSite): boolean {
  const [a, b] = [code.callOf(first), code.callOf(second)];
  if (a?.kind !== "call" || b?.kind !== "call") return false;
  const [ofA, ofB] = [askedOf(a), askedOf(b)];
  const isMeant = (part: CodeNode, i: number): boolean => {
    const other = ofB[i];
    return other !== undefined && sameCode(part, other) && isStable(part, code) && meansTheSame(part, other, code);
  };
  // Of a hash `hasKey` asks for one of its fields, of the template for the key itself.
  const isOfOne = first.name !== "hasKey" || /Template$|Operations$/.test(first.work?.label.split(".")[0] ?? "");
  if (!isOfOne || ofA.length < 2 || ofA.length !== ofB.length || !ofA.every(isMeant)) return false;
  return runsAfter(a, b) && !isPolled(a, b) && !asksOtherwise(code, a, b) && !waitsBetween(model, method, code, a, b);
}

/** The template and the arguments: `redis` and `key` of `redis.opsForValue().get(key)`. */
function askedOf(call: CodeNode): readonly CodeNode[] {
  const on = childOf(call, "receiver");
  const template = on?.kind === "call" && /^opsFor/.test(on.text) ? childOf(on, "receiver") : on;
  return [...(template === undefined ? [] : [template]), ...childrenOf(call, "argument")];
}

/** Whether something between two questions writes, waits or takes a lock: who has waited asks again for a reason. */
function waitsBetween(model: Model, method: MethodNode, code: BodyCode, first: CodeNode, second: CodeNode): boolean {
  const isBetween = (node: CodeNode): boolean => node.start >= first.end && node.end <= second.start;
  if ([...ancestorsOf(second)].some((around) => around.kind === "synchronized" && !contains(around, first))) return true;
  if (code.nodes.some((node) => node.kind === "call" && isBetween(node) && WAITING.test(node.text))) return true;
  return method.sites.some((site) => {
    const at = code.callOf(site);
    if (at === undefined || !isBetween(at) || isInOtherBranch(at, second)) return false;
    return site.work === undefined
      ? site.targets.some((target) => CHANGING.some((kind) => model.effects.of(target, kind) !== undefined))
      : CHANGING.includes(site.work.kind) && !/^(?:get|has|is|entries|members)/.test(site.name);
  });
}

const WAITING = /lock|acquire|await|sleep|wait|join|setIfAbsent/i;
const CHANGING: readonly WorkKind[] = ["redis", "write", "http", "search", "sleep", "message"];

const STORES: readonly Store[] = [
  { kind: "read", asks: asksFor, isSame },
  { kind: "redis", asks: asksRedisFor, isSame: isSameInRedis },
];

/** `while (!job.isDone()) { …; job = jobs.findById(id); }`: a loop that is not about elements asks whether something has changed. */
function isPolled(first: CodeNode, second: CodeNode): boolean {
  for (const around of ancestorsOf(second)) {
    if (contains(around, first)) return false;
    if (around.kind === "while" || around.kind === "do") return true;
  }
  return false;
}

/** `query.setPage(2);` and `example.clear();` between the two: the same object asks something else. */
function asksOtherwise(code: BodyCode, first: CodeNode, second: CodeNode): boolean {
  const asked = new Set(nodesOf(second).flatMap(({ kind, text }) => (kind === "name" ? [text] : [])));
  return code.nodes.some(
    (node) =>
      node.start >= first.end &&
      node.start < second.start &&
      changedBy(node).some((name) => asked.has(name)) &&
      !isInOtherBranch(node, second),
  );
}

/** Names, getters and literals: what gives the same value twice. */
function isStable(node: CodeNode, code: BodyCode): boolean {
  return (
    nodesOf(node).every(
      (inner) =>
        /^(?:name|field|this|literal|class)$/.test(inner.kind) ||
        (inner.kind === "call" && /^(?:get|is)(?=\p{Lu})/u.test(inner.text) && !/[nN]ext|[rR]andom/.test(inner.text)),
    ) && !nodesOf(node).some((inner) => inner.kind === "name" && isSetAgain(inner, code))
  );
}

/** Two blocks may have variables of the same name. */
function meansTheSame(one: CodeNode, other: CodeNode, { typer }: BodyCode): boolean {
  const others = nodesOf(other);
  return nodesOf(one).every((node, i) => node.kind !== "name" || typer.declarationOf(node) === typer.declarationOf(others[i] as CodeNode));
}

function changesBetween(model: Model, method: MethodNode, code: BodyCode, first: CodeNode, second: CodeNode): boolean {
  if (code.nodes.some((node) => turnsPage(node) && node.start > first.start && node.start < second.start)) return true;
  return method.sites.some((site) => {
    const at = code.callOf(site);
    if (at === undefined || at.start < first.start || at.start > second.start || isInOtherBranch(at, second)) return false;
    return site.work?.kind === "write" || site.targets.some((target) => model.effects.of(target, "write") !== undefined);
  });
}
