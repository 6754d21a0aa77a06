import assert from "node:assert/strict";
import { executorPerCall } from "../../../src/rules/java/executor-per-call.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const controller = (body: string): string => `
//- src/shop/ReportController.java
package shop;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
@RestController
class ReportController {
  private ExecutorService shared = Executors.newFixedThreadPool(4);
${body}
}
`;

rule(executorPerCall, {
  reports: {
    "a pool in a request": controller(`
  @GetMapping("/report") void report() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Executors.newFixedThreadPool makes a pool of threads for each GET /report
    pool.submit(() -> work());
    pool.shutdown();
  }`),
    "a thread in a request, below a helper": controller(`
  @GetMapping("/report") void report() { start(); }
  private void start() { new Thread(this::work).start(); }
                       //^^^^^^^^^^ a thread is started for each GET /report`),
    "other pools and timers": controller(`
  @GetMapping("/report") void report() { new Timer().schedule(task, 500); }
                                       //^^^^^^^^^ new Timer makes a pool of threads for each GET /report
  @GetMapping("/own") void own() { ThreadPoolTaskExecutor own = new ThreadPoolTaskExecutor(); own.initialize(); own.submit(task); }
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^ new ThreadPoolTaskExecutor makes a pool of threads for each GET /own`),
  },
  ignores: {
    "a shared pool, one that is kept, and virtual threads": controller(`
  @GetMapping("/report") void report() { shared.submit(() -> work()); }
  @GetMapping("/lazy") void lazy() { if (shared == null) shared = Executors.newFixedThreadPool(4); }
  @GetMapping("/virtual") void virtual() { try (var pool = Executors.newVirtualThreadPerTaskExecutor()) { pool.submit(() -> work()); } }
  @PostConstruct void start() { new Thread(this::work).start(); }`),
    "a pool that no request reaches": controller("  void report() { Executors.newFixedThreadPool(4).submit(() -> work()); }"),
  },
});

it("java/executor-per-call is a hint for a thread of a failure", async () => {
  const workspace = new TestWorkspace([executorPerCall]);
  await workspace.put(
    parseFixture(
      controller(`
  @GetMapping("/report") void report() {
    try { work(); } catch (RuntimeException failed) { new Thread(this::tell).start(); }
  }`),
    ).files,
  );
  assert.deepEqual(
    workspace.findings().map(({ severity }) => severity),
    ["hint"],
  );
});

// terarium: consumers of six queues start a thread for each message.
it("java/executor-per-call is a warning for requests, and information for messages", async () => {
  const severities = async (annotation: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([executorPerCall]);
    await workspace.put(parseFixture(controller(`${annotation} void report() { new Thread(this::work).start(); }`)).files);
    return workspace.findings().map(({ severity, certainty }) => `${severity} ${certainty}`);
  };
  assert.deepEqual(await severities('@GetMapping("/report")'), ["warning proven"]);
  assert.deepEqual(await severities('@GetMapping("/database/backup")'), ["information proven"]);
  assert.deepEqual(await severities('@RabbitListener(queues = "reports")'), ["information likely"]);
});
