import { readFileSync, type StatsListener, unwatchFile, watchFile } from "node:fs";
import type { DatabaseStatistics } from "../model/schema/statistics.ts";
import { readStatistics } from "../planner/statistics/file.ts";
import type { StatisticsText } from "../planner/statistics/known.ts";
import type { Project } from "../project/project.ts";
import { statisticsPathOf } from "../project/settings.ts";
import { decodeText } from "../text/encodings.ts";

/** The first statistics file that a `performance.yaml` names; its text is undefined where it cannot be read. */
export function configuredStatistics(project: Project | undefined): StatisticsText | undefined {
  const path = configuredPath(project);
  return path === undefined ? undefined : { path, text: textOfFile(path) };
}

const configuredPath = (project: Project | undefined): string | undefined =>
  (project?.settings.configurations ?? []).flatMap((configuration) => statisticsPathOf(configuration) ?? [])[0];

/** What the rules know of production: nothing where the file counts for nothing, which is logged. */
export function productionStatistics(project: Project, log: (message: string) => void): DatabaseStatistics | undefined {
  const file = configuredStatistics(project);
  if (file === undefined) return undefined;
  const read = file.text === undefined ? undefined : readStatistics(file.text);
  if (read?.ok === true) return read.statistics;
  log(`${file.path} ${read === undefined ? "cannot be read" : `is no statistics file: ${read.why}`}. No rule knows what it says.`);
  return undefined;
}

/** A client watches nothing outside the workspace, where an export may well lie: a look every other second costs nothing that is felt. */
const POLL_MS = 2_000;

/** Tells when the statistics file of a project is another one than it was: written anew, made, or deleted. */
export class StatisticsWatch {
  readonly #onChange: StatsListener;
  #path: string | undefined;

  constructor(onChange: () => void) {
    this.#onChange = ({ mtimeMs, size }, before) => {
      if (mtimeMs !== before.mtimeMs || size !== before.size) onChange();
    };
  }

  /** The file to look at from now on; none where the project names none. */
  follow(project: Project | undefined): void {
    const path = configuredPath(project);
    if (path === this.#path) return;
    if (this.#path !== undefined) unwatchFile(this.#path, this.#onChange);
    this.#path = path;
    if (path !== undefined) watchFile(path, { interval: POLL_MS, persistent: false }, this.#onChange);
  }
}

function textOfFile(path: string): string | undefined {
  try {
    return decodeText(readFileSync(path)).text;
  } catch {
    return undefined;
  }
}
