import assert from "node:assert/strict";
import { containerFacts } from "../../../src/facts/container/extract.ts";
import { languageOf } from "../../../src/facts/languages.ts";

function servicesOf(text: string) {
  const { facts } = containerFacts("docker-compose.yml", text);
  assert.equal(facts.kind, "compose");
  return facts.kind === "compose" ? facts.services : [];
}

describe("container facts", () => {
  it("knows the files by their names", () => {
    for (const file of [
      "Dockerfile",
      "app/Dockerfile.prod",
      "docker/Dockerfile-17",
      "api.dockerfile",
      "compose.yml",
      "docker-compose.prod.yaml",
    ])
      assert.equal(languageOf(file), "container", file);
    for (const file of ["nginx.conf", "nginx/default.conf", "etc/conf.d/api.conf", "deploy/nginx-prod.conf"])
      assert.equal(languageOf(file), "container", file);
    for (const file of ["mode-dockerfile.js", "Dockerfile.md", "postgresql.conf", "composer.json", "decompose.yml"])
      assert.equal(languageOf(file), undefined, file);
  });

  it("reads the stages of an image", () => {
    const { facts } = containerFacts("Dockerfile", "ARG X\nFROM --platform=linux/amd64 a:1 AS build\nRUN x\nFROM build\nCMD y");
    assert.deepEqual(
      facts.kind === "dockerfile" &&
        facts.stages.map(({ base, name, instructions }) => [base, name, instructions.map(({ keyword }) => keyword)]),
      [
        ["a:1", "build", ["RUN"]],
        ["build", undefined, ["CMD"]],
      ],
    );
  });

  it("reads limits, variables and builds of services", () => {
    const [app, db] = servicesOf(`services:
  app:
    build: { context: ../app, dockerfile: Dockerfile.prod }
    environment: [A=1=2, B]
    command: ["java", "-jar"]
    deploy: { resources: { limits: { memory: 1.5G, cpus: "0.5" } } }
  db:
    build: ./db
    environment: { A: x }
    mem_limit: 512m
`);
    assert.deepEqual(app?.build, { context: "../app", dockerfile: "Dockerfile.prod" });
    assert.deepEqual(app?.environment, { A: "1=2", B: "" });
    assert.equal(app?.command, "java -jar");
    assert.equal(app?.memory?.amount, 1.5 * 1024 ** 3);
    assert.equal(app?.cpus?.amount, 0.5);
    assert.deepEqual(db?.build, { context: "./db", dockerfile: "Dockerfile" });
    assert.equal(db?.memory?.amount, 512 * 1024 ** 2);
  });

  // Seen on nashtech-garage/yas: Docker asks for no column.
  it("reads what stands behind quoted text that goes on below its key", () => {
    const services = servicesOf(
      "services:\n  docs:\n    environment:\n      URLS: \"[{ url: 'http://shop/api' },\n      { url: 'http://tax/api' }]\"\n  db:\n    image: postgres\n",
    );
    assert.deepEqual(
      services.map(({ name, environment }) => [name, environment.URLS]),
      [
        ["docs", "[{ url: 'http://shop/api' }, { url: 'http://tax/api' }]"],
        ["db", undefined],
      ],
    );
  });

  it("takes files that say nothing, something else, or do not parse", () => {
    for (const text of ["", "\uFEFF", "services:", "services: [a]", "services: { a: , b: 1 }", "x: 1\r\n"])
      assert.deepEqual(servicesOf(text), []);
    assert.deepEqual(
      servicesOf("services:\n  a:\n    mem_limit: $LIMIT\n").map(({ memory }) => memory),
      [undefined],
    );
    const broken = containerFacts("compose.yml", "services:\n  a: {\n");
    assert.deepEqual(
      broken.problems.map(({ severity, message }) => `${severity}: ${message.slice(0, 18)}`),
      ["information: This is not read: "],
    );
    assert.deepEqual(containerFacts("compose.yml", "services:\n  a: {{ image }\n").problems, [], "a template");
    assert.ok(broken.unparsed.length > 0);
    const recursive = containerFacts("compose.yml", "x: &x\n  a: *x\nservices: *x\n");
    assert.equal(recursive.facts.kind, "compose");
  });
});
