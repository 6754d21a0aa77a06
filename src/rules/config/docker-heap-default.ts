import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { insertAt } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type JavaLaunch, javaLaunchOf } from "./javaLaunch.ts";

const FLAG = "-XX:MaxRAMPercentage=70";

export const dockerHeapDefault = defineRule({
  id: "config/docker-heap-default",
  title: "The JVM takes a quarter of its container's memory",
  language: "container",
  certainty: "likely",
  cost: "three quarters of the memory that the container is given",
  references: [
    "https://docs.oracle.com/en/java/javase/21/gctuning/ergonomics.html",
    "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html#advanced-garbage-collection-options-for-java",
  ],
  messages: {
    quarter: "{{command}} starts Java without a heap size: it takes 25 % of the container's memory",
    unread: "{{command}} starts Java by itself, which does not read {{variable}}: the heap takes 25 % of the container's memory",
  },
  toldOnce: ["quarter"],

  check({ file, model, report }) {
    const launch = javaLaunchOf(file, model.deployment);
    if (launch === undefined || HEAP.test(launch.flags) || isCalculated(launch)) return;
    // A file of arguments is the image's own; Kubernetes gives variables that the JVM reads.
    if (/(?<![\w"'])["']?@[\w./-]+["',\s]/.test(launch.instruction.value) || isGivenByKubernetes(model.configuration, file.file)) return;
    report({
      at: launch.instruction.keywordSpan,
      message: launch.unread.length > 0 ? "unread" : "quarter",
      data: { command: launch.instruction.keyword, variable: launch.unread.join(", ") },
      ...(launch.open ? { certainty: "possible" } : {}),
      fixes: addFlag(file.file, launch),
    });
  },
});

const isGivenByKubernetes = (configuration: ConfigurationModel, file: string): boolean =>
  GIVEN.some((name) => configuration.inEnvironment(name, file).some((given) => given.name === name && HEAP.test(given.value)));
const GIVEN = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"];

const HEAP = /-Xmx|MaxRAMPercentage|MaxHeapSize|MaxRAMFraction|-XX:MaxRAM=/;

/** Images of buildpacks work the heap out by themselves. */
const isCalculated = ({ stage }: JavaLaunch): boolean => /paketo|buildpack/i.test(stage.base);

/** In front of `-jar`, in either form of the instruction; in front of variables, whose options come later and win. */
function addFlag(file: string, { instruction: { value, valueSpan } }: JavaLaunch): readonly Fix[] {
  const exec = value.startsWith("[") ? value.indexOf('"-jar"') : -1;
  const shell = value.startsWith("[") ? -1 : value.search(/-jar\b/);
  const variable = shell < 0 ? -1 : value.slice(0, shell).search(/(?<=\bjava\s(?:.*\s)?)["']?\$/);
  const at = variable >= 0 ? variable : Math.max(exec, shell);
  if (at < 0) return [];
  const [comma] = /,\s*$/.exec(value.slice(0, Math.max(exec, 0))) ?? [", "];
  // Flags on lines of their own, each of which goes on with a backslash.
  const [, next] = /\\(\r?\n[ \t]*)$/.exec(value.slice(0, at)) ?? [];
  const text = exec >= 0 ? `"${FLAG}"${comma}` : next === undefined ? `${FLAG} ` : `${FLAG} \\${next}`;
  return [{ title: `Add ${FLAG}`, safe: false, edits: () => [{ kind: "change", file, edits: [insertAt(valueSpan.start + at, text)] }] }];
}
