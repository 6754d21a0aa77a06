// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Spring look like those of templates.
import assert from "node:assert/strict";
import { importedPath } from "../../../src/model/configuration/imports.ts";
import { modelOf } from "./configurations.ts";

const APP = "src/main/java/App.java";

/** What Spring Boot 3.4.5 answered for the same files, asked for each key after it had prepared its environment. */
describe("imports and groups of settings", () => {
  const files = `
//- pom.xml
<project><artifactId>app</artifactId></project>
//- src/main/resources/application.yml
spring:
  config:
    import: optional:classpath:application-stock.yml
  profiles:
    group:
      prod:
        - postgres
        - meters
      dev: memory, talk
shop:
  a: base
  c: base
  d: base
---
spring.config.activate.on-profile: postgres
shop:
  a: postgres
  e: postgres
---
shop:
  a: later
//- src/main/resources/application-stock.yml
shop:
  a: imported
  c: imported
  f: imported
//- src/main/resources/application-meters.properties
shop.d=meters
#---
spring.config.activate.on-profile=prod
shop.g=meters of prod
//- src/main/resources/application-prod.yml
spring.config.import: application-secret.yml
shop.d: prod
//- src/main/resources/application-secret.yml
shop.h: secret
`;

  it("read what is imported behind the document that names it, whatever the name says of a profile", async () => {
    const configuration = await modelOf(files);
    const values = (profile?: string) => ["a", "c", "f", "h"].map((key) => configuration.value(`shop.${key}`, APP, profile)?.value);
    assert.deepEqual(values(), ["later", "imported", "imported", undefined]);
    assert.deepEqual(values("prod"), ["later", "imported", "imported", "secret"]);
    assert.deepEqual(values("secret"), ["later", "imported", "imported", undefined]);
  });

  it("take the members of a group as active, in either form", async () => {
    const configuration = await modelOf(files);
    const values = (profile: string) => ["e", "g"].map((key) => configuration.value(`shop.${key}`, APP, profile)?.value);
    assert.deepEqual(values("prod"), ["postgres", "meters of prod"]);
    assert.deepEqual(values("dev"), [undefined, undefined]);
  });

  it("name the profile of those who import, and tell files that are not there", async () => {
    const configuration = await modelOf(files);
    assert.equal(configuration.everyValue("shop.h", APP)[0]?.profile, "prod");
    assert.equal(configuration.everyValue("shop.f", APP)[0]?.profile, undefined);
    assert.deepEqual(
      ["classpath:application-stock.yml", "application-secret.yml", "classpath:keys/application-prod.yml", "configserver:"].map(
        (location) => configuration.isImportRead(location, "src/main/resources/application.yml"),
      ),
      [true, true, false, false],
    );
  });

  it("take profiles that only groups of development bring along for development", async () => {
    const configuration = await modelOf(files);
    assert.deepEqual(
      ["memory", "talk", "postgres", "stock"].map((profile) => configuration.isForDevelopment(profile, APP)),
      [true, true, false, false],
    );
  });

  it("find files from the class path, from the folder of the application and from the file that names them", () => {
    const from = "shop/src/main/resources/config/application.yml";
    assert.deepEqual(
      [
        "classpath:/keys/a.yml",
        "optional:file:./a.properties",
        "a.yml",
        "file:a[.yml]",
        "configtree:/run/secrets/",
        "classpath:keys/",
        "${WHERE}",
      ].map((location) => importedPath(location, "shop", from)),
      [
        "shop/src/main/resources/keys/a.yml",
        "shop/a.properties",
        "shop/src/main/resources/config/a.yml",
        "shop/a",
        undefined,
        undefined,
        undefined,
      ],
    );
  });

  it("end where files import each other", async () => {
    const configuration = await modelOf(`
//- pom.xml
<project><artifactId>app</artifactId></project>
//- src/main/resources/application.yml
spring.config.import: application-a.yml
//- src/main/resources/application-a.yml
spring.config.import: application-b.yml
shop.a: a
//- src/main/resources/application-b.yml
spring.config.import: application-a.yml
shop.b: b
`);
    assert.deepEqual(
      ["a", "b"].map((key) => configuration.value(`shop.${key}`, APP)?.value),
      ["a", "b"],
    );
  });
});
