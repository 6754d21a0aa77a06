import { executorPerCall } from "../../../src/rules/java/executor-per-call.ts";
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
