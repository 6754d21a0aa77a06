import { isForDevelopment, isForProduction } from "../../model/deployment/containerFiles.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { dropFlag } from "./dropFlag.ts";
import { JVM_VARIABLE } from "./javaLaunch.ts";

export const dockerSlowFlags = defineRule({
  id: "config/docker-slow-flags",
  title: "A flag of the JVM that is made for development",
  language: "container",
  certainty: "proven",
  cost: "depends on the flag: on JDK 17 a loop over maps and texts took 50 times as long interpreted, 1.5 times with one compiler",
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
        for (const { flag, why, at: from, certainty, cost } of slowFlagsIn(value)) {
          const at = { start: valueSpan.start + from, end: valueSpan.start + from + flag.length };
          const data = { flag: shown(flag), why };
          report({ at, message: "slow", data, certainty, cost, fixes: dropFlag(file.file, flag, at, value) });
        }
      }
    } else if (container.kind === "compose" || container.kind === "kubernetes") {
      const started = container.kind === "compose" ? container.services : container.workloads.flatMap(({ containers }) => containers);
      for (const { texts, environment, command } of started) {
        const ofJvm = [command, ...Object.entries(environment).flatMap(([key, value]) => (JVM_VARIABLE.test(key) ? [value] : []))].join(
          " ",
        );
        for (const { flag, why, certainty, cost } of slowFlagsIn(ofJvm)) {
          // Plain compose files are what people start on their own machines, to look for mistakes too.
          if (flag.includes("jdwp") && !isForProduction(file)) continue;
          const place = texts.find(({ text }) => text.includes(flag));
          if (place === undefined) continue;
          const data = { flag: shown(flag), why };
          const isAlone = Object.values(environment).includes(flag);
          report({
            at: place.at,
            message: "slow",
            data,
            certainty,
            cost,
            fixes: isAlone ? [] : dropFlag(file.file, flag, place.at, ofJvm),
          });
        }
      }
    }
  },
});

const SLOW: readonly (readonly [pattern: RegExp, why: string, certainty: Certainty, cost: string])[] = [
  [/-Xint\b/g, "nothing is compiled", "proven", "on JDK 17 a loop over maps and texts took 50 times as long"],
  [
    /-XX:TieredStopAtLevel=[0-3]\b/g,
    "hot code is never optimized",
    "proven",
    "on JDK 17 a loop over maps and texts took 1.4 to 1.6 times as long",
  ],
  // `-Xdebug` alone does nothing.
  [
    /-(?:agentlib:|Xrun)jdwp[^\s"'\]]*/g,
    "a debugger may attach",
    "possible",
    "none was measured before a debugger attaches; whoever reaches its port runs code",
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
