import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { dotted, type Typer } from "../../../model/calls/typing/typer.ts";
import type { Model } from "../../../model/model.ts";
import { insertAt, type TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";

/** Longer than a client waits for one answer, and short of what a person does. */
const LIMIT = "30, TimeUnit.SECONDS";

/**
 * `future.join()` → `future.orTimeout(30, TimeUnit.SECONDS).join()`, for all waits of a method. What fails behind the limit fails as what
 * the future itself fails with, so nothing else has to be caught. A future that others may have as well is not completed for them:
 * `get` is given the limit, where its exception is caught.
 */
export function boundWaits(model: Model, method: MethodNode, waits: readonly CodeNode[]): readonly Fix[] {
  const { owner } = method.declared;
  const { file } = owner.file;
  const { typer } = model.calls.codeOf(method);
  const java = model.configuration.buildOf(file).java;
  const ways = waits.map((wait) =>
    isMadeHere(wait, typer) && java !== undefined && java >= 9 ? "orTimeout" : isCaught(wait) ? "get" : undefined,
  );
  if (ways.includes(undefined)) return [];
  return [
    {
      title: "Wait for 30 seconds at most",
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || waits.some(({ nameStart, text: name }) => !text.startsWith(name, nameStart))) return undefined;
        const edit = (wait: CodeNode, i: number): TextEdit => {
          const on = childOf(wait, "receiver");
          if (ways[i] === "get" || on === undefined) return insertAt(wait.end - 1, LIMIT);
          // The step stands as the wait does: behind a point, or on a line of its own.
          return insertAt(on.end, `${text.slice(on.end, wait.nameStart)}orTimeout(${LIMIT})`);
        };
        return [{ kind: "change", file, edits: [...importEdits(owner.file, text, ["java.util.concurrent.TimeUnit"]), ...waits.map(edit)] }];
      },
    },
  ];
}

const MAKERS = /^(?:supplyAsync|runAsync|allOf|anyOf)$/;
const STEPS = /^(?:then\w+|handle|handleAsync|exceptionally|whenComplete|whenCompleteAsync)$/;

/** Whether a future is one that the method itself has started, or put together, and keeps for itself. */
function isMadeHere(wait: CodeNode, typer: Typer): boolean {
  const on = childOf(wait, "receiver");
  const local = on?.kind === "name" ? typer.declarationOf(on) : undefined;
  const made = local === undefined ? on : local.kind === "local" ? childOf(local, "value") : undefined;
  return made !== undefined && isNew(made, typer);
}

function isNew(made: CodeNode, typer: Typer): boolean {
  const on = childOf(made, "receiver");
  if (made.kind !== "call" || on === undefined) return false;
  if (MAKERS.test(made.text)) return dotted(on) === "CompletableFuture" && !isOfMany(made, typer);
  return STEPS.test(made.text) && (isNew(on, typer) || typer.typeOf(on)?.name === "java.util.concurrent.CompletableFuture");
}

/** `allOf(all.toArray(…))`: as long as many tasks may take, which is no time for one. */
const isOfMany = (made: CodeNode, typer: Typer): boolean =>
  /^(?:all|any)Of$/.test(made.text) && childrenOf(made, "argument").some((one) => typer.typeOf(one)?.dimensions !== 0);

/** Whether `get` may throw a TimeoutException here. */
function isCaught(wait: CodeNode): boolean {
  if (wait.text !== "get") return false;
  let inner: CodeNode = wait;
  for (const around of ancestorsOf(wait)) {
    if (around.kind === "lambda" || around.kind === "catch" || around.kind === "method") return false;
    if (around.kind === "try" && inner.role !== "finally" && childrenOf(around, "catch").some(({ type }) => CAUGHT.test(type))) return true;
    inner = around;
  }
  return false;
}

const CAUGHT = /(?:^|[|.\s])(?:Exception|Throwable|TimeoutException)(?:$|[|\s])/;
