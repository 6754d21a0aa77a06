// Placeholders of build files look like those of templates.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: see above
import assert from "node:assert/strict";
import type { BuildFacts } from "../../../src/facts/build/buildFacts.ts";
import { buildFacts } from "../../../src/facts/build/extract.ts";

/** "scope kind group:artifact:version", a bill of materials with "bom". */
const shown = ({ dependencies }: BuildFacts) =>
  dependencies.map(
    ({ scope, kind, group, artifact, version, bom, shared }) =>
      `${scope}${bom ? " bom" : ""}${shared ? " shared" : ""} ${kind} ${[group, artifact, version].filter(Boolean).join(":")}`,
  );

describe("build facts of Maven", () => {
  const text = `<project>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version><relativePath/></parent>
  <groupId>shop</groupId><artifactId>app</artifactId><version>1</version>
  <modules><module>core</module></modules>
  <properties><java.version>21</java.version><x.version>1.2</x.version></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>b</groupId><artifactId>bom</artifactId><version>5</version><type>pom</type><scope>import</scope></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>g</groupId><artifactId>a</artifactId><version>\${x.version}</version></dependency>
    <dependency><groupId>g</groupId><artifactId>t</artifactId><scope>test</scope></dependency>
    <dependency><groupId>g</groupId><artifactId>lombok</artifactId><optional>true</optional></dependency>
  </dependencies>
  <build>
    <plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins>
    <pluginManagement><plugins><plugin><artifactId>managed</artifactId></plugin></plugins></pluginManagement>
  </build>
</project>`;

  it("hold coordinates, parent, properties, dependencies and plugins", () => {
    const { facts, problems } = buildFacts("pom.xml", text);
    assert.deepEqual(problems, []);
    assert.deepEqual([facts.group, facts.name, facts.version, facts.javaVersion, facts.modules], ["shop", "app", "1", "21", ["core"]]);
    assert.deepEqual(facts.parent, {
      group: "org.springframework.boot",
      artifact: "spring-boot-starter-parent",
      version: "3.5.6",
      relativePath: "",
    });
    assert.deepEqual(shown(facts), [
      "main shared module g:a:${x.version}",
      "test shared module g:t",
      "build shared module g:lombok",
      "managed bom shared module b:bom:5",
    ]);
    assert.deepEqual(
      facts.plugins.map(({ id, applied }) => [id, applied]),
      [
        ["spring-boot-maven-plugin", true],
        ["managed", false],
      ],
    );
    const at = facts.dependencies[0]?.at;
    assert.equal(at === undefined ? "" : text.slice(at.start, at.end), "a");
  });

  it("say where a pom is broken, and hold the rest", () => {
    const broken = text.replace("</properties>", "");
    const { facts, problems, unparsed } = buildFacts("pom.xml", broken);
    assert.equal(facts.name, "app");
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["<properties> is not closed before </project>"],
    );
    assert.equal(unparsed.length, 1);
  });

  it("hold nothing of other XML", () => {
    assert.deepEqual(shown(buildFacts("pom.xml", "<html><dependencies/></html>").facts), []);
    assert.deepEqual(shown(buildFacts("pom.xml", "").facts), []);
  });
});

describe("build facts of Gradle", () => {
  it("hold what Groovy declares", () => {
    const { facts } = buildFacts(
      "build.gradle",
      `buildscript { dependencies { classpath 'no:no:1' } }
plugins {
  id 'org.springframework.boot' version '3.4.0' apply false
  id "io.spring.dependency-management" version "1.1.7"
}
apply plugin: 'java'
group = 'shop'
version = '1.0'
ext {
  jjwt = '0.12'
  set('caffeine', '3')
}
ext.netty = '4.1'
def local = "5"
sourceCompatibility = JavaVersion.VERSION_17
subprojects {
  dependencies { implementation 'g:shared:1' }
}
dependencyManagement {
  imports { mavenBom "org.springframework.boot:spring-boot-dependencies:3.4.0" }
}
dependencies {
  implementation "g:a:$jjwt"
  implementation 'g:b', 'g:c:1@jar'
  implementation group: 'g', name: 'd', version: '2'
  implementation project(':core')
  api(platform('g:bom:1'))
  compileOnly 'g:lombok'
  annotationProcessor 'g:lombok'
  testImplementation 'g:t'
  runtimeOnly("g:driver") { exclude group: 'x', module: 'y' }
  liquibaseRuntime 'g:driver2'
  // implementation 'no:comment:1'
}
`,
    );
    assert.deepEqual([facts.group, facts.version, facts.javaVersion], ["shop", "1.0", "17"]);
    assert.deepEqual(
      ["jjwt", "caffeine", "netty", "local"].map((name) => facts.properties[name]),
      ["0.12", "3", "4.1", "5"],
    );
    assert.deepEqual(
      facts.plugins.map(({ id, version, applied }) => [id, version, applied]),
      [
        ["org.springframework.boot", "3.4.0", false],
        ["io.spring.dependency-management", "1.1.7", true],
        ["java", undefined, true],
      ],
    );
    assert.deepEqual(shown(facts), [
      "main shared module g:shared:1",
      "managed bom module org.springframework.boot:spring-boot-dependencies:3.4.0",
      "main module g:a:$jjwt",
      "main module g:b",
      "main module g:c:1",
      "main module g:d:2",
      "main project :core",
      "managed bom module g:bom:1",
      "build module g:lombok",
      "build module g:lombok",
      "test module g:t",
      "main module g:driver",
      "main module g:driver2",
    ]);
  });

  it("hold what Kotlin declares", () => {
    const { facts } = buildFacts(
      "build.gradle.kts",
      `plugins {
  \`java-library\`
  kotlin("plugin.spring") version "2.0.0"
  alias(libs.plugins.spring.boot)
}
val netty by extra("4.1")
extra["hibernate.version"] = "6.6.1.Final"
java { toolchain { languageVersion.set(JavaLanguageVersion.of(21)) } }
dependencies {
  implementation(libs.spring.boot.starter.web)
  implementation(libs.bundles.database)
  implementation(projects.core.api)
  "testImplementation"("g:t:1")
}
`,
    );
    assert.deepEqual(
      facts.plugins.map(({ id, isAlias }) => [id, isAlias]),
      [
        ["java-library", false],
        ["org.jetbrains.kotlin.plugin.spring", false],
        ["spring.boot", true],
      ],
    );
    assert.equal(facts.javaVersion, "21");
    assert.deepEqual([facts.properties["netty"], facts.properties["hibernate.version"]], ["4.1", "6.6.1.Final"]);
    assert.deepEqual(shown(facts), [
      "main alias spring.boot.starter.web",
      "main alias bundles.database",
      "main project :core:api",
      "test module g:t:1",
    ]);
  });

  it("hold the projects of settings", () => {
    const { facts } = buildFacts("settings.gradle.kts", 'rootProject.name = "shop"\ninclude(":core", ":web:api")\ninclude("tool")\n');
    assert.deepEqual([facts.kind, facts.name, facts.modules], ["settings", "shop", ["core", "web/api", "tool"]]);
  });

  it("hold a version catalog", () => {
    const { facts } = buildFacts(
      "gradle/libs.versions.toml",
      `# versions
[versions]
boot = "3.4.1" # now
jjwt = { strictly = "0.12.6" }

[libraries]
boot-web = { module = "org.springframework.boot:spring-boot-starter-web", version.ref = "boot" }
jjwt_api = { group = "io.jsonwebtoken", name = "jjwt-api", version = { ref = "jjwt" } }
pg = "org.postgresql:postgresql:42.7"

[bundles]
database = [
  "pg", # driver
  "jjwt_api",
]

[plugins]
spring-boot = { id = "org.springframework.boot", version.ref = "boot" }
short = "a.b:1"
`,
    );
    assert.deepEqual(facts.properties, { boot: "3.4.1", jjwt: "0.12.6" });
    assert.deepEqual(
      Object.entries(facts.aliases).map(([alias, { kind, group, artifact, version }]) => [alias, kind, `${group}:${artifact}:${version}`]),
      [
        ["boot.web", "library", "org.springframework.boot:spring-boot-starter-web:${boot}"],
        ["jjwt.api", "library", "io.jsonwebtoken:jjwt-api:${jjwt}"],
        ["pg", "library", "org.postgresql:postgresql:42.7"],
        ["bundles.database", "bundle", ":pg,jjwt.api:undefined"],
        ["plugins.spring.boot", "plugin", ":org.springframework.boot:${boot}"],
        ["plugins.short", "plugin", ":a.b:1"],
      ],
    );
  });

  for (const [file, text] of [
    ["build.gradle", ""],
    ["build.gradle", "dependencies {\n  implementation 'g:a"],
    ["gradle/libs.versions.toml", "[libraries\na = {"],
    ["gradle/libs.versions.toml", "[bundles]\na = [\n".repeat(50)],
    ["gradle.properties", "a"],
  ] as const) {
    it(`have no problem with ${JSON.stringify(text.slice(0, 40))} in ${file}`, () => {
      const { facts, problems } = buildFacts(file, text);
      assert.deepEqual([facts.tool, problems], ["gradle", []]);
    });
  }
});

it("git's submodules are the folders that they are put in", () => {
  const text = '[submodule "a"]\n\tpath = backend/secrets/\n\turl = x\n[submodule "b"]\r\n  path="b c"\r\n';
  const { facts } = buildFacts("backend/.gitmodules", text);
  assert.deepEqual([facts.kind, facts.modules], ["submodules", ["backend/secrets", "b c"]]);
});

describe("build facts of pub", () => {
  it("hold name, SDK, Flutter and dependencies", () => {
    const { facts } = buildFacts(
      "pubspec.yaml",
      "name: app\nversion: 1.0.0+1\nenvironment:\n  sdk: ^3.5.0\ndependencies:\n  flutter:\n    sdk: flutter\n  dio: ^5.0.0\n  core:\n    path: ../core\ndev_dependencies:\n  flutter_test:\n    sdk: flutter\n",
    );
    assert.deepEqual([facts.name, facts.flutter, facts.dartSdk], ["app", true, "^3.5.0"]);
    assert.deepEqual(shown(facts), ["main module flutter", "main module dio:^5.0.0", "main project core", "test module flutter_test"]);
  });

  it("know a plain Dart package, and say where YAML is broken", () => {
    assert.equal(buildFacts("pubspec.yaml", "name: tool\ndependencies:\n  args: any\n").facts.flutter, false);
    const broken = buildFacts("pubspec.yaml", "name: tool\ndependencies: [\n");
    assert.equal(broken.facts.name, "tool");
    assert.ok(broken.problems.length > 0);
  });
});
