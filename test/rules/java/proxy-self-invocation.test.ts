import assert from "node:assert/strict";
import { proxySelfInvocation } from "../../../src/rules/java/proxy-self-invocation.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const DOMAIN = `
//- src/shop/PriceRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface PriceRepository extends JpaRepository<Price, Long> {}
//- src/shop/Price.java
package shop;
@Entity class Price { @Id Long id; }`;

const service = (body: string): string => `${DOMAIN}
//- src/shop/PriceService.java
package shop;
import java.util.List;
@Service
class PriceService {
  private final PriceRepository prices;
  private PriceService self;
  private TransactionTemplate transactions;
${body}
}
`;

/** What services extend. */
const BASE = `${DOMAIN}
//- src/shop/Base.java
package shop;
import org.springframework.transaction.annotation.Transactional;
abstract class Base {
  protected PriceRepository prices;
  @Transactional public void store(Price price) { prices.deleteById(price.id); prices.save(price); }
  @Transactional public void order(Price price) {}
  @Cacheable("prices") public Price byId(Long id) { return prices.findById(id).orElseThrow(); }
}`;

rule(proxySelfInvocation, {
  reports: {
    "what a class above declares, from another method": `${BASE}
//- src/shop/PriceService.java
package shop;
@Service
class PriceService extends Base {
  public void storeAll(List<Price> all) { for (Price price : all) super.store(price); }
                                                                      //^^^^^^^^^^^^ store is called within PriceService: @Transactional has no effect here
}
`,
    "Jakarta's annotation, which an override does not have": `${DOMAIN}
//- src/shop/Base.java
package shop;
import jakarta.transaction.Transactional;
abstract class Base {
  protected PriceRepository prices;
  @Transactional public void store(Price price) { prices.deleteById(price.id); prices.save(price); }
  @Transactional public void order(Price price) {}
}
//- src/shop/PriceService.java
package shop;
@Service
class PriceService extends Base {
  @Override public void order(Price price) { store(price); }
                                           //^^^^^^^^^^^^ store is called within PriceService: @Transactional has no effect here
}
`,
    "a cached method of the same class": service(`
  public List<Price> cheap() { return all().subList(0, 3); }
                                    //^^^^^ all is called within PriceService: @Cacheable has no effect here
  @Cacheable("prices") public List<Price> all() { return prices.findAll(); }
                                        //~~~ @Cacheable stands here`),
    "an eviction, with this": service(`
  public void rename(Price price) { prices.save(price); this.forget(); }
                                                      //^^^^^^^^^^^^^ forget is called within PriceService: @CacheEvict has no effect here
  @CacheEvict(cacheNames = "prices", allEntries = true) public void forget() {}`),
    "what is put into another cache than the caller's": service(`
  @Cacheable("totals") public Price total(Long id) { return load(id); }
                                                          //^^^^^^^^ load is called within PriceService: @CachePut has no effect here
  @CachePut("prices") public Price load(Long id) { return prices.findById(id).orElseThrow(); }`),
    // Raclez/ryu-blog-webflux: 28 calls of two methods.
    "one method that several of its class call, once": service(`
  public Price first(Long id) { return byId(id); }
                                     //^^^^^^^^ byId is called 3 times within PriceService: @Cacheable has no effect there
  public List<Price> two(Long id, Long other) { return List.of(byId(id), byId(other)); }
                                                             //~~~~~~~~ PriceService.two calls it, too
  @Cacheable("prices") public Price byId(Long id) { return prices.findById(id).orElseThrow(); }`),
    "asynchronous work that is waited for": service(`
  public void order() { mail(); }
                      //^^^^^^ mail is called within PriceService: @Async has no effect here
  @Async public void mail() {}`),
    "a private method": service(`
  public List<Price> cheap() { return all(); }
                                    //^^^^^ all is private: @Cacheable has no effect
  @Cacheable("prices") private List<Price> all() { return prices.findAll(); }`),
    "a transaction over several writes, from a method without one": service(`
  public void importAll(List<Price> list) { list.forEach(price -> replace(price)); }
                                                                //^^^^^^^^^^^^^^ replace is called within PriceService: @Transactional has no effect here
  @Transactional public void replace(Price price) { prices.deleteById(price.id); prices.save(price); }`),
    "no transaction within one": service(`
  @Transactional public void order(Price price) { print(price); }
                                                //^^^^^^^^^^^^ print is called within PriceService: @Transactional has no effect here
  @Transactional(propagation = Propagation.NOT_SUPPORTED) public void print(Price price) { prices.findAll(); }`),
    "a new transaction within one": service(`
  @Transactional public void order(Price price) { audit(price); }
                                                //^^^^^^^^^^^^ audit is called within PriceService: @Transactional has no effect here
  @Transactional(propagation = Propagation.REQUIRES_NEW) public void audit(Price price) { prices.save(price); }`),
  },
  ignores: {
    "a bean of Quarkus, which is its own proxy": `
//- pom.xml
<project><artifactId>shop</artifactId><dependencies><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-spring-cache</artifactId></dependency></dependencies></project>
${service(`
  public void renew() { all(); }
  @Cacheable("prices") public List<Price> all() { return prices.findAll(); }`).trimStart()}`,
    "what is to be read as it is, before the cache forgets it": service(`
  @CacheEvict("prices") public void update(Price price) { merge(byId(price.id), price); }
  @Cacheable("prices") public Price byId(Long id) { return prices.findById(id).orElseThrow(); }`),
    // 1024-lab/smart-admin.
    "what is put into the cache that keeps the answers of its caller": service(`
  @Cacheable("prices") public Price byId(Long id) { return id == null ? null : load(id); }
  @CachePut("prices") public Price load(Long id) { return prices.findById(id).orElseThrow(); }`),
    // ccd-data-store-api.
    "what a schedule asks past the cache, to put it there": service(`
  private CacheManager caches;
  @Scheduled(fixedRate = 60000) public void renew() { List<Price> found = all(); keep(found); }
  private void keep(List<Price> found) { caches.getCache("prices").put("all", found); }
  @Cacheable("prices") public List<Price> all() { return prices.findAll(); }`),
    "a stream that is subscribed to": service(`
  private WebClient client;
  public void open() { follow(); }
  @Async public void follow() { Flux<String> lines = client.get().retrieve().bodyToFlux(String.class); lines.subscribe(line -> print(line)); }`),
    "asynchronous work that goes to an executor by itself": service(`
  public void send(Price price) { mail(price); }
  @Async public CompletableFuture<Price> mail(Price price) { return CompletableFuture.supplyAsync(() -> prices.save(price)); }`),
    // metersphere's overloads, and one that wants no transaction where there is none.
    "an overload that has opened what is wanted, and none that is wanted": service(`
  @Transactional(propagation = Propagation.REQUIRES_NEW) public void audit(Price price) { audit(List.of(price)); }
  @Transactional(propagation = Propagation.REQUIRES_NEW) public void audit(List<Price> all) { prices.saveAll(all); prices.flush(); }
  public void show(Price price) { print(price); }
  @Transactional(propagation = Propagation.NOT_SUPPORTED) public void print(Price price) { prices.findAll(); }`),
    // spring-tools #1193: the class that has its own proxy injected calls through it.
    "a call through the injected proxy": service(`
  public List<Price> cheap() { return self.all(); }
  @Cacheable("prices") public List<Price> all() { return prices.findAll(); }`),
    "another bean": `${service(`
  @Cacheable("prices") public List<Price> all() { return prices.findAll(); }`)}
//- src/shop/Shop.java
package shop;
class Shop { private PriceService service; Object cheap() { return service.all(); } }
`,
    "a caller in a transaction, or with one around it": service(`
  @Transactional public void order(Price price) { replace(price); }
  public void template(Price price) { transactions.executeWithoutResult(status -> replace(price)); }
  @Transactional public void replace(Price price) { prices.deleteById(price.id); prices.save(price); }`),
    "a single statement": service(`
  public void order(Price price) { store(price); }
  @Transactional public void store(Price price) { prices.save(price); }
  public Price show(Long id) { return find(id); }
  @Transactional(readOnly = true) public Price find(Long id) { return prices.findById(id).orElseThrow(); }`),
    // SonarSource's S6809 says the same of AspectJ: woven classes have no proxy to miss.
    "woven aspects": `${service(`
  public List<Price> cheap() { return all(); }
  @Cacheable("prices") public List<Price> all() { return prices.findAll(); }`)}
//- src/shop/Config.java
package shop;
@Configuration @EnableCaching(mode = AdviceMode.ASPECTJ)
class Config {}
`,
    "a repository's default method": `${DOMAIN}
//- src/shop/StockRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface StockRepository extends JpaRepository<Price, Long> {
  @Cacheable("stock") List<Price> findByActiveTrue();
  default long number() { return findByActiveTrue().size(); }
}
`,
    // OpenELIS' services override what their base class writes: Spring finds the annotation above, for what overrides it, too.
    "an override that calls what it overrides, and one of a cached method": `${BASE}
//- src/shop/PriceService.java
package shop;
@Service
class PriceService extends Base {
  @Override public void store(Price price) { check(price); super.store(price); }
  @Override public Price byId(Long id) { check(null); return super.byId(id); }
  private void check(Price price) {}
}
`,
    "a caller that overrides an annotated method, or whose class extends an annotated one": `${BASE}
//- src/shop/PriceService.java
package shop;
@Service
class PriceService extends Base {
  @Override public void order(Price price) { super.store(price); }
}
//- src/shop/Whole.java
package shop;
import org.springframework.transaction.annotation.Transactional;
@Transactional class Whole { protected PriceRepository prices; @Transactional public void replace(Price price) { prices.deleteById(price.id); prices.save(price); } }
//- src/shop/Part.java
package shop;
@Service class Part extends Whole { public void order(Price price) { replace(price); } }
`,
    "a caller that is reached in a transaction": `${service(`
  public void order(Price price) { replace(price); }
  @Transactional public void replace(Price price) { prices.deleteById(price.id); prices.save(price); }`)}
//- src/shop/ShopController.java
package shop;
@RestController
class ShopController {
  private PriceService service;
  @PostMapping("/orders") @Transactional public void order(Price price) { service.order(price); }
}
`,
  },
});

describe("java/proxy-self-invocation, ranked by what reaches it", () => {
  const severityOf = async (caller: string, desk: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([proxySelfInvocation]);
    const source = `${service(`
  ${caller}
  @Transactional public void replace(Price price, String why) { prices.deleteById(price.id); prices.save(price); }`)}
//- src/shop/Desk.java
package shop;
@RestController class Desk {
  private PriceService service;
  @PostMapping("/prices") void put(Price price) { ${desk} }
}
`;
    await workspace.put(parseFixture(source).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  const CALLER = "public void replace(Price price) { replace(price, null); }";

  it("is information where a request comes through the caller", async () => {
    assert.deepEqual(await severityOf(CALLER, "service.replace(price);"), ["information"]);
  });

  // HospitalitySolutions/calendra.si keeps overloads for its tests.
  it("hints at an overload that requests pass by", async () => {
    assert.deepEqual(await severityOf(CALLER, 'service.replace(price, "new");'), ["hint"]);
  });

  it("stays information for another method, which may be called in ways that are not seen", async () => {
    assert.deepEqual(await severityOf(CALLER.replace("void replace", "void put"), 'service.replace(price, "new");'), ["information"]);
  });

  it("stays information for what an interface may declare", async () => {
    assert.deepEqual(await severityOf(`@Override ${CALLER}`, 'service.replace(price, "new");'), ["information"]);
  });

  // EDUC-PEN-REG-BATCH-API: a step that is handed on ends by starting the next one, on the thread that the first call was given.
  it("warns of asynchronous work that a request waits for, and informs where nobody is known to", async () => {
    const caller = "public void sendAll() { send(); } @Async public void send() { prices.findAll(); }";
    assert.deepEqual(await severityOf(caller, "service.sendAll();"), ["warning"]);
    assert.deepEqual(await severityOf(caller, "service.toString();"), ["information"]);
  });
});
