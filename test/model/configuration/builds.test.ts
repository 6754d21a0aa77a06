import assert from "node:assert/strict";
import { modelOf } from "./configurations.ts";

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

  it("do not have what an exclusion keeps out", async () => {
    const configuration = await modelOf(`
//- app/pom.xml
<project><artifactId>app</artifactId><dependencies><dependency><artifactId>core</artifactId><exclusions>
<exclusion><groupId>g</groupId><artifactId>jpa</artifactId></exclusion>
</exclusions></dependency></dependencies></project>
//- core/pom.xml
<project><artifactId>core</artifactId><dependencies>
<dependency><artifactId>jpa</artifactId></dependency>
<dependency><artifactId>web</artifactId></dependency>
</dependencies></project>
`);
    const [app, core] = [configuration.buildOf("app/A.java"), configuration.buildOf("core/A.java")];
    assert.deepEqual([app.has("jpa"), app.has("web"), core.has("jpa")], [false, true, true]);
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
