import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { onlyBodyOf } from "../../model/persistence/sent/delegatedCalls.ts";
import { isUnconditional } from "../../model/persistence/sent/sentQueries.ts";
import { transactionOf } from "../../model/transactions/transactions.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { flushBehindLoop } from "./edits/writes/flushBehindLoop.ts";
import { elementsAround } from "./shared/loops/elementCount.ts";
import { catchesWrites } from "./shared/running/errorBranches.ts";
import { onlyCall } from "./shared/running/onlyCall.ts";
import { reachOf } from "./shared/running/reach.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

export const flushInLoop = defineRule({
  id: "java/flush-in-loop",
  title: "The session is flushed for every element of a loop",
  language: "java",
  certainty: "proven",
  cost: "N flushes: each compares every loaded entity, and no statements are batched",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#flushing",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#batch-session-batch-insert",
  ],
  messages: { flushes: "{{call}} flushes the session for every element of {{over}}" },
  subsumes: ["java/save-in-loop"],

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const [innermost] = site.iterations;
        if (innermost === undefined) continue;
        const flush = flushOf(model, site);
        if (flush === undefined) continue;
        const call = site.excuses.length > 0 ? undefined : code.callOf(site);
        if (call === undefined || isBatched(call)) continue;
        // Without a transaction around the loop each call has a session of its own: java/save-in-loop counts those.
        const transaction = transactionAround(model, method);
        if (transaction === "no") continue;
        const isSeen = !flush.apart && transaction === "yes";
        report({
          at: site.at,
          message: "flushes",
          data: { call: flush.label, over: innermost.over },
          ...(isSeen ? {} : { certainty: "likely" as const }),
          severity: isSeen && isFelt(model, method, site) ? "warning" : "information",
          related: [{ at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` }, ...flush.through],
          fixes: flush.through.length === 0 && site.iterations.length === 1 ? flushBehindLoop(method, call) : [],
        });
      }
    }
  },
});

/** A flush that a call makes each time: itself, or in the one body that it runs. */
interface Flush {
  readonly label: string;
  readonly through: readonly RelatedPlace[];
  /** Of a method that others call as well. */
  readonly apart: boolean;
}

function flushOf(model: Model, site: CallSite): Flush | undefined {
  if (site.work !== undefined) return isFlush(site) ? { label: site.work.label, through: [], apart: false } : undefined;
  const runs = model.effects.of(site.targets[0] ?? "", "write") === undefined ? undefined : onlyBodyOf(model.calls, site);
  const inner = runs?.sites.find((one) => isFlush(one) && one.iterations.length === 0 && one.excuses.length === 0);
  if (runs === undefined || inner === undefined || transactionOf(runs.declared, model.types)?.propagation === "REQUIRES_NEW")
    return undefined;
  const { nodes } = model.calls.codeOf(runs);
  const node = nodes[inner.order];
  // Whoever lets go of what is flushed keeps the session small on purpose; a session of its own holds nothing else.
  const isOther = nodes.some(({ kind, text }) => kind === "call" && (LETS_GO.test(text) || OWN_SESSION.test(text)));
  if (node === undefined || !isUnconditional(node) || isOther) return undefined;
  const { owner, method } = runs.declared;
  const label = `${owner.type.name}.${method.name}`;
  const through = [{ at: { file: owner.file.file, ...inner.at }, message: `${label} calls ${inner.name}` }];
  return { label, through, apart: onlyCall(model, runs) === undefined };
}

const isFlush = ({ work, name }: CallSite): boolean => work?.kind === "write" && /^(?:saveAndFlush|flush)$/.test(name);
const LETS_GO = /^(?:clear|detach|evict)$/;
const OWN_SESSION = /^(?:openSession|createEntityManager|beginTransaction|commit)$/;

/** Where few elements are known to come, or somebody who administers, the flushes are few as well. */
function isFelt(model: Model, method: MethodNode, site: CallSite): boolean {
  const elements = elementsAround(model, method, site);
  return elements !== "few" && elements !== "written" && reachOf(model, method).often !== "seldom";
}

/** Every so many elements, or with a clear that keeps the session small, or where the failure of one element is caught. */
function isBatched(call: CodeNode): boolean {
  let inner = call;
  for (const around of ancestorsOf(call)) {
    if (catchesWrites(around, inner)) return true;
    if (around.kind === "if" && inner.role !== "condition" && countsRounds(childOf(around, "condition"))) return true;
    if (around.kind === "block" && around.children.some((other) => other.kind === "call" && LETS_GO.test(other.text))) return true;
    if (/^(?:foreach|for|while|do|lambda)$/.test(around.kind)) return false;
    inner = around;
  }
  return false;
}

const countsRounds = (condition: CodeNode | undefined): boolean =>
  condition !== undefined &&
  nodesOf(condition).some(
    (node) =>
      node.kind === "binary" &&
      /^(?:%|>=?|<=?|==)$/.test(node.text) &&
      nodesOf(node).some(({ kind, type, text }) => (kind === "literal" && type === "int") || /size|batch|BATCH/i.test(text)),
  );
