import { creationOf, passedTo, rootOf } from "../../facts/dart/chains.ts";
import { type DartNode, nodesAround, nodesIn } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import { fileBodies } from "../../model/client/bodies.ts";
import type { ClassEntry } from "../../model/client/clientModel.ts";
import { futureBuilderOf } from "../../model/client/futureBuilders.ts";
import { type FreshCall, freshCall } from "../../model/client/futures.ts";
import { reloadsByRebuilding } from "../../model/client/setStateScope.ts";
import { isInClosure } from "../../model/client/wideReads.ts";
import { runsInBuild } from "../../model/client/widgetTree.ts";
import { withoutCapital } from "../../text/capitals.ts";
import type { Fix } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { keepInField, localsOf } from "./edits/keepInField.ts";

export const futureCreatedInBuild = defineRule({
  id: "dart/future-created-in-build",
  title: "Future or stream made anew at every build",
  language: "dart",
  certainty: "proven",
  cost: "the work runs again at every rebuild of its parent, and the builder falls back to its waiting state",
  references: [
    "https://api.flutter.dev/flutter/widgets/FutureBuilder-class.html",
    "https://github.com/flutter/flutter/issues/112676",
    "https://github.com/flutter/flutter/issues/27847",
  ],
  messages: {
    anew: "{{callee}} makes a new {{what}} at every build of this {{builder}}",
  },

  check({ file, model, report }) {
    const { code } = file.dart;
    if (file.dart.generated || file.dart.tooling) return;
    if (!code.strings.includes("future") && !code.strings.includes("stream")) return;
    for (const [method, body, entry] of fileBodies(file)) {
      let locals: ReadonlySet<string> | undefined;
      for (const node of nodesIn(body)) {
        const builder = node.kind === "chain" ? futureBuilderOf(node, file, model.client) : undefined;
        if (builder === undefined || !runsInBuild(node, method)) continue;
        const { value } = builder;
        const fresh = freshCall(value, { file, entry, body }, model.client);
        // A local of a handler, which a dialog's builder captures, is made once: wger.
        if (fresh === undefined || !runsInBuild(fresh.node, method)) continue;
        const isState = entry !== undefined && model.client.kindOf(entry) === "state";
        report({
          at: { start: fresh.node.start, end: fresh.node.end },
          message: "anew",
          data: { callee: calleeOf(fresh), what: builder.what, builder: builder.type },
          ...(entry !== undefined && !isInClosure(node) && isBuiltOnce(entry, body)
            ? { certainty: "possible" as const, cost: "the work runs again wherever something rebuilds the root of the app" }
            : weight(fresh, builder.what, node)),
          fixes:
            isState && !reloadsByRebuilding(entry)
              ? keepIt(fresh, value, {
                  entry,
                  method,
                  locals: (locals ??= localsOf(method, body)),
                  holds: builder.what,
                  argument: builder.holds,
                  isNullSafe: model.client.dartAtLeast([2, 12], file),
                })
              : [],
        });
      }
    }
  },
});

/** A widget without a state that `runApp` is given, and that subscribes to nothing, has no parent that would rebuild it. */
function isBuiltOnce(entry: ClassEntry, build: DartNode): boolean {
  const { file, type } = entry;
  if (type.superclass !== "StatelessWidget" || !file.dart.code.strings.includes("runApp") || [...nodesIn(build)].some(subscribes))
    return false;
  return [...fileBodies(file)].some(([, body]) =>
    [...nodesIn(body)].some(
      (node) =>
        node.kind === "chain" &&
        rootOf(node)?.name === "runApp" &&
        [...nodesIn(node)].some((inner) => creationOf(inner)?.type === type.name),
    ),
  );
}

/** `Theme.of(context)`, `MediaQuery.sizeOf(context)`, `context.watch<User>()`. */
const subscribes = (node: DartNode): boolean =>
  (node.kind === "property" || node.kind === "name") && /^(?:of|maybeOf|watch|select|\w+Of|dependOn\w+)$/.test(node.text);

function weight({ isProven, isView }: FreshCall, what: string, node: DartNode): Pick<Report, "certainty" | "cost"> {
  if (isOfRoute(node))
    return { certainty: "possible", cost: "the work runs again wherever something rebuilds the whole of the dialog or page" };
  if (isProven) return {};
  if (!isView) return { certainty: "likely" };
  // To listen to another view of the same stream costs next to nothing: fluffychat's filtered streams of its client.
  if (what === "Stream")
    return { certainty: "possible", cost: "the builder cancels its subscription and listens anew at every rebuild of its parent" };
  // What it has shown stays in the snapshot, which only says that it waits.
  const flickers = [...nodesIn(node)].some(({ text }) => text === "connectionState");
  return {
    certainty: flickers ? "likely" : "possible",
    cost: "the builder falls back to its waiting state at every rebuild of its parent",
  };
}

/** What a dialog or a page builds itself is kept by its route, and built again only where it subscribes to something. */
function isOfRoute(node: DartNode): boolean {
  const closure = [...nodesAround(node)].find(({ kind }) => kind === "closure");
  const passed = closure === undefined ? undefined : passedTo(closure);
  if (closure === undefined || !/^(?:builder|pageBuilder)$/.test(passed?.name ?? "")) return false;
  if (!/^(?:show[A-Z]\w*|\w*Route|\w*RouteBuilder)$/.test(passed?.callee ?? "") || passed?.callee === "GoRoute") return false;
  return ![...nodesIn(closure)].some(({ text }) => /^(?:MediaQuery|watch|select)$/.test(text));
}

interface Held {
  readonly entry: ClassEntry;
  readonly method: DartMethod;
  readonly locals: ReadonlySet<string>;
  readonly holds: string;
  /** The type argument of the builder. */
  readonly argument: string;
  readonly isNullSafe: boolean;
}

/** A rebuild that was meant to load again no longer does: a suggestion, never safe. */
function keepIt(fresh: FreshCall, value: DartNode, { entry, method, locals, holds, argument, isNullSafe }: Held): readonly Fix[] {
  if (fresh.node !== value) return [];
  const declared = fresh.returns?.startsWith(`${holds}<`) === true ? fresh.returns : undefined;
  const edit = keepInField({
    entry,
    method,
    locals,
    value,
    name: fieldName(fresh, holds),
    type: argument !== "" ? `${holds}<${argument}>` : declared,
    isNullSafe,
  });
  return edit === undefined ? [] : [{ title: `Keep the ${holds.toLowerCase()} in a field of the state`, safe: false, edits: edit }];
}

/** "_userFuture" for `loadUser()`. */
function fieldName({ callee }: FreshCall, holds: string): string {
  const bare = callee.slice(callee.lastIndexOf(".") + 1).replace(/^_+/, "");
  const [, what] = /^(?:get|fetch|load|read|find|watch|listen)([A-Z]\w*)$/.exec(bare) ?? [undefined, bare];
  const base =
    !/^\w+$/.test(callee) || what === undefined || /^(?:then|map|where|distinct|on|take|skip|cast|timeout)$/.test(bare)
      ? ""
      : withoutCapital(what);
  return base === "" ? `_${holds.toLowerCase()}` : base.endsWith(holds) ? `_${base}` : `_${base}${holds}`;
}

const calleeOf = ({ callee, node }: FreshCall): string => (node.kind === "name" ? callee : `${callee}()`);
