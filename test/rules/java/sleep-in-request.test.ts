import assert from "node:assert/strict";
import { sleepInRequest } from "../../../src/rules/java/sleep-in-request.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const controller = (body: string): string => `
//- src/shop/ImportController.java
package shop;
import java.util.concurrent.CompletableFuture;
@RestController
class ImportController {
  private final Importer importer;
${body}
}
//- src/shop/Importer.java
package shop;
@Service
class Importer {
  @Async public void inBackground() throws Exception { pause(); }
  private void pause() throws Exception { Thread.sleep(5000); }
}
`;

rule(sleepInRequest, {
  reports: {
    "a pause in a helper": controller(`
  @PostMapping("/import") void start() throws Exception { pause(); }
  private void pause() throws Exception { Thread.sleep(5000); }
                                        //^^^^^^^^^^^^^^^^^^ ImportController.pause sleeps while POST /import waits`),
    "a pause in a job": `
//- src/shop/ImportJob.java
package shop;
@Component
class ImportJob {
  @Scheduled(fixedRate = 1000) void run() throws Exception { Thread.sleep(5000); }
                                                           //^^^^^^^^^^^^^^^^^^ ImportJob.run sleeps on the scheduler's thread, in @Scheduled run
}
`,
    "pauses by other names": controller(`
  @PostMapping("/poll") void poll() throws Exception { TimeUnit.MILLISECONDS.sleep(200); }
                                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ImportController.poll sleeps while POST /poll waits
  @PostMapping("/park") void park() { LockSupport.parkNanos(500_000_000L); }
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ImportController.park sleeps while POST /park waits`).replace(
      "CompletableFuture;",
      "CompletableFuture;\nimport java.util.concurrent.TimeUnit;\nimport java.util.concurrent.locks.LockSupport;",
    ),
  },
  ignores: {
    // CatalogueOfLife/backend slows requests down to try out how its user interface waits.
    "a filter that delays for its living": `
//- src/shop/DelayFilter.java
package shop;
class DelayFilter implements Filter {
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws Exception {
    Thread.sleep(500);
    chain.doFilter(request, response);
  }
}
`,
    "a method of an enterprise bean that runs apart": `
//- src/Sync.java
import jakarta.ejb.*;
@Stateless
class Sync {
  @Asynchronous public void run() { try { Thread.sleep(6000); } catch (InterruptedException e) { return; } }
}
//- src/SyncResource.java
import jakarta.ws.rs.*;
@Path("/sync")
class SyncResource {
  private Sync sync;
  @POST public void start() { sync.run(); }
}
`,
    "a task of a pool that a call gives": `
//- src/Later.java
import java.util.concurrent.ForkJoinPool;
@RestController
class Later {
  @GetMapping("/later") DeferredResult<String> later() {
    DeferredResult<String> output = new DeferredResult<>();
    ForkJoinPool.commonPool().submit(() -> {
      try { Thread.sleep(6000); } catch (InterruptedException e) { return; }
      output.setResult("done");
    });
    return output;
  }
}
`,
    "a thread that is built and started": controller(`
  @PostMapping("/import") void start() { Thread.ofVirtual().name("feed").start(() -> pause()); keep(); }
  private void keep() { kept = Thread.ofPlatform().unstarted(() -> { while (true) pause(); }); kept.start(); }
  private void pause() { try { Thread.sleep(5000); } catch (InterruptedException e) { } }`),
    "a moment": controller(`
  @PostMapping("/import") void start() throws Exception { Thread.sleep(1L); }`),
    "another thread": controller(`
  @PostMapping("/import") void start() throws Exception { importer.inBackground(); }
  @PostMapping("/future") void future() { CompletableFuture.runAsync(() -> pause()); }
  private void pause() { try { Thread.sleep(5000); } catch (InterruptedException e) { } }`),
    "a job of Quartz, which has threads of its own": `
//- src/shop/ImportJob.java
package shop;
class ImportJob extends QuartzJobBean {
  @Override protected void executeInternal(JobExecutionContext context) { Thread.sleep(5000); }
}
`,
    "a consumer of messages, and what nothing calls": `
//- src/shop/Listener.java
package shop;
@Component
class Listener {
  @KafkaListener(topics = "orders") void take(String order) throws Exception { Thread.sleep(100); }
  void unused() throws Exception { Thread.sleep(100); }
}
`,
  },
});

// FINRAOS/herd
it("java/sleep-in-request is a hint where the request says for how long", async () => {
  const rankOf = async (pause: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([sleepInRequest]);
    const body = `  @GetMapping("/slow") void slow(@RequestParam long seconds) throws Exception { Thread.sleep(${pause}); }`;
    await workspace.put(parseFixture(controller(body)).files);
    return workspace.findings().map(({ severity, certainty }) => `${severity} ${certainty}`);
  };
  assert.deepEqual(await rankOf("seconds * 1000"), ["hint possible"]);
  assert.deepEqual(await rankOf("5000"), ["warning proven"]);
});
