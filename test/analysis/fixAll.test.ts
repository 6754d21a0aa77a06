import assert from "node:assert/strict";
import { regexInLoop } from "../../src/rules/java/regex-in-loop.ts";
import { TestWorkspace } from "../harness/check.ts";
import { fixedAll } from "../harness/fixedAll.ts";

const names = (constant: string, chain: string): string => `class Names {
${constant}    private int seen;

    void all(java.util.List<String> names) {
        for (String name : names) {
            System.out.println(${chain});
        }
    }
}
`;

describe("fixing all findings", () => {
  it("keeps a fix that might have been none, and was one", async () => {
    const workspace = new TestWorkspace([regexInLoop]);
    await workspace.put([["src/Names.java", names("", 'name.trim().replaceAll("x+", "y")')]]);
    const result = await fixedAll(workspace);
    assert.deepEqual(result.rejected, []);
    assert.deepEqual(
      result.changed.map(({ after }) => after),
      [
        `import java.util.regex.Pattern;

${names('    private static final Pattern PATTERN = Pattern.compile("x+");\n\n', 'PATTERN.matcher(name.trim()).replaceAll("y")')}`,
      ],
    );
  });
});
