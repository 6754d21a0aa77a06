import assert from "node:assert/strict";
import { containerFacts } from "../../../src/facts/container/extract.ts";
import type { ContainerFile } from "../../../src/facts/fileFacts.ts";
import { environmentOf, isFor, squeezed } from "../../../src/model/configuration/environment.ts";

const environment = (file: string, text: string) =>
  environmentOf({ file, language: "container", container: containerFacts(file, text).facts } as ContainerFile);
const pairs = (file: string, text: string) => environment(file, text).map(({ name, value }) => `${name}=${value}`);

describe("the environment of containers", () => {
  it("reads variables of images in every form", () => {
    const text = 'FROM a\nENV A_B=1 C="x y" \\\n  D=\'z\'\nENV OLD some text\nENV E="-Dserver.port=80 -Xmx1g"\nENTRYPOINT ["x"]\n';
    assert.deepEqual(pairs("app/Dockerfile", text), ["A_B=1", "C=x y", "D=z", "OLD=some text", "E=-Dserver.port=80 -Xmx1g"]);
  });

  it("takes the last stage alone", () => {
    assert.deepEqual(pairs("Dockerfile", "FROM a AS build\nENV A=1\nFROM b\nENV B=2\n"), ["B=2"]);
  });

  it("reads flags of commands and of the JVM's variables", () => {
    const text = `FROM a
ENV JAVA_OPTS="-Dspring.jpa.show-sql=true"
CMD ["java", "-Dserver.port=80", "-jar", "a.jar", "--logging.level.root=DEBUG", "--verbose=1"]
`;
    assert.deepEqual(pairs("Dockerfile", text), [
      "JAVA_OPTS=-Dspring.jpa.show-sql=true",
      "spring.jpa.show-sql=true",
      "server.port=80",
      "logging.level.root=DEBUG",
    ]);
  });

  it("gives each variable the place of its name", () => {
    const text = "services:\n  app:\n    environment:\n      - A=1\n  api:\n    environment:\n      B: 2\n";
    const shown = environment("compose.yml", text).map(({ at }) => text.slice(at.start, at.end));
    assert.deepEqual(shown, ["A=1", "B"]);
  });

  it("leaves out what is made for development, and what cannot be read", () => {
    assert.deepEqual(pairs("compose.dev.yml", "services:\n  app:\n    environment: [A=1]\n"), []);
    assert.deepEqual(pairs("compose.yml", "services:\n  app:\n    environment: [SPRING_APPLICATION_JSON=$JSON]\n"), [
      "SPRING_APPLICATION_JSON=$JSON",
    ]);
  });

  it("reads documents of settings, also those that are no proper JSON yet", () => {
    const of = (json: string) => pairs("compose.yml", `services:\n  app:\n    environment:\n      SPRING_APPLICATION_JSON: '${json}'\n`);
    assert.deepEqual(of('{"server": {"port": 80}, "debug": true}'), ["server.port=80", "debug=true"]);
    assert.deepEqual(of('{"server.port": $PORT, "spring.jpa.show-sql": "false",}'), ["server.port=$PORT", "spring.jpa.show-sql=false"]);
  });

  it("takes dashes, dots and underscores for one", () => {
    for (const name of ["SPRING_JPA_OPENINVIEW", "SPRING_JPA_OPEN_IN_VIEW", "spring.jpa.open-in-view", "spring.jpa.openInView"])
      assert.equal(squeezed(name), "springjpaopeninview");
  });

  it("knows whose they are by images and by names", () => {
    const modules = ["orders", "shop"];
    const [built, named, anybody] = environment(
      "compose.yml",
      `services:
  one: { build: orders, environment: [A=1] }
  shop-api: { image: example/x, environment: [A=1] }
  web: { image: example/y, environment: [A=1] }
`,
    );
    for (const [setting, expected] of [
      [built, "orders"],
      [named, "shop"],
    ] as const)
      assert.deepEqual(
        modules.filter((module) => setting !== undefined && isFor(setting, module, modules)),
        [expected],
      );
    assert.ok(anybody !== undefined && modules.every((module) => isFor(anybody, module, modules)));
  });
});
