import { type CodeNode, nodesOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { SiteEffect } from "../../model/calls/effects/siteEffects.ts";
import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import { runsAfterTransaction } from "../../model/calls/eventListeners.ts";
import { behindCommits } from "../../model/calls/threads.ts";
import type { WorkKind } from "../../model/calls/workKinds.ts";
import type { Model } from "../../model/model.ts";
import { keepsNoConnection } from "../../model/transactions/connectionStart.ts";
import { mayOpenTransactions, transactionsOpened } from "../../model/transactions/template.ts";
import { needsTransaction, type Transaction, transactionOf } from "../../model/transactions/transactions.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Place, Span } from "../../text/positions.ts";
import type { Certainty } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { isPassedBy, perEntry } from "./shared/running/reach.ts";
import { runsOnlyAtStartUp } from "./shared/running/startUp.ts";
import {
  type Counts,
  firstSlow,
  type Held,
  isDoubtful,
  SLOW,
  slowAfterStatement,
  slowWhileHeld,
} from "./shared/transactions/slowInTransaction.ts";

export const connectionHeldDuringSlowWork = defineRule({
  id: "java/connection-held-during-slow-work",
  title: "A database connection is held while something slow is waited for",
  language: "java",
  certainty: "proven",
  cost: "one connection of the pool for as long as the work takes; requests beyond the pool's size wait for it",
  references: [
    "https://docs.spring.io/spring-framework/reference/data-access/transaction/declarative/annotations.html",
    "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing",
    "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
  ],
  messages: {
    direct: "{{work}} runs inside the transaction of {{method}}",
    through: "{{call}} runs {{work}} inside the transaction of {{method}}",
    index: "{{work}} asks a search index inside the transaction of {{method}}",
    indexThrough: "{{call}} runs {{work}}, which asks a search index, inside the transaction of {{method}}",
    shared: "{{work}} runs inside the transactions of {{method}} and {{more}} more",
    after: "{{work}} runs in {{method}}, behind the commit but before the connection is given back",
  },

  // Where one service keeps an index in step with its tables, most of them do.
  toldOnceInLists: ["index", "indexThrough"],

  check({ file, model, report }) {
    if (keepsNoConnection(model, file.file)) return;
    for (const method of model.calls.methodsIn(file.file)) {
      for (const cause of doubtfulCauses(model, method)) report(cause);
      const transaction = transactionOf(method.declared, model.types);
      if (transaction === undefined) for (const held of heldByTemplates(model, method)) report(heldReport(model, method, held));
      const opens = transaction !== undefined && needsTransaction(transaction) && !runsOnlyAtStartUp(model, method);
      const held = opens ? slowWhileHeld(model, method, isSure) : undefined;
      if (held === undefined) for (const behind of behindCommit(model, method)) report(behind);
      else if (transaction !== undefined)
        report({
          ...heldReport(model, method, { begins: { file: transaction.file, ...transaction.annotation.span }, ...held }),
          ...causedBy(transaction, method, held.effect),
        });
    }
  },
});

/** What is doubtful is said where it is done, once for all transactions that come there. */
const isSure: Counts = (effect) => effect.depth === 0 || !isDoubtful(effect);

/** Methods that have their transaction from one annotation are told once, by what is slowest for sure; an index is a whole project's habit. */
const causedBy = (
  transaction: Transaction,
  { declared: { owner } }: MethodNode,
  { kind }: SiteEffect,
): Pick<Report, "onceFor" | "weight"> =>
  transaction.on === "method" || kind === "search"
    ? {}
    : { onceFor: `${owner.type.qualified} ${transaction.file} ${transaction.annotation.span.start}`, weight: -SLOW.indexOf(kind) };

interface HeldFrom extends Held {
  readonly begins: Place;
}

function heldReport(
  model: Model,
  method: MethodNode,
  { site, effect, statement, begins }: HeldFrom,
): Report<"direct" | "through" | "index" | "indexThrough"> {
  const entry = model.effects.reachedFrom(method.key);
  const certainty = certaintyOf(effect, entry);
  return {
    at: site.at,
    message: effect.kind === "search" ? (effect.depth === 0 ? "index" : "indexThrough") : effect.depth === 0 ? "direct" : "through",
    data: { work: effect.label, call: site.name, method: nameOf(method) },
    certainty: entry === undefined && isPassedBy(model, method) ? DOUBTED[certainty] : certainty,
    cost: `one connection for as long as ${effect.label} takes${entry === undefined ? "" : `,${perEntry(model, method)}`}`,
    related: [
      ...(statement === undefined
        ? [{ at: begins, message: "the transaction begins here, and takes its connection" }]
        : [
            { at: begins, message: "the transaction begins here" },
            { at: { file: fileOf(method), ...statement.at }, message: "its first statement takes the connection" },
          ]),
      ...effect.chain,
      ...(certainty === "proven" ? model.effects.chainTo(method.key) : []),
    ],
  };
}

/**
 * What is waited for behind a commit, by a listener or in a synchronization. Spring calls them before it gives the connection back.
 * Measured with Spring Boot 3.4.1 and HikariCP: in `afterCommit`, in `afterCompletion` and in listeners of both phases the pool has one
 * active connection, with Hibernate and with JDBC alone.
 */
function behindCommit(model: Model, method: MethodNode): readonly Report<"after">[] {
  const { file } = method.declared.owner;
  return placesBehindCommit(model, method).flatMap(({ at, part }): readonly Report<"after">[] => {
    const slow = firstSlow(model, method, (effect) => !isDoubtful(effect) && effect.kind !== "search", part);
    if (slow === undefined || !(model.persistence.mappedClasses().length > 0 || model.schema.schemas().length > 0)) return [];
    const { site, effect } = slow;
    return [
      {
        at: site.at,
        message: "after",
        data: { work: effect.label, method: nameOf(method) },
        certainty: certaintyOf(effect, undefined) === "proven" ? "likely" : "possible",
        cost: `one connection for as long as ${effect.label} takes, for each ${part === undefined ? "event" : "commit"}`,
        related: [
          { at: { file: file.file, start: at.start, end: at.end }, message: "runs before the transaction has cleaned up" },
          ...effect.chain,
        ],
      },
    ];
  });
}

interface BehindCommit {
  readonly at: Span;
  /** Undefined for the whole body. */
  readonly part?: CodeNode;
}

/** Named, or with all of its package. */
const SYNCHRONIZES = /^org\.springframework\.transaction\.support(?:$|\.TransactionSynchronization)/;

/** A listener's body, or those of the synchronizations that a body registers. */
function placesBehindCommit(model: Model, method: MethodNode): readonly BehindCommit[] {
  const { method: declared, owner } = method.declared;
  const annotation = annotationNamed(declared.annotations, "TransactionalEventListener");
  if (annotation !== undefined) {
    const isAsync = [declared, owner.type].some(({ annotations }) => annotations.some(({ name }) => name.includes("Async")));
    return isAsync || !runsAfterTransaction(declared) ? [] : [{ at: annotation.span }];
  }
  if (declared.body < 0 || !owner.file.java.imports.some(({ name }) => SYNCHRONIZES.test(name))) return [];
  if (!SLOW.some((kind) => model.effects.of(method.key, kind) !== undefined)) return [];
  return behindCommits(nodesOf(model.calls.codeOf(method).body)).map((part) => ({
    at: { start: part.nameStart, end: part.nameStart + part.text.length },
    part,
  }));
}

/** What is waited for in functions that a method runs in transactions: `transactions.execute(status -> …)`. */
function heldByTemplates(model: Model, method: MethodNode): readonly HeldFrom[] {
  const { file } = method.declared.owner;
  if (
    method.declared.method.body < 0 ||
    !mayOpenTransactions(file, method.declared.method.body) ||
    !SLOW.some((kind) => model.effects.of(method.key, kind) !== undefined)
  )
    return [];
  if (runsOnlyAtStartUp(model, method)) return [];
  const { nodes, typer } = model.calls.codeOf(method);
  return transactionsOpened(nodes, typer).flatMap((opened) => {
    const held = slowWhileHeld(model, method, isSure, opened);
    const { nameStart: start, text } = opened.parent ?? opened;
    return held === undefined ? [] : [{ begins: { file: file.file, start, end: start + text.length }, ...held }];
  });
}

/** More transactions than these are not looked for. */
const MOST_TRANSACTIONS = 12;
/** Methods on the way to one piece of work that are looked at. */
const MOST_CALLERS = 400;

/** What a method does itself that is perhaps slow, with the transactions that it is done in. */
function* doubtfulCauses(model: Model, method: MethodNode): Generator<Report<"direct" | "shared">> {
  for (const kind of SLOW) {
    // What is a habit of sure ways needs no unsure ones.
    if (kind === "search" || !method.sites.some(({ work }) => work?.kind === kind)) continue;
    const found = transactionsAround(model, method, kind);
    const [nearest, ...others] = found;
    const [work] = model.effects.chainFrom(method.key, kind);
    if (nearest === undefined || work === undefined) continue;
    const { transaction, held } = nearest;
    const label = held.effect.label;
    yield {
      at: work.at,
      message: others.length === 0 ? "direct" : "shared",
      data: { work: label, method: nameOf(nearest.method), more: `${found.length < MOST_TRANSACTIONS ? "" : "at least "}${others.length}` },
      certainty: "possible",
      cost: `one connection for as long as ${label} takes, in each of the transactions`,
      related: [
        { at: { file: transaction.file, ...transaction.annotation.span }, message: "the transaction begins here" },
        { at: { file: fileOf(nearest.method), ...held.statement.at }, message: "its first statement takes the connection" },
        ...held.effect.chain,
        ...others.map((other) => ({
          at: { file: fileOf(other.method), ...other.held.site.at },
          message: `runs it in ${nameOf(other.method)}`,
        })),
      ],
    };
  }
}

interface Around {
  readonly method: MethodNode;
  readonly transaction: Transaction;
  readonly held: NonNullable<ReturnType<typeof slowAfterStatement>>;
}

/** The transactions that come to a method's own work after a statement, by calls; the nearest first. */
function transactionsAround(model: Model, cause: MethodNode, kind: WorkKind): readonly Around[] {
  const leadsHere = (effect: SiteEffect): boolean =>
    effect.kind === kind &&
    isDoubtful(effect) &&
    effect.target !== undefined &&
    model.effects.methodsFrom(effect.target, kind).at(-1) === cause.key;
  const found: Around[] = [];
  for (const key of model.effects.leadingTo(cause.key, kind).slice(0, MOST_CALLERS)) {
    const method = key === cause.key ? undefined : model.calls.method(key);
    if (method === undefined) continue;
    model.calls.noteBodies(fileOf(method));
    const transaction = transactionOf(method.declared, model.types);
    if (transaction === undefined || !needsTransaction(transaction) || runsOnlyAtStartUp(model, method)) continue;
    const held = slowAfterStatement(model, method, new Set([key]), leadsHere);
    if (held !== undefined) found.push({ method, transaction, held });
    if (found.length === MOST_TRANSACTIONS) break;
  }
  return found;
}

const fileOf = ({ declared }: MethodNode): string => declared.owner.file.file;
const nameOf = ({ declared: { owner, method } }: MethodNode): string => `${owner.type.name}.${method.name}`;

/**
 * Brokers' clients buffer what they send; a hash takes as long as its strength; a long way may not be taken at all; what few people
 * run holds few connections, and what computes holds them for a fraction of a second.
 */
function certaintyOf(effect: SiteEffect, entry: EntryPoint | undefined): Certainty {
  const { kind, depth, candidates } = effect;
  if (isDoubtful(effect) || (kind === "cpu" && entry?.often === false) || SETS_PASSWORD.test(effect.label)) return "possible";
  return kind === "cpu" || kind === "search" || candidates > 1 || depth > 2 || entry?.often === false ? "likely" : "proven";
}

/** Hashed when somebody registers or changes it; at each login it is compared (`matches`). */
const SETS_PASSWORD = /Encoder\.encode$|^BCrypt\.hashpw$/;

const DOUBTED: Readonly<Record<Certainty, Certainty>> = { proven: "likely", likely: "possible", possible: "possible" };
