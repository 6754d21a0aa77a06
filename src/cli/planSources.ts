import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Model } from "../model/model.ts";
import type { PlanSources } from "../planner/schemaPlans.ts";
import type { StatisticsText } from "../planner/statistics/known.ts";
import { ratesOf, statisticsPathOf } from "../project/settings.ts";
import { decodeText } from "../text/encodings.ts";
import { UsageError } from "./io.ts";
import type { Session } from "./session.ts";

/** The statistics file that is given, else the first that a `performance.yaml` names. */
export function statisticsText({ project, io }: Session, given: string | undefined): StatisticsText | undefined {
  const [configured] = project.settings.configurations.flatMap((configuration) => statisticsPathOf(configuration) ?? []);
  const path = given ?? configured;
  return path === undefined ? undefined : { path, text: readText(resolve(io.cwd, path), "statistics file") };
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
