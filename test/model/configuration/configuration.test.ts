import assert from "node:assert/strict";
import type { ConfigurationModel } from "../../../src/model/configuration/configurationModel.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

async function modelOf(source: string): Promise<ConfigurationModel> {
  const workspace = new TestWorkspace([]);
  await workspace.put(parseFixture(source).files);
  return workspace.workspace.model.configuration;
}

const APP = "src/main/java/App.java";

describe("configuration", () => {
  it("is merged as Spring Boot does: profiles over none, properties over YAML, config over its folder, later documents over earlier", async () => {
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
    assert.deepEqual([value("e", "prod"), value("g", "prod"), value("g", "dev"), value("z")], ["prod", "prod", "yaml", undefined]);
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

describe("builds", () => {
  it("take versions from parents in the workspace, properties, and what Spring Boot manages", async () => {
    const configuration = await modelOf(`
//- pom.xml
<project>
<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.1.5</version></parent>
<groupId>shop</groupId><artifactId>all</artifactId><version>1</version>
<properties><java.version>21</java.version><guava.version>33</guava.version></properties>
<dependencyManagement><dependencies>
<dependency><groupId>g</groupId><artifactId>guava</artifactId><version>\${guava.version}</version></dependency>
</dependencies></dependencyManagement>
</project>
//- app/pom.xml
<project>
<parent><groupId>shop</groupId><artifactId>all</artifactId><version>1</version></parent>
<artifactId>app</artifactId>
<dependencies>
<dependency><groupId>g</groupId><artifactId>guava</artifactId></dependency>
<dependency><groupId>shop</groupId><artifactId>core</artifactId></dependency>
<dependency><groupId>t</groupId><artifactId>tests</artifactId><scope>test</scope></dependency>
</dependencies>
</project>
//- core/pom.xml
<project>
<parent><groupId>shop</groupId><artifactId>all</artifactId><version>1</version></parent>
<artifactId>core</artifactId>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies>
</project>
`);
    const build = configuration.buildOf("app/src/A.java");
    assert.deepEqual([build.boot, build.hibernate, build.springData, build.java], ["3.1.5", "6.2", "3.1", 21]);
    assert.equal(build.artifacts["guava"], "33");
    assert.deepEqual([build.has("spring-boot-starter-data-jpa"), build.has("tests"), build.has("x", "guava")], [true, false, true]);
    assert.deepEqual(build.dependsOn, ["core"]);
  });

  it("take versions from Gradle plugins, bills of materials and catalogs", async () => {
    const configuration = await modelOf(`
//- gradle.properties
hibernateVersion=6.6.4.Final
//- gradle/libs.versions.toml
[versions]
boot = "3.4.1"
[plugins]
boot = { id = "org.springframework.boot", version.ref = "boot" }
[libraries]
web = "org.springframework.boot:spring-boot-starter-web"
pg = "org.postgresql:postgresql:42.7"
[bundles]
all = ["web", "pg"]
//- settings.gradle
include 'catalog', 'bom'
//- build.gradle
subprojects {
  dependencies { implementation 'g:shared:1' }
}
dependencies { implementation 'g:root:1' }
//- catalog/build.gradle.kts
plugins { alias(libs.plugins.boot) }
kotlin { jvmToolchain(21) }
dependencies {
  implementation(libs.bundles.all)
  implementation("org.hibernate.orm:hibernate-core:$hibernateVersion")
}
//- bom/build.gradle
dependencies {
  implementation platform('org.springframework.boot:spring-boot-dependencies:4.0.0')
}
`);
    const catalog = configuration.buildOf("catalog/src/A.java");
    assert.deepEqual([catalog.boot, catalog.hibernate, catalog.java], ["3.4.1", "6.6.4.Final", 21]);
    assert.deepEqual(Object.keys(catalog.artifacts).sort(), ["hibernate-core", "postgresql", "shared", "spring-boot-starter-web"]);
    assert.deepEqual(catalog.plugins, ["org.springframework.boot"]);
    const bom = configuration.buildOf("bom/src/A.java");
    assert.deepEqual([bom.boot, bom.hibernate, bom.springData], ["4.0.0", "7.1", "4.0"]);
  });

  it("keep what is optional to the module that names it", async () => {
    const configuration = await modelOf(`
//- app/pom.xml
<project><artifactId>app</artifactId><dependencies><dependency><artifactId>core</artifactId></dependency></dependencies></project>
//- core/pom.xml
<project><artifactId>core</artifactId><dependencies>
<dependency><artifactId>jpa</artifactId><optional>true</optional></dependency>
<dependency><artifactId>servlet</artifactId><scope>provided</scope></dependency>
<dependency><artifactId>web</artifactId></dependency>
</dependencies></project>
`);
    const [app, core] = [configuration.buildOf("app/A.java"), configuration.buildOf("core/A.java")];
    assert.deepEqual(
      ["jpa", "servlet", "web"].map((name) => [core.has(name), app.has(name)]),
      [
        [true, false],
        [true, false],
        [true, true],
      ],
    );
  });

  it("have what profiles bring that are active when nobody says anything", async () => {
    const configuration = await modelOf(`
//- app/pom.xml
<project><artifactId>app</artifactId><profiles>
<profile><activation><property><name>vendor</name><value>!hibernate</value></property></activation>
<dependencies><dependency><artifactId>eclipselink</artifactId></dependency></dependencies></profile>
<profile><activation><property><name>vendor</name><value>hibernate</value></property></activation>
<dependencies><dependency><artifactId>hibernate-core</artifactId></dependency></dependencies></profile>
<profile><activation><activeByDefault>true</activeByDefault></activation>
<properties><java.version>21</java.version></properties></profile>
<profile><id>native</id><dependencies><dependency><artifactId>native</artifactId></dependency></dependencies></profile>
</profiles></project>
`);
    const build = configuration.buildOf("app/A.java");
    assert.deepEqual([Object.keys(build.artifacts), build.java], [["eclipselink"], 21]);
  });

  it("do not go round in circles", async () => {
    const configuration = await modelOf(`
//- a/pom.xml
<project><parent><artifactId>b</artifactId><relativePath>../b</relativePath></parent><artifactId>a</artifactId>
<properties><x>\${y}</x><y>\${x}</y></properties>
<dependencies><dependency><artifactId>b</artifactId><version>\${x}</version></dependency></dependencies></project>
//- b/pom.xml
<project><parent><artifactId>a</artifactId><relativePath>../a</relativePath></parent><artifactId>b</artifactId>
<dependencies><dependency><artifactId>a</artifactId></dependency></dependencies></project>
`);
    assert.deepEqual(configuration.buildOf("a/A.java").dependsOn, ["b"]);
    assert.equal(configuration.buildOf("a/A.java").artifacts["b"], "");
  });

  it("know Flutter", async () => {
    const configuration = await modelOf("//- app/pubspec.yaml\nname: app\ndependencies:\n  flutter:\n    sdk: flutter\n");
    assert.equal(configuration.buildOf("app/lib/main.dart").flutter, true);
    assert.equal(configuration.buildOf("backend/A.java").flutter, false);
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
