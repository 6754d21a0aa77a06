import { limitInMemory } from "../../../src/rules/java/limit-in-memory.ts";
import { rule } from "../../harness/rule.ts";

/** A diary whose entries a reactive repository gives, and what a service makes of them. */
const diary = (body: string): string => `
//- src/main/java/shop/Entry.java
package shop;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
@Table("entries")
class Entry { @Id Long id; Long owner; String text; }
//- src/main/java/shop/EntryRepository.java
package shop;
import org.springframework.data.domain.*;
import org.springframework.data.r2dbc.repository.R2dbcRepository;
import reactor.core.publisher.*;
interface EntryRepository extends R2dbcRepository<Entry, Long> {
  Flux<Entry> findByOwner(Long owner, Sort sort);
  Flux<Entry> findByOwnerOrderByIdDesc(Long owner, Pageable page);
}
//- src/main/java/shop/Diary.java
package shop;
import java.util.*;
import org.springframework.data.domain.*;
import reactor.core.publisher.*;
@Service
class Diary {
  private EntryRepository entries;
${body}
}
`;

rule(limitInMemory, {
  reports: {
    "a page that is cut out of a Flux": diary(`
  Mono<List<Entry>> page(Long owner, Pageable page) {
    return entries.findByOwner(owner, page.getSort()).skip(page.getOffset()).take(page.getPageSize()).collectList();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ EntryRepository.findByOwner loads every matching row, of which one page is used
  }
  Mono<List<Entry>> later(Long owner, Pageable page) {
    Flux<Entry> all = entries.findByOwner(owner, page.getSort());
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ EntryRepository.findByOwner loads every matching row, of which one page is used
    return all.skip(page.getOffset()).take(page.getPageSize()).collectList();
  }`),
  },
  ignores: {
    "all but the first, and a page that the database cuts": diary(`
  Flux<Entry> others(Long owner, Sort sort) { return entries.findByOwner(owner, sort).skip(1).take(5); }
  Flux<Entry> rest(Long owner, Pageable page) { return entries.findByOwner(owner, page.getSort()).skip(page.getOffset()); }
  Flux<Entry> page(Long owner, Pageable page) { return entries.findByOwnerOrderByIdDesc(owner, page).skip(page.getOffset()).take(5); }`),
  },
});
