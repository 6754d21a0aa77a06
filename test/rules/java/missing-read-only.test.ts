import { missingReadOnly } from "../../../src/rules/java/missing-read-only.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "../config/builds.ts";

const service = (body: string): string => `
${webAndJpa.trimEnd()}
//- src/main/java/shop/PriceRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface PriceRepository extends JpaRepository<Price, Long> {}
//- src/main/java/shop/Price.java
package shop;
@Entity class Price { @Id Long id; }
//- src/main/java/shop/PriceService.java
package shop;
import org.springframework.transaction.annotation.Transactional;
@Service
class PriceService {
  private final PriceRepository prices;
${body}
}
`;
/** The class has the transaction. */
const shared = (body: string): string => service(body).replace("@Service\nclass", "@Service\n  @Transactional\nclass");
const head = `package shop;
import org.springframework.transaction.annotation.Transactional;
@Service
class PriceService {
  private final PriceRepository prices;
`;

rule(missingReadOnly, {
  reports: {
    "a method that reads": service(`
  @Transactional public Price find(Long id) { return prices.findById(id).orElseThrow(); }
//^^^^^^^^^^^^^^ 💡 PriceService.find only reads, in a transaction that may write`),
    "a query that says that it locks nothing": service(`
  @Transactional public Price find(Long id) { return prices.findByIdWithoutLock(id); }
//^^^^^^^^^^^^^^ 💡 PriceService.find only reads, in a transaction that may write`).replace(
      "{}\n",
      "{ Price findByIdWithoutLock(Long id); }\n",
    ),
    "an annotation that is imported with its package": service(`
  @Transactional public Price find(Long id) { return prices.findById(id).orElseThrow(); }
//^^^^^^^^^^^^^^ 💡 PriceService.find only reads, in a transaction that may write`).replace("annotation.Transactional;", "annotation.*;"),
    // BroadleafCommerce
    "an annotation that names a transaction manager": service(`
  @Transactional("prices") public Price find(Long id) { return prices.findById(id).orElseThrow(); }
//^^^^^^^^^^^^^^^^^^^^^^^^ 💡 PriceService.find only reads, in a transaction that may write`),
    "an annotation with arguments": service(`
  @Transactional(timeout = 5) public Price find(Long id) { return prices.findById(id).orElseThrow(); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 PriceService.find only reads, in a transaction that may write`),
    "an object of its own that is filled": service(`
  @Transactional public PriceView findView(Long id) {
//^^^^^^^^^^^^^^ 💡 PriceService.findView only reads, in a transaction that may write
    PriceView view = new PriceView();
    view.setPrice(prices.findById(id).orElseThrow());
    return view;
  }`),
    "a class that reads in all it offers": shared(`
  public List<Price> findAll() { return prices.findAll(); }
  public boolean isFree(Price price) { return price.amount() == 0; }
  private void rename(Price price) { price.setName("x"); }`).replace(
      "  @Transactional\nclass",
      "  @Transactional\n//^^^^^^^^^^^^^^ 💡 All of PriceService only reads, in transactions that may write\nclass",
    ),
    "a name that joins what is asked for": service(`
  @Transactional public Price findByIdAndCode(Long id, String code) { return prices.findById(id).orElseThrow(); }
//^^^^^^^^^^^^^^ 💡 PriceService.findByIdAndCode only reads, in a transaction that may write`),
    "a class that translates beside its readers": shared(`
  public List<PriceView> findAll() { return prices.findAll().stream().map(this::mapToView).toList(); }
  public PriceView mapToView(Price price) { return new PriceView(price.getId()); }`).replace(
      "  @Transactional\nclass",
      "  @Transactional\n//^^^^^^^^^^^^^^ 💡 All of PriceService only reads, in transactions that may write\nclass",
    ),
    "what reads many in a class that writes": shared(`
  public List<Price> findAll() { return prices.findAll(); }
                   //^^^^^^^ 💡 PriceService.findAll only reads, in a transaction that may write
  public void drop(Price price) { prices.delete(price); }`),
    "several readers of a class that writes": shared(`
  public List<Price> findAll() { return prices.findAll(); }
                   //^^^^^^^ 💡 PriceService.findAll and 1 more only read, in transactions that may write

  public void drop(Price price) { prices.delete(price); }

  @Deprecated
  public Page<Price> findPage(Pageable pageable) { return prices.findAll(pageable); }`).replace(
      "  @Transactional\nclass",
      '  @Transactional("prices")\nclass',
    ),
  },
  ignores: {
    // PostgreSQL refuses both in a read-only transaction.
    "rows that are read for their lock, and a number that is drawn": service(`
  @Transactional public Price findNext(String code) { return prices.findByCode(code); }
  @Transactional public Price findNewest(String code) { return prices.newest(code); }
  @Transactional public Price findHeld(Long id) { return held(id); }
  @Transactional public Long findNumber() { return prices.number(); }
  private Price held(Long id) { return entities.find(Price.class, id, LockModeType.PESSIMISTIC_WRITE); }`).replace(
      "{}\n",
      `{
  @Lock(LockModeType.PESSIMISTIC_WRITE) Price findByCode(String code);
  @Query(value = "select * from price where code = ?1 order by id desc limit 1 for update", nativeQuery = true) Price newest(String code);
  @Query(value = "select nextval('price_number')", nativeQuery = true) Long number();
}
`,
    ),
    "a class that writes, and looks up one row": shared(`
  public Price find(Long id) { return prices.findById(id).orElseThrow(); }
  public void drop(Price price) { prices.delete(price); }`),
    "a class that writes, and what reads many in it is marked": shared(`
  @Transactional(readOnly = true) public List<Price> findAll() { return prices.findAll(); }
  public List<Price> findAndMark() { return prices.findAll(); }
  public Map<Long, Long> countByState() { return Map.of(1L, prices.count()); }
  public void drop(Price price) { prices.delete(price); }`),
    "a class that asks the database nothing": shared("  public boolean isFree(Price price) { return price.amount() == 0; }"),
    "a class that others extend": shared("  public List<Price> findAll() { return prices.findAll(); }").concat(`
//- src/main/java/shop/SpecialPriceService.java
package shop;
class SpecialPriceService extends PriceService {
  public void drop(Price price) { prices.delete(price); }
}`),
    "an entity of its own that is filled": service(`
  @Transactional public Price findLike(Long id) { Price like = new Price(); like.setId(id); return prices.findById(id).orElse(like); }`),
    "read-only already, or writing": service(`
  @Transactional(readOnly = true) public Price find(Long id) { return prices.findById(id).orElseThrow(); }
  @Transactional public Price getOne(Long id) { Price price = prices.findById(id).orElseThrow(); prices.save(price); return price; }
  @Transactional public Price rename(Long id) { return prices.findById(id).orElseThrow(); }`),
    // A managed entity is written when it is changed, without a call of the repository.
    "an entity that a helper changes": service(`
  @Transactional public List<Price> findAll() {
    List<Price> all = prices.findAll();
    all.forEach(price -> expire(price));
    return all;
  }
  private Price expire(Price price) { if (price.isOld()) mark(price); return price; }
  private void mark(Price price) { price.setExpired(true); }`),
    "an entity that is changed, and what may be made": service(`
  @Transactional public Price findAndTouch(Long id) { return prices.findById(id).orElseThrow(); }
  @Transactional public Price findByIdAndMark(Long id) { return prices.findById(id).orElseThrow(); }
  @Transactional public Price load(Long id) { Price price = prices.findById(id).orElseThrow(); price.setSeen(true); return price; }
  @Transactional public Price getOrCreate(Long id) { return prices.findById(id).orElseGet(() -> make(id)); }`),
    "a class without Hibernate": service(
      "  @Transactional public Price find(Long id) { return prices.findById(id).orElseThrow(); }",
    ).replace("spring-boot-starter-data-jpa", "spring-boot-starter-jdbc"),
  },
  fixes: {
    "a method that reads": `
//- src/main/java/shop/PriceService.java
${head}
  @Transactional(readOnly = true) public Price find(Long id) { return prices.findById(id).orElseThrow(); }
}
`,
    "several readers of a class that writes": `
//- src/main/java/shop/PriceService.java
${head.replace("@Service\n", '@Service\n  @Transactional("prices")\n')}
  @Transactional(value = "prices", readOnly = true)
  public List<Price> findAll() { return prices.findAll(); }

  public void drop(Price price) { prices.delete(price); }

  @Deprecated
  @Transactional(value = "prices", readOnly = true)
  public Page<Price> findPage(Pageable pageable) { return prices.findAll(pageable); }
}
`,
    "an object of its own that is filled": `
//- src/main/java/shop/PriceService.java
${head}
  @Transactional(readOnly = true) public PriceView findView(Long id) {
    PriceView view = new PriceView();
    view.setPrice(prices.findById(id).orElseThrow());
    return view;
  }
}
`,
    "a query that says that it locks nothing": `
//- src/main/java/shop/PriceService.java
${head}
  @Transactional(readOnly = true) public Price find(Long id) { return prices.findByIdWithoutLock(id); }
}
`,
    "a class that reads in all it offers": `
//- src/main/java/shop/PriceService.java
${head.replace("@Service\n", "@Service\n  @Transactional(readOnly = true)\n")}
  public List<Price> findAll() { return prices.findAll(); }
  public boolean isFree(Price price) { return price.amount() == 0; }
  private void rename(Price price) { price.setName("x"); }
}
`,
    "an annotation that names a transaction manager": `
//- src/main/java/shop/PriceService.java
${head}
  @Transactional(value = "prices", readOnly = true) public Price find(Long id) { return prices.findById(id).orElseThrow(); }
}
`,
    "an annotation with arguments": `
//- src/main/java/shop/PriceService.java
${head}
  @Transactional(timeout = 5, readOnly = true) public Price find(Long id) { return prices.findById(id).orElseThrow(); }
}
`,
  },
});
