import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { plannerFiles } from "../../scripts/plannerFiles.mjs";
import type { Schema } from "../../src/model/schema/schema.ts";
import { sourcePlanner } from "../../src/planner/assets.ts";
import { IDLE_MS, LIMIT_MS, Planner, type PlannerOptions, START_MS } from "../../src/planner/planner.ts";
import { SqlParser } from "../../src/syntax/sql/sql.ts";
import { modelOf } from "../harness/model.ts";

/** A planner that runs from source. */
export async function newPlanner(options: Partial<PlannerOptions> = {}): Promise<Planner> {
  const script = fileURLToPath(new URL("../../scripts/plannerThread.mjs", import.meta.url));
  return new Planner({
    script,
    assets: sourcePlanner(await plannerFiles()),
    idleMs: IDLE_MS,
    startMs: START_MS,
    limitMs: LIMIT_MS,
    ...options,
  });
}

export interface PlannerOfSuite {
  readonly planner: Planner;
  readonly parser: SqlParser;
}

/** For a suite: a planner that ends with it, and SQL's parser. */
export function plannerOfSuite(): PlannerOfSuite {
  const parser = new SqlParser();
  let started: Planner | undefined;
  before(async () => {
    started = await newPlanner();
    await parser.load();
  });
  after(() => started?.close());
  return {
    parser,
    get planner() {
      assert.ok(started !== undefined);
      return started;
    },
  };
}

/** The schema that PostgreSQL migrations of one file fold to. */
export async function schemaOf(migration: string): Promise<Schema> {
  const model = await modelOf(`//- src/main/resources/db/migration/V1__all.sql\n${migration}`);
  const [schema] = model.schema.schemas();
  assert.ok(schema !== undefined);
  return schema;
}
