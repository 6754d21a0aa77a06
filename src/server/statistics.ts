import { readFileSync } from "node:fs";
import type { DatabaseStatistics } from "../model/schema/statistics.ts";
import { readStatistics } from "../planner/statistics/file.ts";
import type { StatisticsText } from "../planner/statistics/known.ts";
import type { Project } from "../project/project.ts";
import { statisticsPathOf } from "../project/settings.ts";
import { decodeText } from "../text/encodings.ts";

/** The first statistics file that a `performance.yaml` names; its text is undefined where it cannot be read. */
export function configuredStatistics(project: Project | undefined): StatisticsText | undefined {
  const [path] = (project?.settings.configurations ?? []).flatMap((configuration) => statisticsPathOf(configuration) ?? []);
  return path === undefined ? undefined : { path, text: textOfFile(path) };
}

/** What the rules know of production: nothing where the file counts for nothing, which is logged. */
export function productionStatistics(project: Project, log: (message: string) => void): DatabaseStatistics | undefined {
  const file = configuredStatistics(project);
  if (file === undefined) return undefined;
  const read = file.text === undefined ? undefined : readStatistics(file.text);
  if (read?.ok === true) return read.statistics;
  log(`${file.path} ${read === undefined ? "cannot be read" : `is no statistics file: ${read.why}`}. No rule knows what it says.`);
  return undefined;
}

function textOfFile(path: string): string | undefined {
  try {
    return decodeText(readFileSync(path)).text;
  } catch {
    return undefined;
  }
}
