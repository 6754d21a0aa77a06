import { pageCountUnneeded } from "../../../src/rules/java/page-count-unneeded.ts";
import { rule } from "../../harness/rule.ts";
import { visitService } from "./shop.ts";

const visits = (members: string, queries = "Page<Visit> findByCity(String city, Pageable pageable);"): string =>
  visitService(queries, `    private VisitRepository visits;\n${members}`);

const shopService = (method: string): string => `//- src/main/java/shop/ShopService.java
package shop;

import java.util.*;
import org.springframework.data.domain.*;

import java.util.stream.*;

class ShopService {
    private final CustomerRepository customers;
    private final OrderRepository orders;

    ShopService(CustomerRepository customers, OrderRepository orders) {
        this.customers = customers;
        this.orders = orders;
    }

    private VisitRepository visits;

${method}
}
`;

rule(pageCountUnneeded, {
  reports: {
    "only the content is read": visits(
      `
    List<Visit> first(String city) {
        return visits.findByCity(city, PageRequest.of(0, 20)).getContent();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.findByCity counts every matching row for a total that nobody reads
    }`,
      `@Query("select v from Visit v where v.city = ?1")
    Page<Visit> findByCity(String city,
                           Pageable pageable);`,
    ),
    "a variable, asked for its rows and for more": visits(`
    boolean print(String city, Pageable pageable) {
        Page<Visit> page = visits.findByCity(city, pageable);
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.findByCity counts every matching row for a total that nobody reads
        for (Visit visit : page) System.out.println(visit.getCity());
        return page.hasNext();
    }`),
    "a loop over the pages, which wants to know whether there is another": visits(`
    void print(String city) {
        Page<Visit> page;
        int number = 0;
        do {
            page = visits.findByCity(city, PageRequest.of(number, 500));
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.findByCity counts every matching row for a total that nobody reads
            page.forEach(visit -> System.out.println(visit.getCity()));
            number++;
        } while (page.hasNext());
    }`),
    "parameters below each other": visits(
      `
    List<Visit> some(String city, Pageable pageable) {
        return visits.findByCity(city, pageable).getContent();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.findByCity counts every matching row for a total that nobody reads
    }`,
      `Page<Visit> findByCity(String city,
                           Pageable pageable);`,
    ),
    "something to go through": visits(`
    void print(String city, Pageable pageable) {
        Iterable<Visit> some = visits.findByCity(city, pageable);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.findByCity counts every matching row for a total that nobody reads
        for (Visit visit : some) System.out.println(visit.getCity());
    }`),
    "mapped first": visits(`
    List<String> names(String city, Pageable pageable) {
        Page<String> names = visits.findByCity(city, pageable).map(Visit::getCity);
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.findByCity counts every matching row for a total that nobody reads
        return names.getContent();
    }`),
    "all rows, page by page": visits(
      `
    List<Visit> some(int page) {
        Pageable pageable = PageRequest.of(page, 20);
        return visits.findAll(pageable).getContent();
             //^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.findAll counts every matching row for a total that nobody reads
    }`,
      "",
    ),
  },
  ignores: {
    "the total is read": visits(`
    long all(String city, Pageable pageable) {
        Page<Visit> page = visits.findByCity(city, pageable);
        return page.getContent().isEmpty() ? 0 : page.getTotalElements();
    }`),
    "the page goes to the client": visits(`
    Page<Visit> all(String city, Pageable pageable) { return visits.findByCity(city, pageable); }`),
    "the page is handed on": visits(`
    Object all(String city, Pageable pageable) {
        Page<Visit> page = visits.findByCity(city, pageable);
        return Map.of("visits", page);
    }`),
    "a variable whose total is read once it was set again": visits(`
    long all(String city) {
        Page<Visit> page = null;
        for (int number = 0; number == 0 || page.hasNext(); number++) page = visits.findByCity(city, PageRequest.of(number, 500));
        return page.getTotalElements();
    }`),
    "a field that keeps the page": visits(`
    private Page<Visit> last;
    boolean more(String city, Pageable pageable) {
        last = visits.findByCity(city, pageable);
        return last.hasNext();
    }`),
    "a slice": visits(
      `
    Object all(String city, Pageable pageable) { return visits.findByCity(city, pageable).getContent(); }`,
      "Slice<Visit> findByCity(String city, Pageable pageable);",
    ),
    // thingsboard asks for pages that no result can fill, which Spring Data never counts.
    "a page without an end": visits(`
    List<Visit> all(String city) {
        Pageable everything = PageRequest.of(0, Integer.MAX_VALUE);
        List<Visit> found = visits.findByCity(city, everything).getContent();
        found.addAll(visits.findByCity(city, Pageable.unpaged()).getContent());
        // Spring Data takes null for a request without an end (openlmis-referencedata).
        found.addAll(visits.findByCity(city, null).getContent());
        return found;
    }`),
    "a table that stays small": `${visits(`
    List<Visit> all(String city, Pageable pageable) { return visits.findByCity(city, pageable).getContent(); }`)}
//- performance.yaml
version: 1
database: { tables: { visit: { rows: 40 } } }
`,
  },
  fixes: {
    "only the content is read": `
//- src/main/java/shop/VisitRepository.java
package shop;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    @Query("select v from Visit v where v.city = ?1")
    Slice<Visit> findByCity(String city,
                            Pageable pageable);
}
`,
    // apolloconfig/apollo: tests ask for the page
    "a variable, asked for its rows and for more": `
//- src/main/java/shop/VisitRepository.java
package shop;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    Page<Visit> findByCity(String city, Pageable pageable);

    Slice<Visit> findSliceByCity(String city, Pageable pageable);
}
${shopService(`    boolean print(String city, Pageable pageable) {
        Slice<Visit> page = visits.findSliceByCity(city, pageable);
        for (Visit visit : page) System.out.println(visit.getCity());
        return page.hasNext();
    }`)}`,
    "a loop over the pages, which wants to know whether there is another": `
//- src/main/java/shop/VisitRepository.java
package shop;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    Page<Visit> findByCity(String city, Pageable pageable);

    Slice<Visit> findSliceByCity(String city, Pageable pageable);
}
${shopService(`    void print(String city) {
        Slice<Visit> page;
        int number = 0;
        do {
            page = visits.findSliceByCity(city, PageRequest.of(number, 500));
            page.forEach(visit -> System.out.println(visit.getCity()));
            number++;
        } while (page.hasNext());
    }`)}`,
    "parameters below each other": `
//- src/main/java/shop/VisitRepository.java
package shop;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    Page<Visit> findByCity(String city,
                           Pageable pageable);

    Slice<Visit> findSliceByCity(String city,
                                 Pageable pageable);
}
${shopService(`    List<Visit> some(String city, Pageable pageable) {
        return visits.findSliceByCity(city, pageable).getContent();
    }`)}`,
    "something to go through": `
//- src/main/java/shop/VisitRepository.java
package shop;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    Page<Visit> findByCity(String city, Pageable pageable);

    Slice<Visit> findSliceByCity(String city, Pageable pageable);
}
${shopService(`    void print(String city, Pageable pageable) {
        Iterable<Visit> some = visits.findSliceByCity(city, pageable);
        for (Visit visit : some) System.out.println(visit.getCity());
    }`)}`,
    "all rows, page by page": `
//- src/main/java/shop/VisitRepository.java
package shop;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    Slice<Visit> findAllBy(Pageable pageable);
}
${shopService(`    List<Visit> some(int page) {
        Pageable pageable = PageRequest.of(page, 20);
        return visits.findAllBy(pageable).getContent();
    }`)}`,
  },
});
