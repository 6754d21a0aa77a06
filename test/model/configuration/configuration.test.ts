import assert from "node:assert/strict";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { modelOf } from "./configurations.ts";

const APP = "src/main/java/App.java";

describe("configuration", () => {
  it("is merged as Spring Boot does: profiles over none where they lie, properties over YAML, config over its folder, the folder outside over all, later documents over earlier", async () => {
    const configuration = await modelOf(`
//- pom.xml
<project><artifactId>app</artifactId></project>
//- src/main/resources/bootstrap.yml
a: bootstrap
b: bootstrap
//- src/main/resources/application.yml
b: yaml
c: yaml
d: yaml
e: yaml
f: first
g: yaml
---
f: second
//- src/main/resources/application.properties
c=properties
d=properties
e=properties
//- src/main/resources/config/application.yml
d: config
e: config
//- config/application.yml
e: outside
//- src/main/resources/application-prod.yml
e: prod
g: prod
`);
    const value = (key: string, profile?: string) => configuration.value(key, APP, profile)?.value;
    assert.deepEqual(
      ["a", "b", "c", "d", "e", "f", "g"].map((key) => value(key)),
      ["bootstrap", "yaml", "properties", "config", "outside", "second", "yaml"],
    );
    assert.deepEqual([value("e", "prod"), value("g", "prod"), value("g", "dev"), value("z")], ["outside", "prod", "yaml", undefined]);
    assert.deepEqual(
      configuration.everyValue("g", APP).map(({ value, profile }) => [value, profile]),
      [
        ["yaml", undefined],
        ["prod", "prod"],
      ],
    );
  });

  it("finds keys in kebab, camel and snake case, and says where they are set", async () => {
    const configuration = await modelOf(`
//- src/main/resources/application.yml
spring:
  jpa:
    openInView: no
`);
    const found = configuration.value("spring.jpa.open-in-view", APP);
    assert.deepEqual(
      [found?.key, found?.value, found?.at],
      ["spring.jpa.openInView", "no", { file: "src/main/resources/application.yml", start: 19, end: 29 }],
    );
  });

  it("resolves placeholders as far as they are known", async () => {
    const configuration = await modelOf(`
//- src/main/resources/application.properties
name=shop
host=\${DB_HOST:localhost}
url=jdbc:postgresql://\${host}:\${DB_PORT:5432}/\${name}
nested=\${A:\${B:deep}}
open=\${DATABASE_URL}
filtered=@project.version@
circle=\${circle}
unclosed=\${x
colon=\${X:http://a:1}
`);
    const shown = (key: string) => {
      const found = configuration.value(key, APP);
      return found === undefined ? undefined : [found.value, found.known, found.overridable];
    };
    assert.deepEqual(shown("name"), ["shop", true, false]);
    assert.deepEqual(shown("url"), ["jdbc:postgresql://localhost:5432/shop", true, true]);
    assert.deepEqual(shown("nested"), ["deep", true, true]);
    assert.deepEqual(shown("open"), ["$" + "{DATABASE_URL}", false, true]);
    assert.deepEqual(shown("filtered"), ["@project.version@", false, true]);
    assert.equal(shown("circle")?.[1], false);
    assert.deepEqual(shown("unclosed")?.[0], "$" + "{x");
    assert.deepEqual(shown("colon"), ["http://a:1", true, true]);
  });

  it("understands profile expressions, groups and profiles that are active by default", async () => {
    const configuration = await modelOf(`
//- src/main/resources/application.yml
spring:
  profiles:
    active: \${PROFILE:local}
    group:
      prod: proddb, cloud
k: none
---
spring.config.activate.on-profile: "!prod & (eu | us)"
k: not prod
---
spring.config.activate.on-profile: proddb
k: group
---
spring.config.activate.on-profile: [x, y]
k: list
//- src/main/resources/application-local.yml
k: local
`);
    const value = (profile?: string) => configuration.value("k", APP, profile)?.value;
    assert.deepEqual([value(), value("eu"), value("prod"), value("y"), value("other")], ["local", "not prod", "group", "list", "none"]);
  });

  it("lists what is set below a prefix", async () => {
    const configuration = await modelOf(`
//- src/main/resources/application.yml
spring.flyway:
  locations: [classpath:a, classpath:b]
  enabled: true
spring.flywayx: no
`);
    assert.deepEqual(
      configuration.values("spring.flyway", APP).map(({ key, value }) => [key, value]),
      [
        ["spring.flyway.enabled", "true"],
        ["spring.flyway.locations[0]", "classpath:a"],
        ["spring.flyway.locations[1]", "classpath:b"],
      ],
    );
  });

  it("keeps modules apart, and gives a library the configuration of the application that uses it", async () => {
    const configuration = await modelOf(`
//- pom.xml
<project><artifactId>all</artifactId><modules><module>core</module><module>app</module><module>tool</module></modules></project>
//- core/pom.xml
<project><parent><artifactId>all</artifactId></parent><artifactId>core</artifactId></project>
//- app/pom.xml
<project><parent><artifactId>all</artifactId></parent><artifactId>app</artifactId>
<dependencies><dependency><artifactId>core</artifactId></dependency></dependencies></project>
//- app/src/main/resources/application.yml
who: app
//- tool/pom.xml
<project><parent><artifactId>all</artifactId></parent><artifactId>tool</artifactId></project>
//- tool/src/main/resources/application.yml
who: tool
`);
    const who = (file: string) => configuration.value("who", file)?.value;
    assert.deepEqual(
      [who("app/src/A.java"), who("tool/src/A.java"), who("core/src/A.java"), who("B.java")],
      ["app", "tool", "app", undefined],
    );
    assert.deepEqual(configuration.modules(), ["", "app", "core", "tool"]);
    assert.equal(configuration.mainFileOf("app/src/A.java"), "app/src/main/resources/application.yml");
    assert.equal(configuration.mainFileOf("core/src/A.java"), undefined);
  });

  // adorsys/ledgers: a library's application.properties holds a licence
  it("gives a library whose own file sets nothing the configuration of the application, and an application its empty file", async () => {
    const modules = `
//- pom.xml
<project><artifactId>all</artifactId><modules><module>core</module><module>app</module></modules></project>
//- core/pom.xml
<project><parent><artifactId>all</artifactId></parent><artifactId>core</artifactId></project>
//- core/src/main/resources/application.properties
# ours
//- app/pom.xml
<project><parent><artifactId>all</artifactId></parent><artifactId>app</artifactId>
<dependencies><dependency><artifactId>core</artifactId></dependency></dependencies></project>
//- app/src/main/resources/application.yml
`;
    const [app, core] = ["app/src/main/resources/application.yml", "core/src/main/resources/application.properties"];
    const said = await modelOf(`${modules}who: app\n`);
    assert.deepEqual([said.applicationFileOf("core/src/A.java"), said.value("who", "core/src/A.java")?.value], [app, "app"]);
    const silent = await modelOf(`${modules}# nothing\n`);
    assert.deepEqual([silent.applicationFileOf("core/src/A.java"), silent.applicationFileOf("app/src/A.java")], [core, app]);
  });

  it("puts files that Spring Boot does not look for by itself last", async () => {
    const configuration = await modelOf(`
//- src/main/resources/application.yml
a: 1
//- deploy/application.yml
a: 2
`);
    assert.equal(configuration.value("a", APP)?.value, "1");
  });
});

describe("what of the configuration changes", () => {
  /** Puts `files` over a first state and answers with the keys that the model names. */
  async function changed(first: string, ...next: readonly (readonly [string, string | undefined])[]): Promise<readonly string[]> {
    const workspace = new TestWorkspace([]);
    await workspace.put(parseFixture(first).files);
    const { model } = workspace.workspace;
    const update = model.update.bind(model);
    let keys: ReadonlySet<string> = new Set();
    model.update = (changes, store) => (keys = update(changes, store));
    await workspace.put(next);
    return [...keys].filter((key) => /^(?:config|build|modules):/.test(key)).sort();
  }
  const first =
    "//- pom.xml\n<project><artifactId>a</artifactId></project>\n//- src/main/resources/application.yml\na:\n  b-c: 1\n  d: 2\n";

  it("is the key that changes, and what is asked for above it", async () => {
    const file = "src/main/resources/application.yml";
    assert.deepEqual(await changed(first, [file, "a:\n  b-c: 2\n  d: 2\n"]), ["config:a.*", "config:a.bc"]);
    assert.deepEqual(await changed(first, [file, "a:\n  b-c: 1\n  d: 2\n  e: 3\n"]), ["config:a.*", "config:a.e"]);
  });

  it("is nothing for a comment at the end", async () => {
    assert.deepEqual(await changed(first, ["src/main/resources/application.yml", "a:\n  b-c: 1\n  d: 2\n# end\n"]), []);
  });

  it("is the build for a dependency", async () => {
    assert.deepEqual(
      await changed(first, [
        "pom.xml",
        "<project><artifactId>a</artifactId><dependencies><dependency><artifactId>x</artifactId></dependency></dependencies></project>",
      ]),
      ["build:"],
    );
  });

  it("is the module around it for a new one", async () => {
    assert.deepEqual(await changed(first, ["sub/build.gradle", ""]), ["build:", "build:sub", "modules:"]);
  });

  it("is nothing for a Java file that settles nothing", async () => {
    assert.deepEqual(await changed(first, ["src/A.java", "class A {}"]), []);
    assert.deepEqual(await changed(first, ["src/A.java", "@SpringBootApplication class A {}"]), ["build:"]);
  });
});
