import assert from "node:assert/strict";
import { addRepositoryMethod } from "../../../../src/rules/java/edits/repositoryMethod.ts";
import { applyEdits } from "../../../../src/text/edits.ts";
import { TestWorkspace } from "../../../harness/check.ts";

const FILE = "src/shop/Visits.java";

/** The repository with a method that is added to it. */
async function withMethod(text: string, declaration: string): Promise<string> {
  const workspace = new TestWorkspace([]);
  await workspace.put([[FILE, text]]);
  const repository = workspace.workspace.model.types.declared("shop.Visits");
  assert.ok(repository);
  const edit = addRepositoryMethod({ repository, declaration, imports: [] }, { text: () => text });
  assert.ok(edit?.kind === "change");
  return applyEdits(text, edit.edits);
}

const REPOSITORY = `package shop;

interface Visits extends JpaRepository<Visit, Long> {
  Page<Visit> findByTown(String town, Pageable pageable);
}
`;

describe("a method that is added to a repository", () => {
  it("goes on in the next line where it is too long for one", async () => {
    const parameters = ["String firstName", "Map<String, String> names", '@Param("a,b") String lastName', "Pageable pageable"];
    const declaration = `Slice<Visit> findSliceByFirstNameAndNamesAndLastName(${parameters.join(", ")});`;
    assert.equal(
      await withMethod(REPOSITORY, declaration),
      REPOSITORY.replace(
        "\n}\n",
        `\n
  Slice<Visit> findSliceByFirstNameAndNamesAndLastName(String firstName, Map<String, String> names,
      @Param("a,b") String lastName, Pageable pageable);
}
`,
      ),
    );
  });

  it("has its parameters below where its name alone fills the line", async () => {
    const name = `findSliceBy${"Name".repeat(24)}`;
    const written = await withMethod(REPOSITORY, `Slice<Visit> ${name}(String name, Pageable pageable);`);
    assert.equal(written, REPOSITORY.replace("\n}\n", `\n\n  Slice<Visit> ${name}(\n      String name, Pageable pageable);\n}\n`));
  });

  it("stays on one line where others are as long", async () => {
    const long = `  List<Visit> findByTown(${"String aVeryLongOne, ".repeat(5)}String last);\n`;
    const text = REPOSITORY.replace("}\n", `${long}}\n`);
    const declaration = long.trim().replace("List<Visit> find", "boolean exists").replace("String last", "int last");
    assert.equal(await withMethod(text, declaration), text.replace(/\}\n$/, `\n  ${declaration}\n}\n`));
  });
});
