import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { repositoryCall } from "../../model/persistence/repositoryCalls.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { saveAll } from "./edits/saveAll.ts";
import { runsAtStartUp } from "./shared/startUp.ts";
import { transactionAround } from "./shared/transactionAround.ts";

export const saveInLoop = defineRule({
  id: "java/save-in-loop",
  title: "A loop writes its elements one by one",
  language: "java",
  certainty: "proven",
  cost: "N transactions or N statements, N elements",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/transactions.html",
    "https://www.postgresql.org/docs/current/populate.html#DISABLE-AUTOCOMMIT",
    "https://docs.spring.io/spring-framework/reference/data-access/jdbc/advanced.html",
  ],
  messages: {
    commits: "{{query}} opens and commits a transaction for every element of {{over}}",
    sends: "{{query}} sends a statement for every element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const [innermost] = site.iterations;
        if (site.work?.kind !== "write" || innermost === undefined || site.excuses.length > 0) continue;
        const kind = kindOf(model, site);
        const call = kind === undefined ? undefined : code.callOf(site);
        if (kind === undefined || call === undefined || isGuarded(call)) continue;
        const transaction = transactionAround(model, method);
        // In one transaction saveAll is the same loop: Hibernate writes when it flushes.
        if (kind === "commits" && transaction === "yes") continue;
        report({
          at: site.at,
          message: kind,
          data: { query: site.work.label, over: innermost.over },
          certainty: certaintyOf(model, method, code, call, kind, transaction),
          cost: `${kind === "commits" ? "N transactions" : "N statements"}, N = elements of ${innermost.over}`,
          related: [{ at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` }],
          fixes: kind === "commits" && site.iterations.length === 1 ? saveAll(model, method, code, call) : [],
        });
      }
    }
  },
});

type Kind = "commits" | "sends";

/** `save` of Spring Data is a transaction of its own; a statement that is written out is one message to the server. */
function kindOf(model: Model, site: CallSite): Kind | undefined {
  const call = repositoryCall(model.persistence, model.calls, site);
  if (call === undefined)
    return /^(?:Named\w+|Jdbc\w+|JdbcClient|StatementSpec)\.update$/.test(site.work?.label ?? "") ? "sends" : undefined;
  if (call.repository.style === "spring-data" && call.name === "save" && call.query === undefined) return "commits";
  const { query } = call;
  const takesMany =
    call.declared?.parameters.some(({ type }) => /\[\]$|^(?:List|Set|Collection|Iterable|SqlParameterSource)\b/.test(type)) ?? true;
  return query?.source === "native" && !takesMany && (query.kind === "insert" || query.kind === "update") ? "sends" : undefined;
}

/** Each element on its own, so that one that fails does not undo the others: then it is meant. */
function isGuarded(call: CodeNode): boolean {
  let inner = call;
  for (const around of ancestorsOf(call)) {
    if (around.kind === "try" && inner.role === "body" && childrenOf(around, "catch").length > 0) return true;
    if (/^(?:foreach|for|while|do|lambda)$/.test(around.kind)) return false;
    inner = around;
  }
  return false;
}

function certaintyOf(
  model: Model,
  method: MethodNode,
  code: BodyCode,
  call: CodeNode,
  kind: Kind,
  transaction: "yes" | "no" | "unknown",
): Certainty {
  if (runsAtStartUp(method) || waitsBetween(model, method, code, call)) return "possible";
  // Whoever looks at the number of changed rows wants to know of each one.
  if (kind === "sends" && !call.statement && !isValueOfLambda(call)) return "possible";
  return kind === "commits" && transaction === "no" ? "proven" : "likely";
}

const isValueOfLambda = (call: CodeNode): boolean => call.kind === "reference" || (call.parent?.kind === "lambda" && call.role === "body");

/** Other machines are asked in the same round: what is written then keeps what has been reached. */
function waitsBetween(model: Model, method: MethodNode, code: BodyCode, call: CodeNode): boolean {
  const loop = [...ancestorsOf(call)].find(({ kind }) => /^(?:foreach|for|while|do|lambda)$/.test(kind));
  const body = loop === undefined ? undefined : childOf(loop, "body");
  return (
    body !== undefined &&
    method.sites.some((site) => {
      const at = code.callOf(site);
      if (at === undefined || at.start < body.start || at.end > body.end) return false;
      return SLOW.some((kind) => site.work?.kind === kind || site.targets.some((target) => model.effects.of(target, kind) !== undefined));
    })
  );
}

const SLOW = ["http", "mail", "message"] as const;
