import { fileURLToPath } from "node:url";
import { plannerSnapshot } from "../../scripts/plannerSnapshot.mjs";
import { sourcePlanner } from "../../src/planner/assets.ts";
import { IDLE_MS, Planner, type PlannerOptions, START_MS } from "../../src/planner/planner.ts";

/** A planner that runs from source. */
export async function newPlanner(options: Partial<PlannerOptions> = {}): Promise<Planner> {
  const script = fileURLToPath(new URL("../../scripts/plannerThread.mjs", import.meta.url));
  return new Planner({ script, assets: sourcePlanner(await plannerSnapshot()), idleMs: IDLE_MS, startMs: START_MS, ...options });
}
