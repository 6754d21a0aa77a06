import assert from "node:assert/strict";
import { openInView } from "../../../src/rules/config/open-in-view.ts";
import { sqlLoggingInProduction } from "../../../src/rules/config/sql-logging-in-production.ts";
import { TestWorkspace } from "../../harness/check.ts";

const pom = (name: string, ...artifacts: readonly string[]): string => `<project>
  <artifactId>${name}</artifactId>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version></parent>
  <dependencies>${artifacts.map((one) => `<dependency><groupId>org.springframework.boot</groupId><artifactId>${one}</artifactId></dependency>`).join("")}</dependencies>
  <build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>`;
const own = (name: string): string =>
  `spring:\n  application.name: ${name}\n  config.import: "optional:configserver:http://settings:8888"\n`;

/** Two applications that ask a server of settings, and what it hands out. */
async function workspace(served: Readonly<Record<string, string>>, folder = "settings/src/main/resources/shared"): Promise<TestWorkspace> {
  const tested = new TestWorkspace([openInView, sqlLoggingInProduction]);
  await tested.put([
    ["settings/pom.xml", pom("settings", "spring-cloud-config-server")],
    ["settings/src/main/resources/application.yml", "spring.cloud.config.server.native.search-locations: classpath:/shared\n"],
    ["gateway/pom.xml", pom("gateway", "spring-boot-starter-web")],
    ["gateway/src/main/resources/application.yml", own("gateway")],
    ["orders/pom.xml", pom("orders", "spring-boot-starter-web", "spring-boot-starter-data-jpa")],
    ["orders/src/main/resources/application.yml", own("orders")],
    ...Object.entries(served).map(([name, text]) => [`${folder}/${name}`, text] as const),
  ]);
  return tested;
}

const told = async (served: Readonly<Record<string, string>>, folder?: string): Promise<readonly string[]> =>
  (await workspace(served, folder)).findings().map(({ rule, file }) => `${rule.replace("config/", "")} ${file}`);

describe("what a configuration server of the workspace hands out", () => {
  const shared = "config-server/src/main/resources/shared";

  it("is not known where no file has the application's name", async () => {
    assert.deepEqual(await told({ "application.yml": "server.port: 80\n" }, "config-repo"), []);
  });

  it("says what an application lacks", async () => {
    assert.deepEqual(await told({ "orders.yml": "server.port: 80\n" }, "config-repo"), [
      "open-in-view orders/src/main/resources/application.yml",
    ]);
    assert.deepEqual(await told({ "orders.yml": "spring.jpa.open-in-view: false\n" }, "config-repo"), []);
    assert.deepEqual(
      await told({ "orders.yml": "server.port: 80\n", "application.yml": "spring.jpa.open-in-view: false\n" }, "config-repo"),
      [],
    );
  });

  it("is judged where it stands, for the application that reads it", async () => {
    const chatty = "spring.jpa:\n  show-sql: true\n  open-in-view: false\n";
    assert.deepEqual(await told({ "orders.yml": chatty }, "config-repo"), ["sql-logging-in-production config-repo/orders.yml"]);
    assert.deepEqual(await told({ "application.yml": chatty, "orders.yml": "" }, "config-repo"), [
      "sql-logging-in-production config-repo/application.yml",
    ]);
    assert.deepEqual(await told({ "orders-dev.yml": chatty, "orders.yml": "spring.jpa.open-in-view: false" }, "config-repo"), []);
    assert.deepEqual(await told({ "gateway.yml": chatty }, "config-repo"), [], "no JPA there");
    assert.deepEqual(await told({ "stock-dev.yml": chatty }, "config-repo"), [], "an application that is not here");
  });

  it("wins over what the application says itself, and one application's over all", async () => {
    const tested = await workspace({ "application.yml": "server.port: 81", "orders.yml": "server.port: 82" }, "config-repo");
    await tested.put([["orders/src/main/resources/application.yml", `${own("orders")}server.port: 80\n`]]);
    const { configuration } = tested.workspace.model;
    assert.equal(configuration.value("server.port", "orders/a")?.value, "82");
    assert.equal(configuration.value("server.port", "gateway/a")?.value, "81");
    assert.equal(configuration.value("server.port", "settings/a"), undefined);
  });

  it("lies in the server's own resources, or in a folder that says so", async () => {
    assert.deepEqual(await told({ "orders.yml": "server.port: 80\n" }, shared), [], "a module that is no server");
    const tested = await workspace({ "orders.yml": "server.port: 80\n" }, shared);
    await tested.put([["config-server/pom.xml", pom("config-server", "spring-cloud-config-server")]]);
    assert.deepEqual(
      tested.findings().map(({ file }) => file),
      ["orders/src/main/resources/application.yml"],
    );
  });

  it("is heard of when it changes", async () => {
    const tested = await workspace({ "orders.yml": "server.port: 80\n" }, "config-repo");
    assert.equal(tested.findings().length, 1);
    await tested.put([["config-repo/orders.yml", "spring.jpa.open-in-view: false\n"]]);
    assert.equal(tested.findings().length, 0);
    await tested.put([["orders/src/main/resources/application.yml", own("purchases")]]);
    assert.equal(tested.findings().length, 0);
    await tested.put([["config-repo/purchases.yml", "spring.jpa.show-sql: true\n"]]);
    assert.deepEqual(
      tested.findings().map(({ rule }) => rule),
      ["config/sql-logging-in-production", "config/open-in-view"],
    );
  });
});
