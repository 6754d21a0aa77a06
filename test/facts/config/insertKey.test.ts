import assert from "node:assert/strict";
import fc from "fast-check";
import { configFacts } from "../../../src/facts/config/extract.ts";
import { insertKey } from "../../../src/facts/config/insertKey.ts";
import { applyEdits } from "../../../src/text/edits.ts";

const KEY = "spring.jpa.open-in-view";

function inserted(file: string, text: string): string | undefined {
  const edit = insertKey(file, text, KEY, "false");
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

describe("inserting a key", () => {
  for (const [name, before, after] of [
    ["into its section", "spring:\n  jpa:\n    show-sql: true\n", "spring:\n  jpa:\n    show-sql: true\n    open-in-view: false\n"],
    [
      "behind nested keys",
      "spring:\n  jpa:\n    properties:\n      a:\n        b: 1\nx: 1\n",
      "spring:\n  jpa:\n    properties:\n      a:\n        b: 1\n    open-in-view: false\nx: 1\n",
    ],
    [
      "before the comment of the next section",
      "spring:\n  jpa:\n    show-sql: true # why\n  # cache\n  cache:\n    type: redis\n",
      "spring:\n  jpa:\n    show-sql: true # why\n    open-in-view: false\n  # cache\n  cache:\n    type: redis\n",
    ],
    [
      "into a section without keys",
      "spring:\n  jpa:\n  cache:\n    type: redis\n",
      "spring:\n  jpa:\n    open-in-view: false\n  cache:\n    type: redis\n",
    ],
    [
      "with the indentation of the file",
      "spring:\n    jpa:\n        show-sql: true\n",
      "spring:\n    jpa:\n        show-sql: true\n        open-in-view: false\n",
    ],
    [
      "with sections that are missing",
      "server:\n    port: 80\n",
      "server:\n    port: 80\nspring:\n    jpa:\n        open-in-view: false\n",
    ],
    [
      "apart from other sections where those are",
      "server:\n  port: 80\n\n# where\nshop:\n  town: Oulu\n",
      "server:\n  port: 80\n\n# where\nshop:\n  town: Oulu\n\nspring:\n  jpa:\n    open-in-view: false\n",
    ],
    [
      "beside sections of which few are apart",
      "server:\n  port: 80\n\nshop:\n  town: Oulu\nbank:\n  town: Turku",
      "server:\n  port: 80\n\nshop:\n  town: Oulu\nbank:\n  town: Turku\nspring:\n  jpa:\n    open-in-view: false",
    ],
    [
      "among dotted keys",
      "spring.jpa.show-sql: true\nserver.port: 80\n",
      "spring.jpa.show-sql: true\nspring.jpa.open-in-view: false\nserver.port: 80\n",
    ],
    ["into a dotted section", "spring.jpa:\n  show-sql: true\n", "spring.jpa:\n  show-sql: true\n  open-in-view: false\n"],
    ["into braces", "spring: { jpa: { show-sql: true } }\n", "spring: { jpa: { show-sql: true, open-in-view: false } }\n"],
    ["into empty braces", "spring:\n  jpa: {}\n", "spring:\n  jpa: {open-in-view: false}\n"],
    [
      "behind a text of several lines",
      "spring:\n  jpa:\n    note: |\n      one\n      two\nx: 1\n",
      "spring:\n  jpa:\n    note: |\n      one\n      two\n    open-in-view: false\nx: 1\n",
    ],
    [
      "behind a list",
      "spring:\n  jpa:\n    mapping-resources:\n      - a\n      - b\n",
      "spring:\n  jpa:\n    mapping-resources:\n      - a\n      - b\n    open-in-view: false\n",
    ],
    [
      "without a line break at the end",
      "spring:\n  jpa:\n    show-sql: true",
      "spring:\n  jpa:\n    show-sql: true\n    open-in-view: false",
    ],
    ["with CRLF", "spring:\r\n  jpa:\r\n    show-sql: true\r\n", "spring:\r\n  jpa:\r\n    show-sql: true\r\n    open-in-view: false\r\n"],
    [
      "behind a byte order mark",
      "\ufeffspring:\n  application:\n    name: é漢😀\n",
      "\ufeffspring:\n  application:\n    name: é漢😀\n  jpa:\n    open-in-view: false\n",
    ],
    ["into nothing", "", "spring:\n  jpa:\n    open-in-view: false\n"],
    [
      "of a text that the build fills in",
      "spring:\n  application:\n    name: @project.artifactId@\n",
      "spring:\n  application:\n    name: @project.artifactId@\n  jpa:\n    open-in-view: false\n",
    ],
    ["behind a comment alone, whose line has no end", "# later", "# later\nspring:\n  jpa:\n    open-in-view: false"],
    [
      "into the document for all profiles",
      "spring:\n  config.activate.on-profile: dev\n---\nspring:\n  jpa:\n    show-sql: true\n",
      "spring:\n  config.activate.on-profile: dev\n---\nspring:\n  jpa:\n    show-sql: true\n    open-in-view: false\n",
    ],
  ] as const) {
    it(`of YAML ${name}`, () => {
      assert.equal(inserted("application.yml", before), after);
    });
  }

  for (const [name, before, after] of [
    ["in front of blank lines at the end", "server.port=80\r\n\r\n\r\n", "server.port=80\r\nspring.jpa.open-in-view=false\r\n\r\n\r\n"],
    [
      "beside its siblings",
      "spring.jpa.show-sql=true\nserver.port=80\n",
      "spring.jpa.show-sql=true\nspring.jpa.open-in-view=false\nserver.port=80\n",
    ],
    ["in the style of its siblings", "spring.jpa.show-sql: true\n", "spring.jpa.show-sql: true\nspring.jpa.open-in-view: false\n"],
    [
      "behind the nearest relation",
      "spring.application.name = x\nserver.port = 80\n",
      "spring.application.name = x\nspring.jpa.open-in-view = false\nserver.port = 80\n",
    ],
    ["behind continued lines", "spring.jpa.a=b,\\\n  c\nx=1\n", "spring.jpa.a=b,\\\n  c\nspring.jpa.open-in-view=false\nx=1\n"],
    ["at the end, where the last line has none", "server.port=80", "server.port=80\nspring.jpa.open-in-view=false"],
    ["at the end", "server.port=80\n", "server.port=80\nspring.jpa.open-in-view=false\n"],
    [
      "before the first profile",
      "server.port=80\n#---\nspring.config.activate.on-profile=dev\nspring.jpa.show-sql=true\n",
      "server.port=80\nspring.jpa.open-in-view=false\n#---\nspring.config.activate.on-profile=dev\nspring.jpa.show-sql=true\n",
    ],
    [
      "apart from the last part, which has a heading",
      "# Server\nserver.port=80\n\n# Documents\ndocs.sorted=true\n",
      "# Server\nserver.port=80\n\n# Documents\ndocs.sorted=true\n\nspring.jpa.open-in-view=false\n",
    ],
    [
      "apart from such a part whose last line has no end",
      "server.port=80\r\n\r\n# Documents\r\ndocs.sorted=true",
      "server.port=80\r\n\r\n# Documents\r\ndocs.sorted=true\r\n\r\nspring.jpa.open-in-view=false",
    ],
    [
      "apart from what shares the first name alone and has a heading of its own",
      "spring.application.name=x\n\n# Migrations\nspring.flyway.enabled=true\n\n# Pages\nspring.web.locale=fi\n",
      "spring.application.name=x\nspring.jpa.open-in-view=false\n\n# Migrations\nspring.flyway.enabled=true\n\n# Pages\nspring.web.locale=fi\n",
    ],
    [
      "at the end where all of those have",
      "# Migrations\nspring.flyway.enabled=true\n\n# Pages\nspring.web.locale=fi\n",
      "# Migrations\nspring.flyway.enabled=true\n\n# Pages\nspring.web.locale=fi\n\nspring.jpa.open-in-view=false\n",
    ],
    [
      "below the heading of its nearest relations",
      "# Tables\nspring.jpa.show-sql=true\n\nspring.web.locale=fi\n",
      "# Tables\nspring.jpa.show-sql=true\nspring.jpa.open-in-view=false\n\nspring.web.locale=fi\n",
    ],
    [
      "behind what is commented out and as near",
      "spring.jpa.show-sql=true\n#spring.jpa.generate-ddl=true\n# spring.jpa.database: H2\n# Pages\nspring.web.locale=fi\n",
      "spring.jpa.show-sql=true\n#spring.jpa.generate-ddl=true\n# spring.jpa.database: H2\nspring.jpa.open-in-view=false\n# Pages\nspring.web.locale=fi\n",
    ],
    ["into nothing", "", "spring.jpa.open-in-view=false\n"],
    ["with CRLF", "spring.jpa.show-sql=true\r\n", "spring.jpa.show-sql=true\r\nspring.jpa.open-in-view=false\r\n"],
  ] as const) {
    it(`of properties ${name}`, () => {
      assert.equal(inserted("application.properties", before), after);
    });
  }

  for (const [name, file, text] of [
    ["the key is there", "application.yml", "spring:\n  jpa:\n    openInView: true\n"],
    ["the key is there in properties", "application.properties", "spring.jpa.open_in_view=true\n"],
    ["a text stands where the section would be", "application.yml", "spring:\n  jpa: no\n"],
    ["the section is an alias", "application.yml", "x: &x { a: 1 }\nspring:\n  jpa: *x\n"],
    ["the file does not parse", "application.yml", "spring: [\n"],
    ["the file is a list", "application.yml", "- a\n"],
    ["all of it holds for a profile", "application.yml", "spring:\n  profiles: dev\n"],
    ["braces over several lines", "application.yml", "spring: {\n  jpa: {\n    show-sql: true\n  }\n}\n"],
  ] as const) {
    it(`is not done where ${name}`, () => {
      assert.equal(insertKey(file, text, KEY, "false"), undefined);
    });
  }

  it("adds this one key to any YAML and changes no other", () => {
    const name = fc.constantFrom("spring", "jpa", "server", "open", "a", "b-c");
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(
        name,
        fc.oneof({ depthSize: "small" }, fc.constantFrom("x", 1, true, "# no", "a: b"), tie("tree"), fc.constant([1, "two"])),
        { maxKeys: 4 },
      ),
    }));
    let added = 0;
    fc.assert(
      fc.property(tree, fc.constantFrom("  ", "    "), (value, step) => {
        const text = yamlOf(value as object, "", step);
        const after = inserted("application.yml", text);
        if (after === undefined) return;
        added++;
        const read = (source: string) =>
          configFacts("application.yml", source).facts.documents.flatMap(({ properties }) =>
            properties.map((property) => `${property.key}=${property.value}`),
          );
        assert.deepEqual(configFacts("application.yml", after).problems, [], after);
        assert.deepEqual(
          read(after)
            .filter((line) => line !== `${KEY}=false`)
            .sort(),
          read(text)
            .filter((line) => line !== "spring=" && line !== "spring.jpa=")
            .sort(),
          `${text}→\n${after}`,
        );
        assert.ok(read(after).includes(`${KEY}=false`), `${text}→\n${after}`);
      }),
      { numRuns: 300 },
    );
    assert.ok(added > 100, `an edit in ${added} of 300 texts`);
  });
});

function yamlOf(value: object, indent: string, step: string): string {
  return Object.entries(value)
    .map(([key, inner]) => {
      if (Array.isArray(inner)) return `${indent}${key}:\n${inner.map((item) => `${indent}${step}- ${item}\n`).join("")}`;
      if (typeof inner === "object" && inner !== null) return `${indent}${key}:\n${yamlOf(inner, indent + step, step)}`;
      return `${indent}${key}: ${JSON.stringify(inner)}\n`;
    })
    .join("");
}
