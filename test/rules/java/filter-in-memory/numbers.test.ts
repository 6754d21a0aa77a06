import { filterInMemory } from "../../../../src/rules/java/filter-in-memory.ts";
import { rule } from "../../../harness/rule.ts";

const report = (members: string): string => `
//- src/main/java/mill/Sack.java
package mill;
import java.math.BigDecimal;
import java.time.LocalDate;
import jakarta.persistence.*;
@Entity
public class Sack {
  @Id @GeneratedValue Long id;
  private String grain;
  private int kilos;
  private BigDecimal price;
  private LocalDate milled;
  private boolean sold;
  @ManyToOne(fetch = FetchType.LAZY) private Farmer farmer;
  public String getGrain() { return grain; }
  public int getKilos() { return kilos; }
  public BigDecimal getPrice() { return price; }
  public LocalDate getMilled() { return milled; }
  public boolean isSold() { return sold; }
  public Farmer getFarmer() { return farmer; }
  public int getWorth() { return kilos * 3; }
}
//- src/main/java/mill/Farmer.java
package mill;
import jakarta.persistence.*;
@Entity
public class Farmer { @Id Long id; public Long getId() { return id; } }
//- src/main/java/mill/Sacks.java
package mill;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface Sacks extends JpaRepository<Sack, Long> { List<Sack> findByGrain(String grain); }
//- src/main/java/mill/Report.java
package mill;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.*;
import java.util.stream.*;
class Report {
    private final Sacks sacks;
    Report(Sacks sacks) { this.sacks = sacks; }
${members}
}
`;

/** A desk whose queries stand in its code. */
const desk = (body: string): string =>
  report("").replace(
    "class Report {",
    `class Desk {
  private final jakarta.persistence.EntityManager em;
  private final com.querydsl.jpa.impl.JPAQueryFactory queries;
  Desk(jakarta.persistence.EntityManager em, com.querydsl.jpa.impl.JPAQueryFactory queries) { this.em = em; this.queries = queries; }
${body}
}
class Report {`,
  );

rule(filterInMemory, {
  reports: {
    "a query of Querydsl whose rows are only counted": desk(`
  int all(String grain) {
    return queries.select(QSack.sack.id).distinct().from(QSack.sack).where(QSack.sack.grain.eq(grain)).fetch().size();
                                                                                                     //^^^^^^^ JPAQuery.fetch loads rows that are only counted
  }`),
    "a query of JPA whose rows are only counted": desk(`
  int all(String grain) {
    List<Sack> found = em.createQuery("select s from Sack s where s.grain = :grain", Sack.class).setParameter("grain", grain).getResultList();
                                                                                                                            //^^^^^^^^^^^^^^^ TypedQuery.getResultList loads rows that are only counted
    return found.size();
  }`),
    "a sum of a column": report(`
    BigDecimal income() {
        return sacks.findAll().stream().filter(Sack::isSold).map(Sack::getPrice).reduce(BigDecimal.ZERO, BigDecimal::add);
             //^^^^^^^^^^^^^^^ Sacks.findAll loads rows that Sack::isSold leaves out in memory
    }
    BigDecimal worth() {
        return sacks.findAll().stream().map(Sack::getPrice).filter(Objects::nonNull).reduce(BigDecimal.ZERO, (a, b) -> a.add(b));
             //^^^^^^^^^^^^^^^ Sacks.findAll loads rows of which only a sum or an extreme is used
    }
    double weight() {
        return sacks.findAll().stream().mapToDouble(sack -> sack.getKilos() * 1.5).sum();
             //^^^^^^^^^^^^^^^ Sacks.findAll loads rows of which only a sum or an extreme is used
    }`),
    "the last moment": report(`
    Optional<LocalDate> last(String grain) {
        return sacks.findByGrain(grain).stream().map(Sack::getMilled).max(Comparator.naturalOrder());
             //^^^^^^^^^^^^^^^^^^^^^^^^ Sacks.findByGrain loads rows of which only a sum or an extreme is used
    }`),
    "numbers by a column": report(`
    Map<String, Long> byGrain() {
        return sacks.findAll().stream().collect(Collectors.groupingBy(Sack::getGrain, Collectors.counting()));
             //^^^^^^^^^^^^^^^ Sacks.findAll loads rows that are only counted
    }
    Map<String, Integer> kilosByGrain() {
        return sacks.findAll().stream().collect(Collectors.groupingBy(s -> s.getGrain(), TreeMap::new, Collectors.summingInt(Sack::getKilos)));
             //^^^^^^^^^^^^^^^ Sacks.findAll loads rows of which only a sum or an extreme is used
    }`),
    "several numbers of one list": report(`
    Map<String, Object> all() {
        List<Sack> all = sacks.findAll();
                       //^^^^^^^^^^^^^^^ Sacks.findAll loads rows of which only counts and sums are used
        long sold = all.stream().filter(sack -> sack.isSold()).count();
        int kilos = all.stream().mapToInt(Sack::getKilos).sum();
        return all.isEmpty() ? Map.of() : Map.of("all", all.size(), "sold", sold, "kilos", kilos);
    }`),
    "a loop that adds up": report(`
    BigDecimal income(String grain) {
        BigDecimal total = BigDecimal.ZERO;
        for (Sack sack : sacks.findByGrain(grain)) {
                       //^^^^^^^^^^^^^^^^^^^^^^^^ Sacks.findByGrain loads rows of which only a sum or an extreme is used
            total = total.add(sack.getPrice());
        }
        return total;
    }
    int[] counts() {
        int sold = 0;
        int left = 0;
        for (Sack sack : sacks.findAll()) {
                       //^^^^^^^^^^^^^^^ Sacks.findAll loads rows that are only counted
            if (sack.isSold()) sold++;
            else left++;
        }
        return new int[] {sold, left};
    }`),
  },
  ignores: {
    "groups, which another query around them would count": desk(`
  int all() { return queries.select(QSack.sack.grain).from(QSack.sack).groupBy(QSack.sack.grain).fetch().size(); }`),
    "rows that are used as well": desk(`
  int all(String grain) {
    List<Sack> found = em.createQuery("select s from Sack s where s.grain = :grain", Sack.class).setParameter("grain", grain).getResultList();
    found.forEach(System.out::println);
    return found.size();
  }`),
    "a number that the code works out": report("int worth() { return sacks.findAll().stream().mapToInt(Sack::getWorth).sum(); }"),
    "a column of another table": report(`
    Map<Long, Long> byFarmer() { return sacks.findAll().stream().collect(Collectors.groupingBy(s -> s.getFarmer().getId(), Collectors.counting())); }`),
    "rows that are grouped": report(`
    Map<String, List<Sack>> byGrain() { return sacks.findAll().stream().collect(Collectors.groupingBy(Sack::getGrain)); }`),
    "texts that are put together": report(`
    String names() {
        String names = "";
        for (Sack sack : sacks.findAll()) names += sack.getGrain();
        return names;
    }
    String joined() { return sacks.findAll().stream().map(Sack::getGrain).collect(Collectors.joining()); }`),
    "a sum beside the rows themselves": report(`
    List<Sack> kilos() {
        List<Sack> all = sacks.findAll();
        int kilos = all.stream().mapToInt(Sack::getKilos).sum();
        return kilos > 10 ? all : List.of();
    }`),
    "a loop that does more": report(`
    int kilos() {
        int kilos = 0;
        for (Sack sack : sacks.findAll()) {
            kilos += sack.getKilos();
            System.out.println(sack);
        }
        return kilos;
    }`),
    "the row with the most": report(`
    Optional<Sack> heaviest() { return sacks.findAll().stream().max(Comparator.comparing(Sack::getKilos)); }`),
  },
});
