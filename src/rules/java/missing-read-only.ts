import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf } from "../../facts/java/code.ts";
import type { JavaAnnotation, JavaMethod } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Typer } from "../../model/calls/typing/typer.ts";
import type { Model } from "../../model/model.ts";
import { statementOf } from "../../model/persistence/repositories/repository.ts";
import { repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { type Transaction, transactionOf } from "../../model/transactions/transactions.ts";
import { annotationNamed, constantText } from "../../model/types/constants.ts";
import { bareName, type TypeEntry } from "../../model/types/typeIndex.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { annotate } from "./edits/annotate.ts";

export const missingReadOnly = defineRule({
  id: "java/missing-read-only",
  title: "A transaction that only reads is not marked so",
  language: "java",
  certainty: "possible",
  cost: "Hibernate keeps a copy of every entity and compares all of them at the end",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/transactions.html#transactional-query-methods",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#caching-query",
  ],
  messages: {
    reads: "{{method}} only reads, in a transaction that may write",
    all: "All of {{type}} only reads, in transactions that may write",
    several: "{{method}} and {{more}} more only read, in transactions that may write",
  },

  check({ file, model, report }) {
    if (!file.java.imports.some(({ name }) => SPRINGS.test(name))) return;
    // Without Hibernate nothing is compared, and the driver learns of it at most.
    if (!model.configuration.buildOf(file.file).has("spring-boot-starter-data-jpa", "spring-data-jpa", "hibernate-core")) return;
    const shared = new Map<TypeEntry, { transaction: Transaction; methods: MethodNode[] }>();
    for (const method of model.calls.methodsIn(file.file)) {
      const { owner, method: declared } = method.declared;
      const transaction = transactionOf(method.declared, model.types);
      if (transaction === undefined || transaction.readOnly || transaction.propagation !== "REQUIRED") continue;
      // What an annotation of the project's own hands on is for its declaration to say.
      if (bareName(transaction.annotation.name) !== "Transactional") continue;
      if (transaction.on === "class") {
        const known = shared.get(owner);
        if (known === undefined) shared.set(owner, { transaction, methods: [method] });
        else known.methods.push(method);
      } else if (transaction.on === "method" && reads(model, method) && onlyReads(model, method))
        report({
          at: transaction.annotation.span,
          message: "reads",
          data: { method: `${owner.type.name}.${declared.name}` },
          fixes: [markReadOnly(file.file, transaction.annotation)],
        });
    }
    for (const [owner, { transaction, methods }] of shared) {
      // A class below it has the transactions of its own methods from here.
      if (model.types.subtypesOf(owner).length > 0) continue;
      const readers = methods.filter((method) => reads(model, method) && onlyReads(model, method));
      if (readers.length > 0 && methods.every((method) => readers.includes(method) || readsNothing(model, method))) {
        report({
          at: transaction.annotation.span,
          message: "all",
          data: { type: owner.type.name },
          fixes: [markReadOnly(file.file, transaction.annotation)],
        });
        continue;
      }
      const [first, ...others] = readers.map(({ declared }) => declared.method).filter(({ returns }) => MANY.test(returns));
      if (first === undefined) continue;
      report({
        at: first.nameSpan,
        message: others.length === 0 ? "reads" : "several",
        data: { method: `${owner.type.name}.${first.name}`, more: others.length },
        related: others.map(({ name, nameSpan }) => ({ at: { file: file.file, ...nameSpan }, message: `${name} only reads` })),
        fixes: [markReaders(file, transaction.annotation, [first, ...others])],
      });
    }
  },
});

/** The annotation, or all of its package. */
const SPRINGS = /^org\.springframework\.transaction\.annotation(?:\.Transactional)?$/;

const reads = (model: Model, { key }: MethodNode): boolean => model.effects.of(key, "read") !== undefined;

const READERS = /^(?:get|find|list|search|load|count|exists|is|has|read|fetch|query)(?:\p{Lu}|$)/u;
/** A managed entity is written without a call that says so; a lock is taken for a write that follows. */
const CHANGES = /^(?:set\p{Lu}\w*|add|put|remove|clear|delete\w*|update\w*|publishEvent|send\w*|nextval)$|(?<!Without|No)lock|forUpdate/iu;

/** Writes and sends nothing, by its effects, its name, and the calls of its body. */
const onlyReads = (model: Model, node: MethodNode): boolean => isNamed(READERS, node) && changesNothing(model, node);

/** A reader that asks the database nothing, and `mapToView(order)`, which a class offers beside its readers. */
const readsNothing = (model: Model, node: MethodNode): boolean =>
  !reads(model, node) && (isNamed(READERS, node) || isNamed(TRANSLATORS, node)) && changesNothing(model, node);

const TRANSLATORS = /^(?:map|convert|format|to|from)(?:\p{Lu}|$)/u;

/** What gives many rows, of which Hibernate would keep as many copies. */
const MANY = /^(?:[\w.]+\.)?(?:\w*List|\w*Set|Collection|Iterable|Page|Slice|Stream)</;

const isNamed = (names: RegExp, { declared: { method } }: MethodNode): boolean =>
  names.test(method.name) && !DOES_MORE.test(method.name.replace(/By\p{Lu}.*/u, "")) && !AND_CHANGES.test(method.name);

/** `findAndTouch`, but not `findByNameAndCity`. */
const DOES_MORE = /(?:Or|And)\p{Lu}/u;
const AND_CHANGES = /(?:Or|And)(?:Add|Clear|Create|Delete|Drop|Increment|Insert|Lock|Mark|Remove|Reset|Save|Send|Set|Touch|Update)/;

function changesNothing(model: Model, node: MethodNode): boolean {
  const { key, declared, sites } = node;
  if (declared.method.body < 0) return false;
  for (const kind of ["write", "message", "mail", "http", "search"] as const) if (model.effects.of(key, kind) !== undefined) return false;
  const { nodes, typer } = model.calls.codeOf(node);
  const changes = ({ name, order }: MethodNode["sites"][number]): boolean =>
    (CHANGES.test(name) && !isOnOwnObject(model, nodes[order], typer)) || /OrCreate|OrInsert|AndUpdate|AndMark/.test(name);
  if (sites.some(changes) || locks(model, node)) return false;
  return (
    !nodes.some((call) => call.kind === "call" && /^set\p{Lu}/u.test(call.text) && !isOnOwnObject(model, call, typer)) &&
    !changesBelow(model, node, 0)
  );
}

/** Rows that are read for a lock, and numbers that are drawn: PostgreSQL refuses both in a transaction that is read-only. */
function locks(model: Model, node: MethodNode): boolean {
  if (model.calls.codeOf(node).nodes.some(({ text }) => /^PESSIMISTIC_/.test(text) || TAKES.test(text))) return true;
  return node.sites.some((site) => {
    const call = repositoryCall(model.persistence, model.calls, site);
    if (call?.declared === undefined) return false;
    if (annotationNamed(call.declared.annotations, "Lock") !== undefined) return true;
    const [target = ""] = site.targets;
    const owner = model.calls.method(target)?.declared.owner;
    const statement = statementOf(call.declared);
    const text = owner && statement && constantText(statement.value, { file: owner.file, type: owner.type }, model.types);
    return text !== undefined && TAKES.test(text);
  });
}

const TAKES = /\bfor\s+(?:no\s+key\s+)?(?:update|(?:key\s+)?share)\b|\bnextval\s*\(|\bpg_(?:try_)?advisory/i;

/** `answer.setTotal(n)` of what the method has made itself, and which is no entity: the answer's object, a list. */
function isOnOwnObject(model: Model, call: CodeNode | undefined, typer: Typer): boolean {
  const on = call === undefined ? undefined : childOf(call, "receiver");
  const local = on?.kind === "name" ? typer.declarationOf(on) : undefined;
  const value = local?.kind === "local" ? childOf(local, "value") : undefined;
  const type = value?.kind === "new" ? typer.typeOf(value) : undefined;
  return type !== undefined && model.persistence.entity(type.name) === undefined;
}

/** A helper that sets a field of an entity changes a row without a statement; one that locks cannot do so either. */
function changesBelow(model: Model, { sites }: MethodNode, depth: number): boolean {
  return sites.some(({ targets: [target, ...others] }) => {
    const called = target === undefined || others.length > 0 ? undefined : model.calls.method(target);
    if (
      called === undefined ||
      called.declared.method.body < 0 ||
      model.persistence.entity(called.declared.owner.type.qualified) !== undefined
    )
      return false;
    model.calls.noteBody(called);
    const { nodes, typer } = model.calls.codeOf(called);
    const sets = nodes.some((inner) => {
      const on = inner.kind === "call" && /^set\p{Lu}/u.test(inner.text) ? childOf(inner, "receiver") : undefined;
      const type = on === undefined ? undefined : typer.typeOf(on);
      return type !== undefined && model.persistence.entity(type.name) !== undefined;
    });
    return sets || locks(model, called) || (depth < DEEPEST && changesBelow(model, called, depth + 1));
  });
}

const DEEPEST = 2;

function markReadOnly(file: string, annotation: JavaAnnotation): Fix {
  return {
    title: "Mark the transaction read-only",
    safe: false,
    edits(sources) {
      const marked = marksReadOnly(annotation, sources.text(file));
      return marked === undefined ? undefined : [{ kind: "change", file, edits: [replace(annotation.span, marked)] }];
    },
  };
}

/** The class's annotation again, at the methods that only read. */
function markReaders(file: JavaFile, annotation: JavaAnnotation, methods: readonly JavaMethod[]): Fix {
  return {
    title: methods.length === 1 ? "Mark its transaction read-only" : "Mark their transactions read-only",
    safe: false,
    edits(sources) {
      const text = sources.text(file.file);
      const marked = marksReadOnly(annotation, text);
      if (text === undefined || marked === undefined) return undefined;
      return [{ kind: "change", file: file.file, edits: methods.map((method) => annotate(file, method, [marked], text)) }];
    },
  };
}

/** `@Transactional` → `@Transactional(readOnly = true)`; undefined for what is written otherwise. */
function marksReadOnly({ span, values }: JavaAnnotation, text: string | undefined): string | undefined {
  const written = text?.slice(span.start, span.end);
  if (written === undefined || !/^@[\w.]*Transactional/.test(written)) return undefined;
  const [first] = values;
  if (first === undefined) return `${written.replace(/\s*\(\s*\)$/, "")}(readOnly = true)`;
  // A single value without its name cannot stand beside a named one.
  const at = first.span.start - span.start;
  const named = /=\s*$/.test(written.slice(0, at)) ? written : `${written.slice(0, at)}value = ${written.slice(at)}`;
  return `${named.slice(0, -1)}, readOnly = true)`;
}
