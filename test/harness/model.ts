import type { Model } from "../../src/model/model.ts";
import { TestWorkspace } from "./check.ts";
import { parseFixture } from "./fixture.ts";

/** The model of a small workspace, given as in the tests of rules. */
export async function modelOf(fixture: string): Promise<Model> {
  const workspace = new TestWorkspace([]);
  await workspace.put(parseFixture(fixture).files);
  return workspace.workspace.model;
}
