import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { sameCode } from "../../facts/java/sameCode.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { turnsPage } from "../../model/persistence/sent/pageHelper.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { changedBy } from "../../model/persistence/sent/sameValues.ts";
import { contains } from "../../text/positions.ts";
import { defineRule } from "../rule.ts";
import { keepsSession } from "./shared/reads/firstLevelCache.ts";
import { isKeptByMyBatis } from "./shared/reads/localCache.ts";
import { runsAfter } from "./shared/running/order.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

export const lookupTwice = defineRule({
  id: "java/lookup-twice",
  title: "A method asks the database twice for the same",
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
      const reads = method.sites.filter((site) => site.work?.kind === "read" && site.work.label.includes("."));
      if (reads.length < 2) continue;
      const code = new BodyCode(model.calls, method);
      for (const [i, second] of reads.entries()) {
        const first = reads
          .slice(0, i)
          .findLast((candidate) => asksFor(candidate, second) && isSame(model, method, code, candidate, second));
        if (first?.work === undefined || second.work === undefined) continue;
        const same = first.name === second.name;
        report({
          at: second.at,
          message: same ? "same" : "exists",
          data: { query: second.work.label, first: first.name },
          related: [{ at: { file: file.file, ...first.at }, message: `${first.name} asks first` }],
        });
      }
    }
  },
});

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
  if (a?.kind !== "call" || b?.kind !== "call" || repositoryCall(model.persistence, model.calls, second) === undefined) return false;
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
  // The first-level cache of a session answers a second findById.
  if (first.name === second.name && first.name === "findById" && (transactionAround(model, method) !== "no" || keepsSession(model, method)))
    return false;
  if (first.name === second.name && isKeptByMyBatis(model, method, second.work?.label ?? "")) return false;
  return runsAfter(a, b) && !isPolled(a, b) && !asksOtherwise(code, a, b) && !changesBetween(model, method, code, a, b);
}

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
  return code.nodes.some((node) => node.start >= first.end && node.start < second.start && changedBy(node).some((name) => asked.has(name)));
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

function isSetAgain(name: CodeNode, code: BodyCode): boolean {
  return code.nodes.some(
    (node) =>
      (node.kind === "assign" && childOf(node, "target")?.text === name.text) ||
      (node.kind === "unary" && /^(?:\+\+|--)$/.test(node.text) && node.children[0]?.text === name.text),
  );
}

function changesBetween(model: Model, method: MethodNode, code: BodyCode, first: CodeNode, second: CodeNode): boolean {
  if (code.nodes.some((node) => turnsPage(node) && node.start > first.start && node.start < second.start)) return true;
  return method.sites.some((site) => {
    const at = code.callOf(site);
    if (at === undefined || at.start < first.start || at.start > second.start) return false;
    return site.work?.kind === "write" || site.targets.some((target) => model.effects.of(target, "write") !== undefined);
  });
}
