import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Diagnostic } from "vscode-languageserver";
import { parseFixture } from "../harness/fixture.ts";
import { pomIn } from "../rules/config/builds.ts";
import { ServerWorkspace } from "./workspace.ts";

const RULE = "config/open-in-view";
const SETTINGS = "server.port: 80\n";
const settingsOf = (service: string): string => `shop/${service}/src/main/resources/application.yml`;

describe("server: what several services lack alike", () => {
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
    for (const service of ["billing", "orders"]) {
      const build = parseFixture(pomIn(`shop/${service}`, "spring-boot-starter-web", "spring-boot-starter-data-jpa"));
      for (const [file, text] of build.files) write(file, text);
      write(settingsOf(service), SETTINGS);
    }
  });
  afterEach(() => workspace.dispose());

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(workspace.path(file)), { recursive: true });
    writeFileSync(workspace.path(file), text);
  };
  const messages = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.filter(({ code }) => code === RULE).map(({ message }) => String(message));

  it("is told once where no file is open, and in each that is", async () => {
    const client = await workspace.start();
    assert.equal(messages(await client.diagnostics(settingsOf("billing"))).length, 1);
    assert.equal(messages(await client.diagnostics(settingsOf("orders"))).length, 0);
    client.open(settingsOf("orders"), SETTINGS);
    const [told] = messages(await client.diagnostics(settingsOf("orders")));
    assert.match(told ?? "", /; 1 more alike/);
    assert.equal(messages(await client.diagnostics(settingsOf("billing"))).length, 1);
  });

  it("is told of the services that the baseline does not know", async () => {
    write("performance.yaml", "version: 1\nbaseline: known.json\n");
    const { fingerprint } = fingerprintsIn(workspace.root).find(({ file }) => file === settingsOf("billing")) ?? {};
    assert.ok(fingerprint !== undefined);
    write("known.json", JSON.stringify({ version: 1, findings: [{ file: settingsOf("billing"), rule: RULE, fingerprint }] }));
    const client = await workspace.start();
    const [told] = messages(await client.diagnostics(settingsOf("orders")));
    assert.doesNotMatch(told ?? "more", /more/);
    client.open(settingsOf("billing"), SETTINGS);
    assert.deepEqual(messages(await client.diagnostics(settingsOf("billing"))), []);
  });
});

/** As the command line names them. */
function fingerprintsIn(root: string): readonly { readonly file: string; readonly fingerprint: string }[] {
  const cli = new URL("../../dist/cli.js", import.meta.url).pathname;
  const run = `${JSON.stringify(process.execPath)} ${JSON.stringify(cli)} check . --rule ${RULE} --no-cache --format json || true`;
  const { findings } = JSON.parse(execFileSync("sh", ["-c", run], { cwd: root, encoding: "utf8" }));
  return findings;
}
