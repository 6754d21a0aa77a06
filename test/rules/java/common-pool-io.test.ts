import assert from "node:assert/strict";
import { commonPoolIo } from "../../../src/rules/java/common-pool-io.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const service = (body: string): string => `
//- src/shop/PriceRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface PriceRepository extends JpaRepository<Price, Long> {}
//- src/shop/PriceService.java
package shop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
@Service
class PriceService {
  private final PriceRepository prices;
  private final Executor executor;
${body}
}
`;

rule(commonPoolIo, {
  reports: {
    "a query in a parallel stream": service(`
  List<Price> all(List<Long> ids) {
    return ids.parallelStream().map(id -> prices.findById(id).orElseThrow()).toList();
             //^^^^^^^^^^^^^^ PriceRepository.findById runs on the common pool, in a parallel stream
  }`),
    "a parallel stream that a variable holds": service(`
  List<Price> all(List<Long> ids) {
    var several = ids.parallelStream();
                    //^^^^^^^^^^^^^^ PriceRepository.findById runs on the common pool, in a parallel stream
    return several.map(id -> prices.findById(id).orElseThrow()).toList();
  }`),
    "a future without an executor": service(`
  CompletableFuture<Price> one(Long id) {
    return CompletableFuture.supplyAsync(() -> read(id));
                           //^^^^^^^^^^^ PriceRepository.findById runs on the common pool, in supplyAsync without an executor
  }
  private Price read(Long id) { return prices.findById(id).orElseThrow(); }`),
    // DawnBreaker207/Ticket-Booking: five queries of one page.
    "futures of one method, as one cause": service(`
  private final java.util.Map<String, Price> names;
  Object page(Long id, Long other) {
    var first = CompletableFuture.supplyAsync(() -> read(id));
                                //^^^^^^^^^^^ PriceRepository.findById and 1 more run on the common pool, in supplyAsync without an executor
    var second = CompletableFuture.supplyAsync(() -> prices.count());
                                 //~~~~~~~~~~~ PriceRepository.count runs here too
    var third = CompletableFuture.supplyAsync(() -> names.get("a"));
    CompletableFuture.allOf(first, second, third).join();
    return first;
  }
  private Price read(Long id) { return prices.findById(id).orElseThrow(); }`),
    "a task behind a cast": service(`
  void refresh(Long id) {
    CompletableFuture.runAsync((Runnable & java.io.Serializable) () -> prices.findById(id));
                    //^^^^^^^^ PriceRepository.findById runs on the common pool, in runAsync without an executor
  }`),
    "a task of the common pool": service(`
  Future<Price> one(Long id) {
    return ForkJoinPool.commonPool().submit(() -> prices.findById(id).orElseThrow());
                                   //^^^^^^ PriceRepository.findById runs on the common pool, as a task of submit
  }`),
    "a task of a field that holds the common pool": service(`
  private final ForkJoinPool pool = ForkJoinPool.commonPool();
  void warm(Long id) {
    pool.execute(() -> { prices.findById(id); });
       //^^^^^^^ PriceRepository.findById runs on the common pool, as a task of execute
  }`),
    "a step of a future without an executor": service(`
  CompletableFuture<Price> one(CompletableFuture<Long> id) {
    return id.thenApplyAsync(given -> prices.findById(given).orElseThrow());
            //^^^^^^^^^^^^^^ PriceRepository.findById runs on the common pool, in thenApplyAsync without an executor
  }`),
  },
  ignores: {
    // zapek/Xeres: a window that is filled by its own thread.
    "what is handed on to the thread of a user interface": service(`
  void refresh(Long id) {
    CompletableFuture.runAsync(() -> Platform.runLater(() -> prices.findById(id)));
    CompletableFuture.runAsync(() -> SwingUtilities.invokeLater(this::all));
  }
  private void all() { prices.findAll(); }`),
    "a step of a future with an executor, or on the thread before": service(`
  CompletableFuture<Price> one(CompletableFuture<Long> id) {
    return id.thenApplyAsync(given -> prices.findById(given).orElseThrow(), executor).thenApply(price -> prices.save(price));
  }`),
    "a pool of its own": service(`
  private final ForkJoinPool pool = new ForkJoinPool(8);
  void warm(Long id) {
    pool.execute(() -> { prices.findById(id); });
    ForkJoinPool.commonPool().execute(() -> System.gc());
  }`),
    "the way without an executor, where one may be set": service(`
  CompletableFuture<Price> one(Long id) {
    return executor != null
      ? CompletableFuture.supplyAsync(() -> prices.findById(id).orElseThrow(), executor)
      : CompletableFuture.supplyAsync(() -> prices.findById(id).orElseThrow());
  }`),
    // PMD-jPinpoint reports every parallel stream: what computes belongs there.
    computing: service("  List<Long> all(List<Long> ids) { return ids.parallelStream().map(id -> id * 31).toList(); }"),
    "an executor": service(`
  CompletableFuture<Price> one(Long id) {
    return CompletableFuture.supplyAsync(() -> prices.findById(id).orElseThrow(), executor);
  }
  void own(List<Long> ids) throws Exception {
    new ForkJoinPool(8).submit(() -> ids.parallelStream().forEach(id -> prices.findById(id))).get();
  }`),
    "a query before the stream": service(`
  List<Long> all(List<Long> ids) { return prices.findAllById(ids).parallelStream().map(price -> price.hash()).toList(); }`),
  },
});

describe("java/common-pool-io: how loud it is", () => {
  const severities = async (step: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([commonPoolIo]);
    const loading = "void load(List<Long> ids) { ids.parallelStream().forEach(id -> prices.findById(id)); }";
    const source = service(loading).replace("class PriceService", `class PriceService${step}`);
    await workspace.put(parseFixture(source).files);
    return workspace.findings().map(({ severity }) => severity);
  };

  it("warns where requests may share the pool, and informs of a batch's step", async () => {
    assert.deepEqual(await severities(""), ["warning"]);
    assert.deepEqual(await severities(" implements org.springframework.batch.core.step.tasklet.Tasklet"), ["information"]);
  });
});
