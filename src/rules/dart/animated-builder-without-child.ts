import { namedArgument } from "../../facts/dart/chains.ts";
import type { ClassEntry } from "../../model/client/clientModel.ts";
import { REBUILDERS } from "../../model/client/flutterNames.ts";
import { type WastefulBuilder, wastefulBuilders } from "../../model/client/independence.ts";
import { indentAt, insertAt, lineBreakOf, replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isCurrent } from "./edits/members.ts";
import { holdsLines, reindent } from "./edits/reindent.ts";

export const animatedBuilderWithoutChild = defineRule({
  id: "dart/animated-builder-without-child",
  title: "Builder that makes widgets anew which do not depend on what it listens to",
  language: "dart",
  certainty: "proven",
  cost: "its widgets are made, compared and updated again at every frame of the animation",
  references: [
    "https://api.flutter.dev/flutter/widgets/AnimatedBuilder-class.html#performance-optimizations",
    "https://docs.flutter.dev/perf/best-practices#avoid-pitfalls-when-animating",
  ],
  messages: {
    animation: "{{builder}} makes {{widgets}} widgets at every frame that do not depend on {{listened}}",
    change: "{{builder}} makes {{widgets}} widgets at every change that do not depend on {{listened}}",
  },

  check({ file, model, report }) {
    const { code, classes } = file.dart;
    if (file.dart.generated || file.dart.tooling) return;
    const builders = code.strings.filter((name) => REBUILDERS.has(name));
    if (builders.every((name) => model.client.classOf(name, file) !== undefined)) return;
    for (const type of classes) {
      const entry = { file, type };
      for (const wasteful of wastefulBuilders(entry, model.client)) {
        const head = wasteful.builder.node.children[0] ?? wasteful.builder.node;
        report({
          at: { start: head.start, end: head.end },
          message: wasteful.every === "frame" ? "animation" : "change",
          data: { builder: wasteful.builder.type, widgets: wasteful.widgets, listened: wasteful.listened || "its value" },
          ...(wasteful.every === "frame"
            ? {
                cost: `${wasteful.widgets} widgets made, compared and updated again at every frame`,
                ...(wasteful.widgets < FEW ? { certainty: "possible" as const } : {}),
              }
            : { cost: `${wasteful.widgets} widgets made, compared and updated again at every change`, certainty: "likely" as const }),
          related: [{ at: { file: file.file, ...spanOf(wasteful) }, message: "does not depend on it" }],
          fixes: holdsLines(wasteful.subtree) ? [] : [passAsChild(wasteful, entry, model.client.dartAtLeast([2, 12], file))],
        });
      }
    }
  },
});

/** Fewer widgets than this are a frame's work that nobody feels, unless many animations run. */
const FEW = 5;

const spanOf = ({ subtree }: WastefulBuilder) => ({ start: subtree.start, end: subtree.end });

/** The subtree becomes the builder's `child`, which is made once and handed to the closure each time. */
function passAsChild(wasteful: WastefulBuilder, entry: ClassEntry, isNullSafe: boolean): Fix {
  const { builder, childParameter, usesContext } = wasteful;
  return {
    title: "Make the subtree once and pass it as child",
    safe: !usesContext,
    edits(sources) {
      const { file } = entry.file;
      const text = sources.text(file);
      const closure = namedArgument(builder.call, "builder")?.parent;
      if (text === undefined || closure === undefined || !isCurrent(text, entry)) return undefined;
      const span = spanOf(wasteful);
      const indent = indentAt(text, closure.start);
      const nl = lineBreakOf(text);
      const child = reindent(text.slice(span.start, span.end), indentAt(text, span.start), indent, nl);
      const startsLine = text.slice(0, closure.start).endsWith(`\n${indent}`);
      const isUnnamed = /^_+$/.test(childParameter.text);
      const nameAt = childParameter.nameStart;
      return [
        {
          kind: "change",
          file,
          edits: [
            insertAt(closure.start, `child: ${child},${startsLine ? nl + indent : " "}`),
            ...(isUnnamed ? [replace({ start: nameAt, end: nameAt + childParameter.text.length }, "child")] : []),
            replace(span, `${isUnnamed ? "child" : childParameter.text}${isNullSafe ? "!" : ""}`),
          ],
        },
      ];
    },
  };
}
