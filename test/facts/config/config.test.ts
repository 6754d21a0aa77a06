import assert from "node:assert/strict";
import { canonicalKey } from "../../../src/facts/config/configFacts.ts";
import { configFacts } from "../../../src/facts/config/extract.ts";
import { languageOf } from "../../../src/facts/languages.ts";
import { cpuClock } from "../../harness/cpuTime.ts";

describe("configuration facts", () => {
  it("are read where Spring Boot looks, not from what a browser gets", () => {
    for (const file of ["api/src/main/resources/application.yml", "config/application-prod.properties", "bootstrap.yaml"])
      assert.equal(languageOf(file), "config", file);
    for (const file of ["src/main/resources/static/html/application.yml", "src/main/resources/templates/application-x.yml"])
      assert.equal(languageOf(file), undefined, file);
  });

  it("flatten YAML, with the place of each key and value", () => {
    const text = "spring:\n  jpa.open-in-view: off\n  flyway:\n    locations:\n      - classpath:db/a\n      - classpath:db/b\nempty:\n";
    const { facts, problems } = configFacts("src/main/resources/application.yml", text);
    assert.deepEqual(problems, []);
    const [document] = facts.documents;
    assert.deepEqual(
      document?.properties.map(({ key, value, keySpan, valueSpan }) => [
        key,
        value,
        text.slice(keySpan.start, keySpan.end),
        text.slice(valueSpan.start, valueSpan.end),
      ]),
      [
        ["spring.jpa.open-in-view", "off", "jpa.open-in-view", "off"],
        ["spring.flyway.locations[0]", "classpath:db/a", "locations", "classpath:db/a"],
        ["spring.flyway.locations[1]", "classpath:db/b", "locations", "classpath:db/b"],
        ["empty", "", "empty", ""],
      ],
    );
    assert.deepEqual(
      document?.sections.map(({ key }) => key),
      ["spring", "spring.flyway"],
    );
  });

  it("say the same in YAML and in properties", () => {
    const yaml = configFacts("application.yaml", "server:\n  port: 8080\nspring.application.name: shop\n").facts;
    const properties = configFacts("application.properties", "server.port=8080\nspring.application.name=shop\n").facts;
    const pairs = (facts: typeof yaml) => facts.documents.map((document) => document.properties.map(({ key, value }) => [key, value]));
    assert.deepEqual(pairs(yaml), pairs(properties));
  });

  for (const [file, kind, profile, format] of [
    ["application.yml", "application", undefined, "yaml"],
    ["a/application-prod.yaml", "application", "prod", "yaml"],
    ["a/b/application-eu-west-1.properties", "application", "eu-west-1", "properties"],
    ["bootstrap.yml", "bootstrap", undefined, "yaml"],
  ] as const) {
    it(`know kind and profile of ${file}`, () => {
      const { facts } = configFacts(file, "");
      assert.deepEqual([facts.kind, facts.profile, facts.format], [kind, profile, format]);
    });
  }

  it("know the profile of each document", () => {
    const yaml = configFacts(
      "application.yml",
      "a: 1\n---\nspring.config.activate.on-profile: prod & eu\na: 2\n---\nspring:\n  profiles: [dev, test]\na: 3\n---\nspring:\n  profiles:\n    active: dev\n",
    ).facts;
    assert.deepEqual(
      yaml.documents.map(({ onProfile }) => onProfile),
      [undefined, "prod & eu", "dev,test", undefined],
    );
    const properties = configFacts(
      "application.properties",
      "a=1\n#---\nspring.config.activate.on-profile=prod\na=2\n!---\na=3\n#----\nb=4\n",
    ).facts;
    assert.deepEqual(
      properties.documents.map((document) => [document.onProfile, document.properties.length]),
      [
        [undefined, 1],
        ["prod", 2],
        [undefined, 2],
      ],
    );
  });

  it("take what the build filters for a value", () => {
    const { facts, problems, unparsed } = configFacts("application.yml", "info:\n  version: @project.version@\nport: 1\n");
    assert.deepEqual([problems, unparsed], [[], []]);
    assert.deepEqual(
      facts.documents[0]?.properties.map(({ value }) => value),
      ["@project.version@", "1"],
    );
  });

  it("read what they can of YAML that does not parse, and say where", () => {
    const text = "server:\n  port: 8080\nspring:\n\tjpa: x\nlogging.level.root: info\n";
    const { facts, problems, unparsed } = configFacts("application.yml", text);
    assert.deepEqual(
      problems.map(({ message, severity }) => [message, severity]),
      [["Tabs are not allowed as indentation", "error"]],
    );
    assert.equal(unparsed.length, 1);
    assert.ok(facts.documents[0]?.properties.some(({ key, value }) => key === "server.port" && value === "8080"));
  });

  it("report keys that are there twice, without giving up on the file", () => {
    const text = "server:\n  port: 1\n  port: 2\n";
    const { facts, problems, unparsed } = configFacts("application.yml", text);
    assert.deepEqual(
      problems.map(({ span, message }) => [span.start, message]),
      [[text.lastIndexOf("port"), 'The key "port" is here twice; the last one counts']],
    );
    assert.deepEqual([unparsed, facts.documents[0]?.properties.map(({ value }) => value)], [[], ["2"]]);
  });

  it("are bounded for aliases that multiply", () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? "l0: &l0 [x, x, x, x, x, x, x, x, x, x]"
        : `l${level}: &l${level} [${Array(10)
            .fill(`*l${level - 1}`)
            .join(", ")}]`,
    );
    const spentMs = cpuClock();
    const { facts } = configFacts("application.yml", levels.join("\n"));
    assert.ok((facts.documents[0]?.properties.length ?? 0) <= 20_000);
    assert.ok(spentMs() < 3_000);
  });

  for (const text of ["", "\ufeff", "# nothing\n", "just text", "- a\n- b\n"]) {
    it(`hold nothing of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        configFacts("application.yml", text).facts.documents.flatMap(({ properties }) => properties),
        [],
      );
    });
  }
});

describe("keys", () => {
  it("are the same in kebab, camel and snake case", () => {
    const forms = ["spring.jpa.open-in-view", "spring.jpa.openInView", "spring.jpa.open_in_view", "SPRING.JPA.OPEN-IN-VIEW"];
    assert.deepEqual([...new Set(forms.map(canonicalKey))], ["spring.jpa.openinview"]);
  });

  it("are not variables of the environment when they stand in a file", () => {
    assert.notEqual(canonicalKey("SPRING_JPA_OPEN_IN_VIEW"), canonicalKey("spring.jpa.open-in-view"));
  });
});
