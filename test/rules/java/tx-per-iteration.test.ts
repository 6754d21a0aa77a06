import assert from "node:assert/strict";
import { txPerIteration } from "../../../src/rules/java/tx-per-iteration.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const workspace = (body: string): string => `
//- src/shop/OrderRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/Orders.java
package shop;
@Service
public class Orders {
  private final OrderRepository orders;
  @Transactional public void close(Long id) { orders.deleteById(id); }
  @Transactional(propagation = Propagation.REQUIRES_NEW) public void audit(Long id) { orders.deleteById(id); }
  @Transactional(readOnly = true) public Order find(Long id) { return orders.findById(id).orElseThrow(); }
}
//- src/shop/ClosingService.java
package shop;
import java.util.List;
@Service
class ClosingService {
  private final Orders orders;
  private final TransactionTemplate transactions;
  private final RabbitTemplate rabbit;
${body}
}
`;

rule(txPerIteration, {
  reports: {
    "a commit per element, in a method that a stream is given": workspace(`
  void closeLists(List<List<Long>> lists) { lists.forEach(this::closeAll); }
  private void closeAll(List<Long> ids) { ids.forEach(id -> orders.close(id)); }
                                                          //^^^^^^^^^^^^^^^^ close commits once per element of ids`),
    "a commit per element": workspace(`
  public void closeAll(List<Long> ids) { ids.forEach(id -> orders.close(id)); }
                                                         //^^^^^^^^^^^^^^^^ close commits once per element of ids`),
    "a commit per element, through a method of the class itself": workspace(`
  public void closeAll(List<Long> ids) { ids.forEach(id -> closeOne(id)); }
                                                         //^^^^^^^^^^^^ closeOne commits once per element of ids
  private void closeOne(Long id) { if (id != null) orders.close(id); }
                                                 //~~~~~~~~~~~~~~~~ closeOne calls close`),
    "a commit beside one in a method of the class itself": workspace(`
  public void closeAll(List<Long> ids) { for (Long id : ids) { closeOne(id); orders.close(id); } }
                                                                           //^^^^^^^^^^^^^^^^ close commits once per element of ids
  private void closeOne(Long id) { orders.close(id); }`),
    "a commit per element, inside a try around all of them": workspace(`
  public void closeAll(List<Long> ids) {
    try { ids.forEach(id -> orders.close(id)); } catch (RuntimeException e) { throw new IllegalStateException(e); }
                          //^^^^^^^^^^^^^^^^ close commits once per element of ids
  }`),
    "a transaction that a class above begins": `${workspace(`
  private final Archive archive;
  public void all(List<Order> orders) { orders.forEach(order -> archive.store(order)); }
                                                              //^^^^^^^^^^^^^^^^^^^^ store commits once per element of orders`)}
//- src/shop/Store.java
package shop;
import org.springframework.transaction.annotation.Transactional;
abstract class Store { @Transactional public void store(Order order) {} }
                     //~~~~~~~~~~~~~~ a transaction begins here
//- src/shop/Archive.java
package shop;
@Service
class Archive extends Store { OrderRepository all; @Override public void store(Order order) { all.save(order); } }
`,
    "a second connection for what is only read": workspace(`
  @Transactional public void checkAll(List<Long> ids) {
    for (Long id : ids) orders.look(id);
                      //^^^^^^^^^^^^^^^ look takes a second connection for each element of ids
  }`).replace(
      "  @Transactional(readOnly = true)",
      "  @Transactional(propagation = Propagation.REQUIRES_NEW) public Order look(Long id) { return orders.findById(id).orElseThrow(); }\n  @Transactional(readOnly = true)",
    ),
    "a second connection within a transaction": workspace(`
  @Transactional public void closeAll(List<Long> ids) {
    for (Long id : ids) orders.audit(id);
                      //^^^^^^^^^^^^^^^^ audit takes a second connection for each element of ids
  }`),
  },
  ignores: {
    // OHDSI/WebAPI: a step has the transaction of its chunk
    "a step of Spring Batch": workspace(`
  private List<Long> ids;
  public void closeAll() {}
}
class CloseStep implements org.springframework.batch.core.step.tasklet.Tasklet {
  private final Orders orders;
  private List<Long> ids;
  @Override public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    ids.forEach(id -> orders.close(id));
    return RepeatStatus.FINISHED;
  }`),
    // dhis2's handlers of deletions run in the transaction that deletes.
    "a method that somebody keeps and runs": workspace(`
  private final Handlers handlers;
  void register() { handlers.whenDeleting(this::closeAll); }
  private void closeAll(List<Long> ids) { ids.forEach(id -> orders.close(id)); }
}
interface Handlers { void whenDeleting(java.util.function.Consumer<List<Long>> handler);`),
    "one transaction for all": workspace(`
  @Transactional public void closeAll(List<Long> ids) { ids.forEach(id -> orders.close(id)); }
  public void template(List<Long> ids) { transactions.executeWithoutResult(status -> ids.forEach(id -> orders.close(id))); }`),
    "elements that may fail one by one, in a method of the class itself": workspace(`
  public void closeAll(List<Long> ids) { ids.forEach(id -> closeOne(id)); ids.forEach(id -> lookAt(id)); }
  private void closeOne(Long id) { try { orders.close(id); } catch (RuntimeException e) { System.err.println(e); } }
  private void lookAt(Long id) { orders.find(id); }`),
    "elements that may fail one by one": workspace(`
  public void closeAll(List<Long> ids) {
    for (Long id : ids) { try { orders.close(id); } catch (RuntimeException e) { log(e); } }
  }`),
    reads: workspace("  public void show(List<Long> ids) { ids.forEach(id -> print(orders.find(id))); }"),
  },
});

// A message that is sent is not taken back: the commit behind it is wanted, and a prompt to look at most.
it("java/tx-per-iteration hints where each element is told of one by one", async () => {
  const severities = async (told: string): Promise<readonly string[]> => {
    const checked = new TestWorkspace([txPerIteration]);
    const loop = `public void tellAll(List<Long> ids) { for (Long id : ids) { ${told} orders.close(id); } }`;
    await checked.put(parseFixture(workspace(loop)).files);
    return checked.findings().map(({ severity }) => severity);
  };
  assert.deepEqual(await severities('rabbit.convertAndSend("closed", id);'), ["hint"]);
  assert.deepEqual(await severities("print(id);"), ["information"]);
});
