import { lockHotPath } from "../../../src/rules/java/lock-hot-path.ts";
import { rule } from "../../harness/rule.ts";

const workspace = (body: string, annotation = "@Service"): string => `
//- src/shop/StockRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface StockRepository extends JpaRepository<Stock, Long> {}
//- src/shop/StockController.java
package shop;
@RestController
class StockController {
  private final StockService stock;
  @PostMapping("/stock") void take(Long id) { stock.take(id); }
}
//- src/shop/StockService.java
package shop;
${annotation}
class StockService {
  private final StockRepository repository;
  private final Object lock = new Object();
  private final Locks locks;
  private Stock known;
${body}
}
`;

rule(lockHotPath, {
  reports: {
    "a synchronized method": workspace(`
  synchronized void take(Long id) { repository.deleteById(id); }
                                  //^^^^^^^^^^^^^^^^^^^^^^^^^ StockService.take runs StockRepository.deleteById under a lock, one POST /stock at a time`),
    "a synchronized block, the work in a helper": workspace(`
  void take(Long id) { synchronized (lock) { remove(id); } }
                                           //^^^^^^^^^^ StockService.take runs StockRepository.deleteById under a lock, one POST /stock at a time
  private void remove(Long id) { repository.deleteById(id); }`),
    "a lock of the class": workspace(`
  private final ReentrantLock guard = new ReentrantLock();
  void take(Long id) {
    guard.lock();
    try { repository.deleteById(id); } finally { guard.unlock(); }
        //^^^^^^^^^^^^^^^^^^^^^^^^^ StockService.take runs StockRepository.deleteById under a lock, one POST /stock at a time
  }`),
    "the lock for writing": workspace(`
  private final ReadWriteLock guard = new ReentrantReadWriteLock();
  void take(Long id) {
    guard.writeLock().lock();
    try { repository.deleteById(id); } finally { guard.writeLock().unlock(); }
        //^^^^^^^^^^^^^^^^^^^^^^^^^ StockService.take runs StockRepository.deleteById under a lock, one POST /stock at a time
  }`),
  },
  ignores: {
    "a moment": workspace("  synchronized void take(Long id) throws Exception { Thread.sleep(1); }"),
    "a lock that many have, that nobody waits for, that a key picks, or that is given back": workspace(`
  private final ReadWriteLock guard = new ReentrantReadWriteLock();
  private final ReentrantLock tried = new ReentrantLock();
  void take(Long id) { read(id); tryIt(id); own(id); before(id); }
  void read(Long id) { guard.readLock().lock(); try { repository.findById(id); } finally { guard.readLock().unlock(); } }
  void tryIt(Long id) { if (tried.tryLock()) { try { repository.deleteById(id); } finally { tried.unlock(); } } }
  void own(Long id) { Lock own = locks.of(id); own.lock(); try { repository.deleteById(id); } finally { own.unlock(); } }
  void before(Long id) { tried.lock(); try { known = null; } finally { tried.unlock(); } repository.deleteById(id); }`),
    "work outside of the lock": workspace(
      "  void take(Long id) { synchronized (lock) { count(); } repository.deleteById(id); }\n  void count() {}",
    ),
    // thingsboard bff310b69 went from one lock to one for each tenant.
    "a lock for each key": workspace(
      "  void take(Long id) { Object own = locks.of(id); synchronized (own) { repository.deleteById(id); } }",
    ),
    "what is read once": workspace(
      "  synchronized void take(Long id) { if (known == null) known = repository.findById(id).orElseThrow(); }",
    ),
    "a bean of the request": workspace("  synchronized void take(Long id) { repository.deleteById(id); }", "@Service @RequestScope"),
  },
});
