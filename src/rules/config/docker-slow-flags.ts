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
        for (const { flag, why, at, certainty, cost } of slowFlagsIn(value))
          report({
            at: { start: valueSpan.start + at, end: valueSpan.start + at + flag.length },
            message: "slow",
            data: { flag: shown(flag), why },
            certainty,
            cost,
          });
      }
    } else if (container.kind === "compose") {
      for (const { texts, environment, command } of container.services) {
        const ofJvm = [command, ...Object.entries(environment).flatMap(([key, value]) => (JVM_VARIABLE.test(key) ? [value] : []))].join(
          " ",
        );
        for (const { flag, why, certainty, cost } of slowFlagsIn(ofJvm)) {
          const place = texts.find(({ text }) => text.includes(flag));
          if (place !== undefined) report({ at: place.at, message: "slow", data: { flag: shown(flag), why }, certainty, cost });
        }
      }
    }
  },
});

const SLOW: readonly (readonly [pattern: RegExp, why: string, certainty: Certainty, cost: string])[] = [
  [/-Xint\b/g, "nothing is compiled", "proven", "interpreted code is some ten times slower"],
  [/-XX:TieredStopAtLevel=[0-3]\b/g, "hot code is never optimized", "proven", "code of the first compiler is about half as fast"],
  // `-Xdebug` alone does nothing.
  [
    /-(?:agentlib:|Xrun)jdwp[^\s"'\]]*/g,
    "a debugger may attach",
    "likely",
    "some optimizations are left out, more while a debugger is attached",
  ],
];

interface SlowFlag {
  readonly flag: string;
  readonly why: string;
  /** Where it begins in the value. */
  readonly at: number;
  readonly certainty: Certainty;
  readonly cost: string;
}

const slowFlagsIn = (value: string): readonly SlowFlag[] =>
  SLOW.flatMap(([pattern, why, certainty, cost]) =>
    [...value.matchAll(pattern)].map((match) => ({ flag: match[0], why, at: match.index, certainty, cost })),
  );

const shown = (flag: string): string => flag.replace(/[=:]transport.*/, "");
