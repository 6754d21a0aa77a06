// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Maven and Spring look like those of templates.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ConfigurationModel } from "../../../src/model/configuration/configurationModel.ts";
import type { Model } from "../../../src/model/model.ts";
import { TestWorkspace } from "../../harness/check.ts";

/** Files of a workspace with several modules, each with a few states it may be in. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  "pom.xml": [
    "<project><artifactId>all</artifactId><properties><v>1</v></properties></project>",
    "<project><artifactId>all</artifactId></project>",
  ],
  "app/pom.xml": [
    "<project><parent><artifactId>all</artifactId></parent><artifactId>app</artifactId><dependencies><dependency><artifactId>core</artifactId></dependency><dependency><artifactId>x</artifactId><version>${v}</version></dependency></dependencies></project>",
    "<project><artifactId>app</artifactId></project>",
  ],
  "core/pom.xml": [
    "<project><artifactId>core</artifactId><dependencies><dependency><artifactId>y</artifactId></dependency></dependencies></project>",
  ],
  "core/build.gradle": ["plugins { id 'org.springframework.boot' version '3.4.0' }", ""],
  "gradle/libs.versions.toml": ['[versions]\na = "1"\n'],
  "app/src/main/resources/application.yml": ["a:\n  b: 1\n  c-d: ${e:2}\n", "a:\n  b: 2\n", "e: 5\nspring.profiles.active: prod\n", ""],
  "app/src/main/resources/application-prod.properties": ["a.b=3\n", "a.cD=4\n"],
  "src/main/resources/application.properties": ["a.b=root\n", "f=1\n"],
  "core/src/main/resources/config/application.yaml": ["a: { b: core }\n"],
  "app/src/A.java": ["class A {}", "@SpringBootApplication class A {}", "import com.zaxxer.hikari.HikariConfig; class A {}"],
};

const NEAR = ["X.java", "app/src/X.java", "core/src/X.java"];
const QUESTIONS: readonly ((configuration: ConfigurationModel, near: string) => unknown)[] = [
  (configuration, near) => configuration.value("a.b", near),
  (configuration, near) => configuration.value("a.c-d", near, "prod"),
  (configuration, near) => configuration.everyValue("a.b", near),
  (configuration, near) => configuration.values("a", near),
  (configuration, near) => configuration.everyValueBelow("a", near),
  (configuration, near) => configuration.mainFileOf(near),
  (configuration, near) => ({ ...configuration.buildOf(near), has: undefined }),
  (configuration, near) => [configuration.codeSettles("application", near), configuration.codeSettles("own-pool", near)],
  (configuration, near) => configuration.moduleOf(near),
  (configuration) => configuration.modules(),
];

interface Answer {
  readonly text: string;
  readonly read: ReadonlySet<string>;
}

function answersOf({ configuration, reads }: Model): readonly Answer[] {
  return NEAR.flatMap((near) =>
    QUESTIONS.map((question) => {
      let text = "";
      const read = reads.during(() => {
        text = JSON.stringify(question(configuration, near)) ?? "";
      });
      return { text, read };
    }),
  );
}

describe("the configuration model", () => {
  it("answers after any sequence of edits as it does from scratch, and names the keys of all that is new", async () => {
    const edit = fc
      .constantFrom(...Object.keys(STATES))
      .chain((file) => fc.tuple(fc.constant(file), fc.option(fc.constantFrom(...(STATES[file] ?? [])), { nil: undefined })));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }), async (steps) => {
        const workspace = new TestWorkspace([]);
        const { model } = workspace.workspace;
        const update = model.update.bind(model);
        let changed: ReadonlySet<string> = new Set();
        model.update = (changes, store) => (changed = update(changes, store));
        for (const step of steps) {
          const before = answersOf(model);
          changed = new Set();
          await workspace.put(new Map(step));
          const after = answersOf(model);
          const cold = new TestWorkspace([]);
          await cold.put(new Map(workspace.texts));
          assert.deepEqual(
            after.map(({ text }) => text),
            answersOf(cold.workspace.model).map(({ text }) => text),
            "as from scratch",
          );
          for (const [index, { text, read }] of before.entries()) {
            if (text === after[index]?.text) continue;
            assert.ok(
              [...read].some((key) => changed.has(key)),
              `${text} → ${after[index]?.text} read ${[...read].join(" ")}; changed ${[...changed].join(" ")}`,
            );
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
