import { commonPoolIo } from "../../../src/rules/java/common-pool-io.ts";
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
    "a future without an executor": service(`
  CompletableFuture<Price> one(Long id) {
    return CompletableFuture.supplyAsync(() -> read(id));
                           //^^^^^^^^^^^ PriceRepository.findById runs on the common pool, in supplyAsync without an executor
  }
  private Price read(Long id) { return prices.findById(id).orElseThrow(); }`),
  },
  ignores: {
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
