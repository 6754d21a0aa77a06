import assert from "node:assert/strict";
import type { JavaFile } from "../../../../src/facts/fileFacts.ts";
import { importEdits } from "../../../../src/rules/java/edits/imports.ts";
import { pluralOf } from "../../../../src/rules/java/edits/plurals.ts";
import { applyEdits } from "../../../../src/text/edits.ts";
import { factsOf } from "../../../harness/check.ts";

async function withImports(imports: string, ...names: readonly string[]): Promise<string> {
  const text = `package shop;\n\n${imports}\n\nclass Shop {}\n`;
  const file = (await factsOf("src/shop/Shop.java", text)) as JavaFile;
  return applyEdits(text, importEdits(file, text, names))
    .replace("package shop;\n\n", "")
    .replace("\n\nclass Shop {}\n", "");
}

describe("imports that a fix adds", () => {
  it("stand in the order of their package, where the group around it has none", async () => {
    const unsorted = "import org.slf4j.Logger;\nimport java.util.List;\nimport java.util.Optional;\nimport java.util.stream.Collectors;";
    assert.equal(
      await withImports(unsorted, "java.util.Set", "java.util.HashSet"),
      "import org.slf4j.Logger;\nimport java.util.HashSet;\nimport java.util.List;\nimport java.util.Optional;\nimport java.util.Set;\nimport java.util.stream.Collectors;",
    );
  });

  it("stand in the order of the packages around theirs, where those have one", async () => {
    const unsorted =
      "import shop.Order;\nimport lombok.Data;\nimport org.shop.data.Page;\nimport org.shop.web.Controller;\nimport java.util.List;";
    assert.equal(
      await withImports(unsorted, "org.shop.cache.Cache", "org.shop.text.Text"),
      "import shop.Order;\nimport lombok.Data;\nimport org.shop.cache.Cache;\nimport org.shop.data.Page;\nimport org.shop.text.Text;\nimport org.shop.web.Controller;\nimport java.util.List;",
    );
  });

  it("stand beside Java's own where they are of its extensions", async () => {
    const grouped = "import shop.Order;\n\nimport java.util.List;\nimport java.util.UUID;\n\nimport org.shop.Page;";
    assert.equal(
      await withImports(grouped, "javax.persistence.QueryHint"),
      "import shop.Order;\n\nimport java.util.List;\nimport java.util.UUID;\nimport javax.persistence.QueryHint;\n\nimport org.shop.Page;",
    );
    assert.equal(
      await withImports("import shop.Order;\nimport org.shop.Page;\nimport jakarta.persistence.Entity;", "java.util.Set"),
      "import shop.Order;\nimport org.shop.Page;\nimport jakarta.persistence.Entity;\nimport java.util.Set;",
    );
  });

  it("stand behind a whole package that theirs lies in", async () => {
    const wildcard = "import org.shop.Page;\nimport javax.xml.stream.XMLStreamReader;\nimport java.io.IOException;\nimport java.util.*;";
    assert.equal(await withImports(wildcard, "java.util.regex.Pattern"), `${wildcard}\nimport java.util.regex.Pattern;`);
  });

  it("stand among those of others, not behind Java's own, where none begins alike", async () => {
    assert.equal(
      await withImports("import org.slf4j.*;\nimport zoo.Animal;\n\nimport java.util.*;\nimport java.util.stream.*;", "shop.Orders.Key"),
      "import org.slf4j.*;\nimport shop.Orders.Key;\nimport zoo.Animal;\n\nimport java.util.*;\nimport java.util.stream.*;",
    );
  });

  it("stand behind their kin where nothing is in order", async () => {
    const unsorted = "import java.util.Optional;\nimport java.util.List;\nimport org.slf4j.Logger;";
    assert.equal(
      await withImports(unsorted, "java.util.Map"),
      "import java.util.Optional;\nimport java.util.List;\nimport java.util.Map;\nimport org.slf4j.Logger;",
    );
  });
});

describe("names of many", () => {
  for (const [one, many] of [
    ["order", "orders"],
    ["category", "categories"],
    ["key", "keys"],
    ["address", "addresses"],
    ["status", "statuses"],
    ["quiz", "quizzes"],
    ["waltz", "waltzes"],
    ["details", "details"],
  ] as const)
    it(`${one}: ${many}`, () => assert.equal(pluralOf(one), many));
});
