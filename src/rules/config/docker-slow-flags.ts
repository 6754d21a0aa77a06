import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isForDevelopment, JVM_VARIABLE } from "./javaLaunch.ts";

export const dockerSlowFlags = defineRule({
  id: "config/docker-slow-flags",
  title: "A flag of the JVM that is made for development",
  language: "container",
  certainty: "proven",
  cost: "depends on the flag: interpreted code is some ten times slower, code of the first compiler about half as fast",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
    "https://docs.oracle.com/en/java/javase/21/docs/specs/jpda/conninv.html",
  ],
  messages: { slow: "{{flag}}: {{why}}" },

  check({ file, report }) {
    if (isForDevelopment(file.file)) return;
    const { container } = file;
    if (container.kind === "dockerfile") {
      for (const { keyword, value, valueSpan } of container.stages.at(-1)?.instructions ?? []) {
        if (keyword !== "ENTRYPOINT" && keyword !== "CMD" && keyword !== "ENV") continue;
        for (const { flag, why, at, certainty } of slowFlagsIn(value))
          report({
            at: { start: valueSpan.start + at, end: valueSpan.start + at + flag.length },
            message: "slow",
            data: { flag: shown(flag), why },
            certainty,
          });
      }
    } else if (container.kind === "compose") {
      for (const { texts, environment, command } of container.services) {
        const ofJvm = [command, ...Object.entries(environment).flatMap(([key, value]) => (JVM_VARIABLE.test(key) ? [value] : []))].join(
          " ",
        );
        for (const { flag, why, certainty } of slowFlagsIn(ofJvm)) {
          const place = texts.find(({ text }) => text.includes(flag));
          if (place !== undefined) report({ at: place.at, message: "slow", data: { flag: shown(flag), why }, certainty });
        }
      }
    }
  },
});

const SLOW: readonly (readonly [RegExp, string, Certainty])[] = [
  [/-Xint\b/g, "nothing is compiled", "proven"],
  [/-XX:TieredStopAtLevel=[0-3]\b/g, "hot code is never optimized", "proven"],
  // `-Xdebug` alone does nothing.
  [/-(?:agentlib:|Xrun)jdwp[^\s"'\]]*/g, "a debugger may attach", "likely"],
];

function slowFlagsIn(
  value: string,
): readonly { readonly flag: string; readonly why: string; readonly at: number; readonly certainty: Certainty }[] {
  return SLOW.flatMap(([pattern, why, certainty]) =>
    [...value.matchAll(pattern)].map((match) => ({ flag: match[0], why, at: match.index, certainty })),
  );
}

const shown = (flag: string): string => flag.replace(/[=:]transport.*/, "");
