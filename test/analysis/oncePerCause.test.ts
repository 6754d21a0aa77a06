import assert from "node:assert/strict";
import { defaultSettings } from "../../src/analysis/settings.ts";
import { applyFileEdits } from "../../src/analysis/verifyFix.ts";
import { Workspace } from "../../src/analysis/workspace.ts";
import { openInView } from "../../src/rules/config/open-in-view.ts";
import { sqlLoggingInProduction } from "../../src/rules/config/sql-logging-in-production.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { pageSizeUnbounded } from "../../src/rules/java/page-size-unbounded.ts";
import { factsOf, TestWorkspace } from "../harness/check.ts";

const SERVICES = ["billing", "orders", "stock"];
const pomOf = (name: string): string => `<project>
  <artifactId>${name}</artifactId>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version></parent>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>`;
const settingsOf = (service: string): string => `${service}/src/main/resources/application.yml`;
const LACKS = "spring:\n  jpa:\n    show-sql: true\n";
const HAS = `${LACKS}    open-in-view: false\n`;

async function services(overrides: Readonly<Record<string, string>> = {}): Promise<TestWorkspace> {
  const tested = new TestWorkspace([openInView, sqlLoggingInProduction]);
  await tested.put(
    SERVICES.flatMap((name) => [[`${name}/pom.xml`, pomOf(name)] as const, [settingsOf(name), overrides[name] ?? LACKS] as const]),
  );
  return tested;
}

const ofView = (tested: TestWorkspace): readonly Finding[] => tested.findings().filter(({ rule }) => rule === openInView.id);
const placesOf = ({ file, related }: Finding): readonly string[] => [file, ...related.map(({ at }) => at.file)];

describe("a habit of a project", () => {
  it("is told in each file by itself, which leaves the others unjudged", async () => {
    const tested = new TestWorkspace([pageSizeUnbounded]);
    const controller = (name: string): string => `package shop;
import org.springframework.data.domain.PageRequest;
@RestController class ${name} {
  private final Rows rows;
  @GetMapping("/${name}") Object list(@RequestParam int size) { return rows.findAll(PageRequest.of(0, size)); }
}`;
    const files = ["Guests", "Orders"].map((name) => [`src/shop/${name}.java`, controller(name)] as const);
    await tested.put(files);
    const found = tested.findings();
    assert.deepEqual(
      found.map(({ file }) => file),
      files.map(([file]) => file),
    );
    for (const finding of found) assert.doesNotMatch(finding.message, /more$/);
  });
});

describe("what several services lack alike", () => {
  it("is one finding at the first of them, with the others beside it", async () => {
    const [finding, ...others] = ofView(await services());
    assert.ok(finding !== undefined);
    assert.deepEqual(others, []);
    assert.deepEqual(placesOf(finding), SERVICES.map(settingsOf));
    assert.match(finding.message, /; 2 more alike$/);
  });

  it("is the finding that it was where one service alone lacks it", async () => {
    const [finding] = ofView(await services({ billing: HAS, stock: HAS }));
    assert.ok(finding !== undefined);
    assert.deepEqual(placesOf(finding), [settingsOf("orders")]);
    assert.doesNotMatch(finding.message, /more$/);
  });

  it("is one finding where the same is written in each, and one for each that writes something else", async () => {
    const profile = "spring.jpa.show-sql: true\nspring.config.activate.on-profile: live\n";
    const found = (await services({ orders: profile })).findings().filter(({ rule }) => rule === sqlLoggingInProduction.id);
    assert.deepEqual(found.map(placesOf), [[settingsOf("billing"), settingsOf("stock")], [settingsOf("orders")]]);
  });

  it("leaves out a service that has an excuse, and is told of the others", async () => {
    const excused = `# perf-ignore-file config/open-in-view: pages are rendered here\n${LACKS}`;
    const findings = (await services({ billing: excused })).findings();
    const [finding] = findings.filter(({ rule }) => rule === openInView.id);
    assert.ok(finding !== undefined);
    assert.deepEqual(placesOf(finding), [settingsOf("orders"), settingsOf("stock")]);
    assert.ok(!findings.some(({ rule }) => rule === "project/unused-suppression"));
  });

  it("is told at another one when the first is mended, whose files count as changed", async () => {
    const tested = await services();
    ofView(tested);
    const stale = await tested.put([[settingsOf("billing"), HAS]]);
    for (const service of SERVICES) assert.ok(stale.has(settingsOf(service)), service);
    const [finding, ...others] = ofView(tested);
    assert.ok(finding !== undefined);
    assert.deepEqual(others, []);
    assert.deepEqual(placesOf(finding), [settingsOf("orders"), settingsOf("stock")]);
    await tested.put([[settingsOf("billing"), LACKS]]);
    assert.deepEqual(ofView(tested).map(placesOf), [SERVICES.map(settingsOf)]);
  });

  it("is told of the others when one has no file any more", async () => {
    const tested = await services();
    ofView(tested);
    await tested.put([[settingsOf("stock"), undefined]]);
    assert.deepEqual(ofView(tested).map(placesOf), [[settingsOf("billing"), settingsOf("orders")]]);
  });

  it("is the same where facts are looked at once", async () => {
    const tested = await services();
    const once = new Workspace({
      rules: [openInView],
      settings: defaultSettings,
      once: true,
      onRuleError: ({ error }) => {
        throw error;
      },
    });
    once.apply(new Map(await Promise.all([...tested.texts].map(async ([file, text]) => [file, await factsOf(file, text)] as const))));
    const found = [...once.files()].flatMap((file) => once.findings(file));
    assert.deepEqual(found.map(placesOf), [SERVICES.map(settingsOf)]);
  });

  it("is mended by one fix in all, and by one in its own file", async () => {
    const tested = await services();
    const [finding] = ofView(tested);
    const [all, own] = finding?.fixes ?? [];
    assert.ok(all !== undefined && own !== undefined);
    const sources = { text: (file: string) => tested.texts.get(file) };
    const mended = (fix: typeof all) =>
      (applyFileEdits(fix.edits(sources) ?? [], sources) ?? []).map((result) => [result.file, result.after]);
    assert.deepEqual(
      mended(all),
      SERVICES.map((service) => [settingsOf(service), HAS]),
    );
    assert.deepEqual(mended(own), [[settingsOf("billing"), HAS]]);
    assert.equal(all.safe, false);
  });
});
