import { childOf } from "../../facts/java/code.ts";
import type { JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Model } from "../../model/model.ts";
import { transactionOf } from "../../model/transactions/transactions.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import { insertAt } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";

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
  messages: { reads: "{{method}} only reads, in a transaction that may write" },

  check({ file, model, report }) {
    if (!file.java.imports.some(({ name }) => name === "org.springframework.transaction.annotation.Transactional")) return;
    // Without Hibernate nothing is compared, and the driver learns of it at most.
    if (!model.configuration.buildOf(file.file).has("spring-boot-starter-data-jpa", "spring-data-jpa", "hibernate-core")) return;
    for (const method of model.calls.methodsIn(file.file)) {
      const transaction = transactionOf(method.declared, model.types);
      if (transaction?.on !== "method" || transaction.readOnly || transaction.propagation !== "REQUIRED") continue;
      // What an annotation of the project's own hands on is for its declaration to say.
      if (bareName(transaction.annotation.name) !== "Transactional" || !onlyReads(model, method)) continue;
      const { owner, method: declared } = method.declared;
      report({
        at: transaction.annotation.span,
        message: "reads",
        data: { method: `${owner.type.name}.${declared.name}` },
        fixes: [markReadOnly(file.file, transaction.annotation)],
      });
    }
  },
});

const READERS = /^(?:get|find|list|search|load|count|exists|is|has|read|fetch|query)(?:\p{Lu}|$)/u;
/** A managed entity is written without a call that says so; a lock is taken for a write that follows. */
const CHANGES = /^(?:set\p{Lu}\w*|add|put|remove|clear|delete\w*|update\w*|publishEvent|send\w*|nextval)$|lock|forUpdate/iu;

/** Reads and nothing else, by its effects, its name, and the calls of its body. */
function onlyReads(model: Model, node: MethodNode): boolean {
  const { key, declared, sites } = node;
  if (!READERS.test(declared.method.name) || declared.method.body < 0) return false;
  if (/(?:Or|And)\p{Lu}/u.test(declared.method.name) || model.effects.of(key, "read") === undefined) return false;
  for (const kind of ["write", "message", "mail", "http"] as const) if (model.effects.of(key, kind) !== undefined) return false;
  if (sites.some(({ name }) => CHANGES.test(name) || /OrCreate|OrInsert|AndUpdate|AndMark/.test(name))) return false;
  return (
    !model.calls.codeOf(node).nodes.some(({ kind, text }) => kind === "call" && /^set\p{Lu}/u.test(text)) && !changesBelow(model, node, 0)
  );
}

/** A helper that sets a field of an entity changes a row without a statement. */
function changesBelow(model: Model, { sites }: MethodNode, depth: number): boolean {
  return sites.some(({ targets: [target, ...others] }) => {
    const called = target === undefined || others.length > 0 ? undefined : model.calls.method(target);
    if (
      called === undefined ||
      called.declared.method.body < 0 ||
      model.persistence.entity(called.declared.owner.type.qualified) !== undefined
    )
      return false;
    model.calls.methodsIn(called.declared.owner.file.file);
    const { nodes, typer } = model.calls.codeOf(called);
    const sets = nodes.some((inner) => {
      const on = inner.kind === "call" && /^set\p{Lu}/u.test(inner.text) ? childOf(inner, "receiver") : undefined;
      const type = on === undefined ? undefined : typer.typeOf(on);
      return type !== undefined && model.persistence.entity(type.name) !== undefined;
    });
    return sets || (depth < DEEPEST && changesBelow(model, called, depth + 1));
  });
}

const DEEPEST = 2;

function markReadOnly(file: string, { span, values }: JavaAnnotation): Fix {
  return {
    title: "Mark the transaction read-only",
    safe: false,
    edits(sources) {
      const text = sources.text(file);
      const written = text?.slice(span.start, span.end);
      if (written === undefined || !/^@[\w.]*Transactional/.test(written)) return undefined;
      if (values.length === 0 && !written.endsWith(")"))
        return [{ kind: "change", file, edits: [insertAt(span.end, "(readOnly = true)")] }];
      // A single unnamed value cannot stand beside a named one.
      if (!written.endsWith(")") || (values.length > 0 && !written.includes("="))) return undefined;
      return [{ kind: "change", file, edits: [insertAt(span.end - 1, `${values.length === 0 ? "" : ", "}readOnly = true`)] }];
    },
  };
}
