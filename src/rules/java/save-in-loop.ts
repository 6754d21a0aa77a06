import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Iteration } from "../../model/calls/iteration/iterationKinds.ts";
import type { Model } from "../../model/model.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { insideTemplate } from "../../model/transactions/template.ts";
import { runsAtStartUp } from "../../model/web/startUp.ts";
import type { Certainty, Fix, RelatedPlace, Severity } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { deleteLoopInBatch } from "./edits/writes/deleteInBatch.ts";
import { oneTransaction } from "./edits/writes/oneTransaction.ts";
import { plusBatch } from "./edits/writes/plusBatch.ts";
import { saveAll } from "./edits/writes/saveAll.ts";
import { elementsAround, mayBeMany } from "./shared/loops/elementCount.ts";
import { loopOf } from "./shared/loops/invariantReads.ts";
import { elementsOf } from "./shared/loops/rounds.ts";
import { catchesWrites } from "./shared/running/errorBranches.ts";
import { reachOf } from "./shared/running/reach.ts";
import { isInBatchSession } from "./shared/transactions/batchSessions.ts";
import { type DelegatedWrite, writeOf } from "./shared/transactions/delegatedWrites.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

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
    deletes: "{{query}} selects and deletes a row for every element of {{over}}",
    derived: "{{query}} selects rows and deletes each by itself, for every element of {{over}}",
    unseen: "{{query}}, whose source is not here, probably commits once per element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      for (const [first, ...others] of loopsIn(model, method)) {
        if (first === undefined) continue;
        const { site, kind, innermost, through, write } = first;
        const what = COMMITS.has(kind) ? "transactions" : kind === "sends" ? "statements" : "pairs of statements";
        report({
          at: site.at,
          message: kind,
          data: { query: write.work?.label ?? write.name, over: innermost.over },
          ...first.weight,
          cost: `${others.length === 0 ? "N" : `up to ${1 + others.length} × N`} ${what}, N = ${elementsOf(site.iterations)}`,
          related: [
            { at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` },
            ...through,
            ...others.map((other) => ({
              at: { file: file.file, ...other.site.at },
              message: `${other.write.work?.label ?? other.write.name} in the same loop`,
            })),
          ],
          fixes: fixesOf(model, method, first),
        });
      }
    }
  },
});

interface LoopWrite {
  /** The call in the loop. */
  readonly site: CallSite;
  /** The write itself, and the methods on the way to it. */
  readonly write: CallSite;
  readonly through: readonly RelatedPlace[];
  readonly innermost: Iteration;
  readonly kind: Kind;
  readonly code: BodyCode;
  readonly call: CodeNode;
  readonly weight: { readonly certainty: Certainty; readonly severity: Severity };
}

/** All elements at once where that is possible, else one transaction for them. */
function fixesOf(model: Model, method: MethodNode, found: LoopWrite): readonly Fix[] {
  const { site, write, kind } = found;
  const together = site.iterations.length === 1 && write === site ? togetherOf(model, method, found) : [];
  return together.length > 0 || kind !== "commits" ? together : oneTransaction(model, method);
}

function togetherOf(model: Model, method: MethodNode, { site, kind, code, call }: LoopWrite): readonly Fix[] {
  if (site.work?.port) return [];
  if (site.work?.statement) return plusBatch(method, code, call);
  if (kind === "commits" && site.name === "save") return saveAll(model, method, code, call);
  const deleted = site.name === "deleteById" ? repositoryCall(model.persistence, model.calls, site) : undefined;
  return deleted === undefined ? [] : deleteLoopInBatch(model, method, code, call, deleted);
}

const NOTHING: readonly never[] = [];

/** The writes of each loop, the loudest first. */
function loopsIn(model: Model, method: MethodNode): readonly (readonly LoopWrite[])[] {
  if (method.sites.every(({ iterations }) => iterations.length === 0)) return NOTHING;
  const code = new BodyCode(model.calls, method);
  const loops = new Map<number, LoopWrite[]>();
  for (const site of method.sites) {
    const [innermost] = site.iterations;
    if (innermost === undefined || site.excuses.length > 0) continue;
    const made = writeOf(model, site, () => transactionAround(model, method) === "yes") ?? unseenWriteOf(site);
    if (made === undefined) continue;
    const { site: write, through } = made;
    const known = kindOf(model, write);
    const call = known === undefined ? undefined : code.callOf(site);
    const loop = call === undefined ? undefined : (loopOf(call, innermost) ?? call);
    // A template in the loop makes a transaction for each element, one around it makes one for all.
    const transaction = loop === undefined ? "unknown" : insideTemplate(loop, code.typer) ? "yes" : transactionAround(model, method);
    // Hibernate groups what it writes when it flushes; what it is to delete by a key it selects first, each by itself.
    const kind = known === "commits" && transaction === "yes" && write.name === "deleteById" ? "deletes" : known;
    if (
      kind === undefined ||
      call === undefined ||
      (write !== site && mayBeMeant(kind, call)) ||
      isGuarded(call, loop) ||
      isPaced(loop) ||
      (kind === "sends" &&
        (isScript(write, call, innermost) || (write === site && (givesMany(call, code) || isInBatchSession(call, code)))))
    )
      continue;
    // In one transaction saveAll is the same loop: Hibernate writes when it flushes. A step has one for each of its chunks.
    if (COMMITS.has(kind) && (transaction === "yes" || innermost.kind === "items")) continue;
    const certainty = certaintyOf(model, method, code, call, kind, transaction);
    const found = { site, write, through, innermost, kind, code, call, weight: weightOf(model, method, site, kind, certainty) };
    const same = loops.get(innermost.at.start);
    if (same === undefined) loops.set(innermost.at.start, [found]);
    else same.push(found);
  }
  return [...loops.values()].map((writes) => writes.sort((a, b) => RANK[a.weight.severity] - RANK[b.weight.severity]));
}

/**
 * Behind a port the same session may have loaded the rows as other objects: then there is nothing to select for what it deletes. And what
 * a helper gives back may be needed by the next round: metersphere's nodes, each the parent of the next.
 */
const mayBeMeant = (kind: Kind, call: CodeNode): boolean => kind === "deletes" || !(call.statement || isValueOfLambda(call));

/** What waits a while in each round is slow on purpose: what it writes is to be seen, or kept, in between. */
const isPaced = (loop: CodeNode | undefined): boolean =>
  loop !== undefined && nodesOf(loop).some(({ kind, text }) => kind === "call" && text === "sleep");

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** A warning where people wait for many commits. Statements in one transaction, and few of them, are felt only where the rest is known. */
function weightOf(model: Model, method: MethodNode, site: CallSite, kind: Kind, certainty: Certainty): LoopWrite["weight"] {
  const elements = certainty === "possible" ? "unknown" : elementsAround(model, method, site);
  const isOften = certainty !== "possible" && reachOf(model, method).often === "often";
  const doubts = [certainty !== "proven", !mayBeMany(elements), !isOften].filter(Boolean).length;
  if (certainty === "possible" || elements === "written" || (doubts > 1 && (elements === "few" || !COMMITS.has(kind))))
    return { certainty: "possible", severity: "hint" };
  if (kind === "unseen") return { certainty: "possible", severity: "information" };
  if (doubts > 0) return { certainty: mayBeMany(elements) ? certainty : "likely", severity: "information" };
  return { certainty, severity: "warning" };
}

/**
 * "derived" is a name of Spring Data that deletes: it loads its rows first. "unseen" is a commit of a repository whose source is not here, as
 * its name has it.
 */
type Kind = "commits" | "sends" | "deletes" | "derived" | "unseen";

const COMMITS: ReadonlySet<Kind> = new Set(["commits", "unseen"]);

const unseenWriteOf = (site: CallSite): DelegatedWrite | undefined =>
  site.work?.kind === "unseenWrite" ? { site, through: NOTHING } : undefined;

/** `save` and `deleteById` of Spring Data are transactions of their own; a statement that is written out is one message to the server. */
function kindOf(model: Model, site: CallSite): Kind | undefined {
  if (site.work?.kind === "unseenWrite") return "unseen";
  if (site.work?.statement || savesDocument(model, site)) return "sends";
  const call = repositoryCall(model.persistence, model.calls, site);
  if (call === undefined) return TEMPLATES.test(site.work?.label ?? "") ? "sends" : undefined;
  if (call.repository.style === "spring-data" && /^(?:save|saveAndFlush|delete|deleteById)$/.test(call.name) && call.query === undefined)
    return "commits";
  const parameters = call.declared?.parameters;
  if (parameters === undefined || parameters.some(({ type }) => TAKES_MANY.test(type))) return undefined;
  // What an INSERT looks at is not read: there is no query that is understood.
  const query = call.query ?? model.persistence.query(call.repository.qualified, call.name, parameters.length);
  if (query === undefined || !WRITES.has(query.kind)) return undefined;
  if (query.source !== "derived") return "sends";
  // Who wants the deleted objects back needs them loaded.
  return query.returns === "list" ? undefined : "derived";
}

/** A document of MongoDB, whose transactions, if any, are no commits of each. */
function savesDocument(model: Model, { work, name }: CallSite): boolean {
  const repository =
    work?.on === undefined || !/^(?:save|insert|delete|deleteById)$/.test(name) ? undefined : model.types.declared(work.on);
  return repository !== undefined && model.types.reaches(repository, MONGO);
}

const MONGO: ReadonlySet<string> = new Set(["MongoRepository"]);

const TAKES_MANY = /\[\]$|^(?:List|Set|Collection|Iterable|SqlParameterSource)\b/;

/** What sends the text that it is given. */
const TEMPLATES =
  /^(?:(?:Named\w+|Jdbc\w+|StatementSpec)\.update|(?:Update|Handle|DSLContext)\.execute|SimpleJdbcInsert\w*\.execute(?!Batch)\w*|PreparedStatement\.execute(?:Update)?|Mongo(?:Template|Operations)\.(?:save|insert|remove|updateFirst|upsert)|(?:SqlSession(?:Template)?|SqlMapClientTemplate|EgovAbstract(?:Mapper|DAO))\.(?:insert|update|delete))$/;

/** What is given values alone: its text is known before. */
const PREPARED = /^(?:SimpleJdbcInsert|PreparedStatement|Mongo)/;

const WRITES: ReadonlySet<string> = new Set(["insert", "update", "delete"]);

/** `for (String sql : statements) jdbc.update(sql)`: each element is a statement of its own, which no batch takes together. */
const isScript = ({ work }: CallSite, call: CodeNode, { element }: Iteration): boolean => {
  const label = work?.label ?? "";
  const statement = TEMPLATES.test(label) && !PREPARED.test(label) ? childOf(call, "argument") : undefined;
  return statement?.kind === "name" && statement.text === element;
};

/** Rows of which each is a part of the loop's elements: MyBatis-Plus's `insert(part)`. */
const givesMany = (call: CodeNode, { typer }: BodyCode): boolean => {
  const argument = childOf(call, "argument");
  return argument !== undefined && typer.isA(typer.typeOf(argument), COLLECTION);
};

const COLLECTION: ReadonlySet<string> = new Set(["Collection"]);

/** Each element on its own, so that one whose write fails does not undo the others: then it is meant. */
function isGuarded(call: CodeNode, loop: CodeNode | undefined): boolean {
  let inner = call;
  for (const around of ancestorsOf(call)) {
    if (catchesWrites(around, inner)) return true;
    if (around === loop) return false;
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
  if (runsAtStartUp(method) || makesWhatLacks(call) || waitsBetween(model, method, code, call)) return "possible";
  // Whoever looks at the number of changed rows wants to know of each one.
  if (kind === "sends" && !call.statement && !isValueOfLambda(call)) return "possible";
  return kind === "commits" && transaction === "no" ? "proven" : "likely";
}

/** `keywords.findByValue(value).orElseGet(() -> keywords.save(new Keyword(value)))`: what is there already is not written. */
const makesWhatLacks = (call: CodeNode): boolean =>
  [...ancestorsOf(call)].some(({ kind, parent }) => kind === "lambda" && parent?.kind === "call" && /^(?:orElseGet|or)$/.test(parent.text));

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

const SLOW = ["http", "search", "mail", "message"] as const;
