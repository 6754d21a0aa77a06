import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Kites with a lazy maker, how a data access object asks for them by Querydsl, and who prints their makers. */
const kites = (search: string, mark = "", helpers = ""): string => `
//- src/Kite.java
import jakarta.persistence.*;
@Entity class Kite { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Maker maker; Maker getMaker() { return maker; } }
//- src/Maker.java
import jakarta.persistence.*;
@Entity class Maker { @Id Long id; String name; String getName() { return name; } }
//- src/Kites.java
import com.querydsl.jpa.impl.*;
import java.util.*;
import org.springframework.data.domain.*;
class Kites {
  private JPAQueryFactory factory;
  private final QKite kite = QKite.kite;
  Iterable<Kite> search(Pageable page) {
    ${search}
  }
  ${helpers}
}
//- src/Shop.java
import org.springframework.data.domain.Pageable;
class Shop {
  private Kites kites;
  void print(Pageable page) {
    for (Kite one : kites.search(page)) System.out.println(one.getMaker().getName());
    ${mark}
  }
}
`;

const REPORTED = "                                                     //^^^^^^^^^^^^^^ Kite.maker is loaded per element of Kites.search";

const PAGE =
  "private <T> List<T> cut(JPAQuery<T> query, Pageable page) { return query.offset(page.getOffset()).limit(page.getPageSize()).fetch(); }";

rule(lazyAccessInLoop, {
  reports: {
    "a query that a method of the project begins": kites(
      "return begun().where(kite.id.gt(7)).fetch();",
      REPORTED,
      "private JPAQuery<Kite> begun() { return factory.selectFrom(kite); }",
    ),
    "a query that is handed to a method which sends it": kites("return cut(factory.selectFrom(kite), page);", REPORTED, PAGE),
    "rows that pass through a method of any type": kites(
      `List<Kite> rows = factory.selectFrom(kite).limit(page.getPageSize() + 1).fetch();
    return slice(rows, page);`,
      REPORTED,
      `private <T> Slice<T> slice(List<T> rows, Pageable page) {
    boolean more = rows.size() > page.getPageSize();
    return new SliceImpl<>(rows, page, more);
  }`,
    ),
  },
  ignores: {
    "a query that is begun with a fetch": kites(
      "return begun().where(kite.id.gt(7)).fetch();",
      "",
      "private JPAQuery<Kite> begun() { return factory.selectFrom(kite).join(kite.maker).fetchJoin(); }",
    ),
    "a query with a fetch that is handed to a method which sends it": kites(
      "return cut(factory.selectFrom(kite).leftJoin(kite.maker).fetchJoin(), page);",
      "",
      PAGE,
    ),
    "a method that fetches what it sends": kites(
      "return cut(factory.selectFrom(kite), page);",
      "",
      "private List<Kite> cut(JPAQuery<Kite> query, Pageable page) { return query.leftJoin(kite.maker).fetchJoin().limit(page.getPageSize()).fetch(); }",
    ),
  },
});
