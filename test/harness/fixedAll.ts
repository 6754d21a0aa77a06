import { type FixAllOptions, type FixAllResult, fixAll } from "../../src/analysis/fixAll.ts";
import { type TestWorkspace, testParsers } from "./check.ts";

/** Takes the first fix of each finding, over and over until none is left that can be had. The workspace's texts stay as they are. */
export async function fixedAll(
  { workspace, texts }: TestWorkspace,
  more: Partial<Pick<FixAllOptions, "history">> = {},
): Promise<FixAllResult> {
  return fixAll({
    workspace,
    sources: { text: (file) => texts.get(file) },
    parsers: await testParsers(),
    wants: (finding) => finding.fixes[0],
    ...more,
  });
}
