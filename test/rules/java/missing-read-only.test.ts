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
    "an annotation with arguments": service(`
  @Transactional(timeout = 5) public Price find(Long id) { return prices.findById(id).orElseThrow(); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 PriceService.find only reads, in a transaction that may write`),
  },
  ignores: {
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
    "an annotation with arguments": `
//- src/main/java/shop/PriceService.java
${head}
  @Transactional(timeout = 5, readOnly = true) public Price find(Long id) { return prices.findById(id).orElseThrow(); }
}
`,
  },
});
