import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Model } from "../model/model.ts";
import type { DatabaseStatistics } from "../model/schema/statistics.ts";
import type { PlanSources } from "../planner/schemaPlans.ts";
import { readStatistics } from "../planner/statistics/file.ts";
import type { StatisticsText } from "../planner/statistics/known.ts";
import { ratesOf, statisticsPathOf } from "../project/settings.ts";
import { decodeText } from "../text/encodings.ts";
import { UsageError } from "./io.ts";
import type { Session } from "./session.ts";

/** The statistics file that is given, else the first that a `performance.yaml` names. Throws a UsageError where there is no such file. */
export function statisticsText(session: Session, given: string | undefined): StatisticsText | undefined {
  const path = given ?? configuredPath(session);
  return path === undefined ? undefined : { path, text: readText(resolve(session.io.cwd, path), "statistics file") };
}

/** The one that a `performance.yaml` names; its text is undefined where it is not there, as on a server that only builds. */
export function configuredStatistics(session: Session): StatisticsText | undefined {
  const path = configuredPath(session);
  if (path === undefined) return undefined;
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return { path, text: isThere ? decodeText(readFileSync(path)).text : undefined };
}

const configuredPath = ({ project }: Session): string | undefined =>
  project.settings.configurations.flatMap((configuration) => statisticsPathOf(configuration) ?? [])[0];

/** What the rules know of production, or why the file counts for nothing. */
export function toldBy(file: StatisticsText | undefined): { readonly statistics?: DatabaseStatistics; readonly wrong?: string } {
  if (file === undefined) return {};
  if (file.text === undefined) return { wrong: `${file.path} cannot be read` };
  const read = readStatistics(file.text);
  return read.ok ? { statistics: read.statistics } : { wrong: `${file.path} is no statistics file: ${read.why}` };
}

export function planSources(session: Session, model: Model, statistics: StatisticsText | undefined): PlanSources {
  return {
    model,
    statistics,
    rates: ratesOf(session.project.settings.configurations),
    textOf: (file) => decodeText(readFileSync(session.pathOf(file))).text,
  };
}

/** Throws a UsageError where there is no such file. */
export function readText(path: string, what: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UsageError(`There is no ${what} ${path}`);
  return decodeText(readFileSync(path)).text;
}

/** Says what to do about a statistics file that counts for nothing. */
export function mustCount(wrong: string | undefined): void {
  if (wrong !== undefined) throw new UsageError(`${wrong}. "performance-auditor plan --export-query" prints what to run`);
}
