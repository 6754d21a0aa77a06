import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { siteEffect } from "../../../../model/calls/effects/siteEffects.ts";
import type { Model } from "../../../../model/model.ts";
import { transactionOf } from "../../../../model/transactions/transactions.ts";
import { stereotypeOf } from "../../../../model/types/beans.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { bareName } from "../../../../model/types/typeIndex.ts";
import type { Fix } from "../../../finding.ts";
import { callsNearby } from "../../shared/running/callsNearby.ts";
import { annotate } from "../annotate.ts";
import { canBeNamed, importEdits } from "../imports.ts";
import { SEEN, TELLS } from "./saveAll.ts";

const TRANSACTIONAL = "org.springframework.transaction.annotation.Transactional";

/**
 * `@Transactional` at the method whose loop commits for each element: one transaction of all of them. Offered where others call the method,
 * through Spring's proxy, and nothing in it waits for another machine, holds a lock, or goes on after what has failed.
 */
export function oneTransaction(model: Model, method: MethodNode): readonly Fix[] {
  const { owner, method: declared } = method.declared;
  if (!isAdvised(model, method) || !isQuick(model, method) || !hasOneManager(model, method)) return [];
  return [
    {
      title: `Run ${declared.name} in one transaction`,
      safe: false,
      edits(sources) {
        const text = sources.text(owner.file.file);
        if (text === undefined) return undefined;
        // Jakarta's means the same to Spring.
        const imports = canBeNamed(owner.file, TRANSACTIONAL) ? importEdits(owner.file, text, [TRANSACTIONAL]) : [];
        return [{ kind: "change", file: owner.file.file, edits: [...imports, annotate(owner.file, declared, ["@Transactional"], text)] }];
      },
    },
  ];
}

/** Whether an annotation at a method has an effect whenever it runs: a bean's, called from an entry point by other classes alone. */
function isAdvised(model: Model, method: MethodNode): boolean {
  const { owner, method: declared } = method.declared;
  const stereotype = stereotypeOf(owner.type);
  const isBean = stereotype !== undefined && /^(?:Service|Component|Repository)$/.test(bareName(stereotype.name));
  if (!isBean || owner.type.modifiers.includes("final") || transactionOf(method.declared, model.types) !== undefined) return false;
  const { modifiers, returns } = declared;
  if (!modifiers.includes("public") || modifiers.some((one) => /^(?:static|final|abstract|synchronized)$/.test(one))) return false;
  return !LATER.test(bareName(returns)) && model.effects.pathTo(method.key).length > 0 && callsNearby(model, method).length === 0;
}

/** What is worked off when the method has ended, and its transaction with it. */
const LATER = /^(?:Mono|Flux|Stream|CompletableFuture|Future|CompletionStage|Uni|Multi)$/;

/** Whether a method does nothing that a transaction would have to wait for, and nothing that is to stay when the rest is undone. */
function isQuick(model: Model, method: MethodNode): boolean {
  const { nodes } = model.calls.codeOf(method);
  if (nodes.some(({ kind, text }) => /^(?:try|synchronized)$/.test(kind) || (kind === "call" && (TELLS.test(text) || WAITS.test(text)))))
    return false;
  return method.sites.every((site) => SLOW.every((kind) => siteEffect(model.effects, site, kind) === undefined));
}

/** For others, who may have to wait for this one, too. */
const WAITS = /^(?:lock|tryLock|acquire|tryAcquire|await|join|flush)$/;
const SLOW = [...SEEN, "sleep", "cpu"] as const;

/** Whether Spring Boot's own transaction manager is the only one, so that an annotation need not say which. */
function hasOneManager({ configuration }: Model, { declared: { owner } }: MethodNode): boolean {
  const { file, java } = owner.file;
  if (!configuration.buildOf(file).has("spring-boot-starter-data-jpa", "spring-boot-starter-data-jdbc", "spring-data-jpa")) return false;
  const isNamed = java.types.some(({ annotations, methods }) =>
    [{ annotations }, ...methods].some((one) =>
      annotationNamed(one.annotations, "Transactional")?.values.some(({ name }) => name === "value" || name === "transactionManager"),
    ),
  );
  return !isNamed && !configuration.codeSettles("own-transactions", file);
}
