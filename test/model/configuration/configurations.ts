import type { ConfigurationModel } from "../../../src/model/configuration/configurationModel.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

/** The configuration model over the files of a fixture. */
export async function modelOf(source: string): Promise<ConfigurationModel> {
  const workspace = new TestWorkspace([]);
  await workspace.put(parseFixture(source).files);
  return workspace.workspace.model.configuration;
}
