import { type DartNode, nodesAround } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { fileBodies } from "../../model/client/bodies.ts";
import { wideSetStates } from "../../model/client/setStateScope.ts";
import { hasMoreBehind, isInClosure, subscribesElsewhere, type WideRead, wideReads } from "../../model/client/wideReads.ts";
import { isDeferred, runsInBuild } from "../../model/client/widgetTree.ts";
import { withCapital } from "../../text/capitals.ts";
import { insertAt, remove, replace, type TextEdit } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";

export const rebuildWideState = defineRule({
  id: "dart/rebuild-wide-state",
  title: "Widget that rebuilds for far more than what it reads",
  language: "dart",
  certainty: "proven",
  cost: "a rebuild of the whole widget at each change of what it does not read",
  references: [
    "https://api.flutter.dev/flutter/widgets/MediaQuery-class.html",
    "https://docs.flutter.dev/perf/best-practices#control-build-cost",
    "https://pub.dev/documentation/provider/latest/provider/SelectContext/select.html",
    "https://riverpod.dev/docs/how_to/select",
  ],
  messages: {
    mediaQuery: "{{property}}: {{call}} rebuilds this widget at any change of the media data",
    watched: "{{property}}: {{call}} rebuilds this widget at any change of the object",
    computed: "{{property}}: {{call}} makes {{notifier}} anew at any change of the object",
    setState: "setState of {{fields}} rebuilds {{widgets}} widgets; {{readers}} of them read it",
  },

  check({ file, model, report }) {
    const { code, classes } = file.dart;
    if (file.dart.generated || file.dart.tooling) return;
    const has = (name: string) => code.strings.includes(name);
    if (has("MediaQuery") || has("watch") || has("Provider")) {
      for (const [method, body, entry] of fileBodies(file)) {
        for (const { read, others } of byWidget(wideReads(body, file, model.client))) {
          const isMedia = read.kind === "mediaQuery";
          if (!isMedia && !runsInBuild(read.call, method)) continue;
          if (entry !== undefined && subscribesElsewhere(read, method, entry, model.client)) continue;
          const isNotifier = entry !== undefined && model.client.kindOf(entry) === "riverpod";
          const last = read.local === undefined ? read.uses.at(-1) : undefined;
          report({
            at: { start: read.start, end: last?.end ?? read.end },
            message: isMedia ? "mediaQuery" : isNotifier ? "computed" : "watched",
            data: { property: read.property, call: callOf(read), ...(isNotifier ? { notifier: entry.type.name } : {}) },
            ...(isMedia
              ? mediaWeight(
                  read,
                  [read, ...others].every(({ call }) => runsLater(call, body, method)),
                )
              : { certainty: "likely" as const }),
            ...(isNotifier ? { cost: "its build method, and all who watch it, at each change of what it does not read" } : {}),
            related: others.map((other) => ({
              at: { file: file.file, start: other.start, end: other.uses.at(-1)?.end ?? other.end },
              message: "the same widget reads it here, too",
            })),
            fixes: canNarrow(read) ? [narrow({ read, others }, file)] : [],
          });
        }
      }
    }
    if (!has("setState")) return;
    for (const type of classes) {
      const entry = { file, type };
      const build = type.methods.find((method) => method.name === "build");
      if (build === undefined || model.client.kindOf(entry) !== "state") continue;
      for (const { call, fields, widgets, readers, isFrequent, others } of wideSetStates(entry, build, model.client)) {
        report({
          at: { start: call.start, end: (call.children[0] ?? call).end },
          message: "setState",
          data: { fields: fields.length > 3 ? `${fields.length} fields` : fields.join(", "), widgets, readers },
          certainty: isFrequent ? "likely" : "possible",
          cost: `${widgets} widgets built and compared where ${readers} would do`,
          related: [
            { at: { file: file.file, ...build.nameSpan }, message: "builds them" },
            ...others.map((other) => ({
              at: { file: file.file, start: other.start, end: (other.children[0] ?? other).end },
              message: "does so, too",
            })),
          ],
        });
      }
    }
  },
});

/** One widget rebuilds once, however often it reads the same property of the media data: what a closure reads may be another's. */
function byWidget(reads: readonly WideRead[]): readonly Widget[] {
  const found: Widget[] = [];
  const known = new Map<unknown, Map<string, WideRead[]>>();
  for (const read of reads) {
    const widget = [...nodesAround(read.call)].find(({ kind }) => kind === "closure" || kind === "function");
    const properties = known.get(widget) ?? new Map<string, WideRead[]>();
    known.set(widget, properties);
    const key = `${callOf(read)} ${read.property}`;
    const others = read.kind === "mediaQuery" ? properties.get(key) : undefined;
    if (others !== undefined) {
      others.push(read);
      continue;
    }
    const more: WideRead[] = [];
    properties.set(key, more);
    found.push({ read, others: more });
  }
  return found;
}

interface Widget {
  readonly read: WideRead;
  readonly others: readonly WideRead[];
}

/** What moves with a keyboard is read because it moves: only the other, rare changes are spared then. */
function mediaWeight({ property }: WideRead, isLate: boolean): Pick<Report, "cost" | "certainty"> {
  if (property === "viewInsets") return { cost: "a rebuild at each change of any other property of the media data", certainty: "possible" };
  const cost = "a rebuild at each frame of a keyboard's or window's animation, and at each change of any other property";
  return isLate ? { cost: `once this has run, ${cost}`, certainty: "likely" } : { cost };
}

/** Whether code is run by an event: it subscribes from then on only. */
function runsLater(node: DartNode, body: DartNode, method: DartMethod): boolean {
  if (runsInBuild(node, method) || /^(?:didChangeDependencies|didUpdateWidget)$/.test(method.name)) return false;
  return isDeferred(node, body) || method.marker === "async" || /^(?:void|Future)\b/.test(method.returns ?? "");
}

function callOf({ kind, method, call }: WideRead): string {
  if (kind === "mediaQuery") return `MediaQuery.${method.text}`;
  if (kind === "riverpod") return "watch";
  return method.text === "of" ? `Provider.of<${call.type}>` : `watch<${call.type}>`;
}

/** provider's select must be called from the build method itself: it throws in the builder of a lazy list. */
function canNarrow({ kind, call }: WideRead): boolean {
  return kind !== "provider" || !isInClosure(call);
}

/** Subscribes to the one property. Safe where the framework has a method for it; what `select` compares is the object's affair. */
function narrow({ read, others }: Widget, facts: DartFile): Fix {
  const { file, length } = facts;
  const reads = [read, ...others];
  return {
    title: read.kind === "mediaQuery" ? `Read ${mediaMethod(read)}` : `Select ${read.property}`,
    safe: read.kind === "mediaQuery",
    edits(sources) {
      const text = sources.text(file);
      if (text === undefined || text.length !== length) return undefined;
      if (reads.some(({ method }) => text.slice(method.nameStart, method.nameStart + method.text.length) !== method.text)) return undefined;
      const edits = reads.flatMap((one) => editsOf(one, text) ?? []);
      return edits.length === 0 ? undefined : [{ kind: "change", file, edits }];
    },
  };
}

function mediaMethod({ property, method }: WideRead): string {
  const capital = withCapital(property);
  return method.text === "maybeOf" ? `MediaQuery.maybe${capital}Of` : `MediaQuery.${property}Of`;
}

/** The local and its uses, by the property's name where that is free: "settings" does not say what one of them is. */
function renamed({ uses, property, isNameFree }: WideRead, local: DartNode): readonly TextEdit[] {
  const name = isNameFree ? property : local.text;
  return [
    ...(isNameFree ? [replace({ start: local.nameStart, end: local.nameStart + local.text.length }, name)] : []),
    ...uses.map((use) => replace({ start: use.parent?.start ?? use.start, end: use.end }, name)),
  ];
}

function editsOf(read: WideRead, text: string): readonly TextEdit[] | undefined {
  const { kind, call, method, uses, local, property } = read;
  const argument = call.children[0];
  const last = uses.at(-1);
  if (last === undefined) return undefined;
  const dropped = local === undefined ? [remove({ start: call.end, end: last.end })] : renamed(read, local);
  if (kind === "mediaQuery") {
    const asserted = local === undefined && /^\s*!/.test(text.slice(call.end, last.start + 1));
    const name = asserted ? `${property}Of` : mediaMethod(read).slice("MediaQuery.".length);
    const edits = [replace({ start: method.nameStart, end: method.nameStart + method.text.length }, name), ...dropped];
    // `maybeOf(c)?.size.width` stops at the `?.`: what follows must do so itself now.
    const needsGuard =
      method.text === "maybeOf" && !asserted && local === undefined && hasMoreBehind(last) && /^\s*\./.test(text.slice(last.end));
    return needsGuard ? [...edits, insertAt(last.end, "?")] : edits;
  }
  /** As written, `?.` included. */
  const path = local === undefined ? text.slice(call.end, last.end).replace(/\s+/g, "") : `.${property}`;
  if (kind === "riverpod")
    return argument === undefined ? undefined : [insertAt(argument.end, `.select((value) => value${path})`), ...dropped];
  const context =
    method.text === "of" && argument !== undefined ? text.slice(argument.start, argument.end) : text.slice(read.start, method.start).trim();
  const selected = `${context}.select((${call.type} value) => value${path})`;
  return local === undefined
    ? [replace({ start: read.start, end: last.end }, selected)]
    : [replace({ start: read.start, end: read.end }, selected), ...dropped];
}
