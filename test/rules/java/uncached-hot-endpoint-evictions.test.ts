import { uncachedHotEndpoint } from "../../../src/rules/java/uncached-hot-endpoint.ts";
import { rule } from "../../harness/rule.ts";

const shop = (cascade: string, office: string): string => `
//- src/main/java/shop/CacheConfig.java
package shop;
@Configuration @EnableCaching
class CacheConfig {}
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "tickets")
class Ticket {
  @Id UUID id;
  String code;
  @OneToMany(mappedBy = "ticket"${cascade}) List<Fee> fees;
  void setCode(String code) { this.code = code; }
  List<Fee> getFees() { return fees; }
}
//- src/main/java/shop/Fee.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "fees")
class Fee { @Id UUID id; int cents; @ManyToOne(fetch = FetchType.LAZY) Ticket ticket; }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {}
//- src/main/java/shop/FeeRepository.java
package shop;
interface FeeRepository extends JpaRepository<Fee, UUID> {
  @Query("select avg(f.cents) from Fee f") double average();
}
//- src/main/java/shop/FeeController.java
package shop;
@RestController
class FeeController {
  private final Fees fees;
  FeeController(Fees fees) { this.fees = fees; }
  @GetMapping("/fees/average") double average() { return fees.average(); }
                                    //^^^^^^^ 💡 GET /fees/average runs FeeRepository.average at each request, uncached
}
//- src/main/java/shop/OfficeController.java
package shop;
@RestController
class OfficeController {
  private final Office office;
  OfficeController(Office office) { this.office = office; }
  @PostMapping("/tickets") void sell(@RequestBody Ticket ticket) { office.sell(ticket); }
  @PutMapping("/tickets/{id}") void change(@PathVariable UUID id, @RequestBody TicketForm form) { office.change(id, form); }
}
${fees("")}
${officeFile("", office)}`;

const fees = (cached: string): string => `//- src/main/java/shop/Fees.java
package shop;

${cached === "" ? "" : "import org.springframework.cache.annotation.Cacheable;\n"}import org.springframework.stereotype.Service;

@Service
public class Fees {
    private final FeeRepository fees;

    Fees(FeeRepository fees) { this.fees = fees; }

${cached}    public double average() { return fees.average(); }
}`;

const officeFile = (evict: string, methods: string): string => `//- src/main/java/shop/Office.java
package shop;

${evict}import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Office {
    private final TicketRepository tickets;

    Office(TicketRepository tickets) { this.tickets = tickets; }

${methods}
}
`;

const CACHED = '    @Cacheable("average")\n';
const IMPORT = "import org.springframework.cache.annotation.CacheEvict;\n";
const EVICT = '    @CacheEvict(cacheNames = "average", allEntries = true)\n';
const SELL = `    public void sell(Ticket ticket) {
        tickets.save(ticket);
    }
`;
const CHANGE = `    @Transactional
    public void change(UUID id, TicketForm form) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        copy(form, ticket);
    }

    private void copy(TicketForm form, Ticket ticket) {
        ticket.setCode(form.code());
        ticket.getFees().forEach(fee -> fee.cents = form.cents());
    }`;

const TOKENS = `//- src/main/java/shop/Tokens.java
package shop;

import org.aspectj.lang.annotation.Before;
import org.springframework.data.redis.core.StringRedisTemplate;

@Component
class Tokens {
    private final StringRedisTemplate redis;

    @Before("execution(* shop.*.logout(..))")
    void forget() { redis.delete("token:" + 1); }
}
`;

/** An endpoint whose answer is made by these statements; `offered` says whether it may be kept. */
const answering = (body: string, offered: boolean): string =>
  shop("", SELL.trimEnd())
    .replace("{ return fees.average(); }\n}", `{ ${body} }\n}`)
    .replace("💡 ", offered ? "💡 " : "");

rule(uncachedHotEndpoint, {
  reports: {
    // hmcts/am-role-assignment-service counts users, and tells a telemetry of it.
    "an answer that is also told to somebody": answering('meters.count("average"); return fees.average();', false),
    "parts that are told to somebody one by one": answering("parts().forEach(part -> meters.count(part)); return fees.average();", false),
    "an answer that says what time it is": answering("stamp = Instant.now(); return fees.average();", false),
    "an answer that is put together and logged": answering(
      'List<Double> all = new ArrayList<>(); all.add(fees.average()); log.info("asked"); return all.get(0);',
      true,
    ),
    // ita-social-projects/GreenCity: names of tags are rows of their own, which are saved and changed with the tag.
    "rows that are written with others": shop(", cascade = CascadeType.ALL", `${SELL}\n${CHANGE}`),
    "rows that are written by nobody": shop("", SELL.trimEnd()),
    // vlongle29/cinema-booking-backend: what is dropped by an aspect are keys of tokens.
    "rows that are written where keys of Redis are deleted": shop(", cascade = CascadeType.ALL", `${SELL}\n${CHANGE}`).concat(TOKENS),
  },
  ignores: {},
  fixes: {
    "rows that are written with others": `
${fees(CACHED)}
${officeFile(IMPORT, `${EVICT}${SELL}\n${CHANGE.replace("public void", `${EVICT.trim()}\n    public void`)}`)}`,
    "rows that are written where keys of Redis are deleted": `
${fees(CACHED)}
${officeFile(IMPORT, `${EVICT}${SELL}\n${CHANGE.replace("public void", `${EVICT.trim()}\n    public void`)}`)}`,
    "rows that are written by nobody": `
${fees(CACHED)}
`,
  },
});
