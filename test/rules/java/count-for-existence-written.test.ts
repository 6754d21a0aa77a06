import { countForExistence } from "../../../src/rules/java/count-for-existence.ts";
import { rule } from "../../harness/rule.ts";
import { SHOP } from "./shop.ts";

const queries = (members: string): string => `${SHOP}
//- src/main/java/shop/Queries.java
package shop;
import jakarta.persistence.EntityManager;
import org.springframework.jdbc.core.JdbcTemplate;
class Queries {
  private JdbcTemplate jdbc;
  private EntityManager em;
${members}
}
`;

const MARK = "JdbcTemplate.queryForObject counts every row only to learn whether there is one";

rule(countForExistence, {
  reports: {
    "a number of JdbcTemplate that may be null": queries(`  boolean isServed(String city) {
    Integer found = jdbc.queryForObject("select count(*) from customer where city = ?", Integer.class, city);
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${MARK}
    return found != null && found > 0;
  }`),
    "a number that is unboxed": queries(`  boolean isFree(String city) {
    return jdbc.queryForObject("select count(*) from customer where city = ?", Long.class, city).longValue() == 0;
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${MARK}
  }`),
    "a number of the entity manager": queries(`  boolean isServed(String city) {
    return (Long) em.createQuery("select count(c) from Customer c where c.city = :city").setParameter("city", city).getSingleResult() > 0;
                                                                                                                  //^^^^^^^^^^^^^^^^^ TypedQuery.getSingleResult counts every row only to learn whether there is one
  }`),
    "a number of a method that sends a text": queries(`  boolean isServed(String city) {
    return number("select count(c) from Customer c where c.city = ?1", city) > 0;
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ number counts every row only to learn whether there is one
  }
  private long number(String text, Object value) { return (Long) em.createQuery(text).setParameter(1, value).getSingleResult(); }`),
  },
  ignores: {
    "rows of a method that sends a text": queries(`  boolean isServed(String city) {
    return rows("select count(c) from Customer c where c.city = ?1", city) != null;
  }
  private List<Long> rows(String text, Object value) { return em.createQuery(text).setParameter(1, value).getResultList(); }`),
    "the number itself": queries(`  long number(String city) {
    Long found = jdbc.queryForObject("select count(*) from customer where city = ?", Long.class, city);
    return found == null ? 0 : found;
  }`),
    "a question and the number": queries(`  long number(String city) {
    Long found = jdbc.queryForObject("select count(*) from customer where city = ?", Long.class, city);
    if (found > 0) print(found);
    return 0;
  }`),
    "more than one": queries(`  boolean isLarge(String city) {
    return jdbc.queryForObject("select count(*) from customer where city = ?", Integer.class, city) > 1;
  }`),
    "a row by its key": queries(`  boolean isThere(Long id) {
    return jdbc.queryForObject("select count(*) from customer where id = ?", Integer.class, id) > 0;
  }`),
    "a row by a unique column": queries(`  boolean isThere(String email) {
    return jdbc.queryForObject("select count(*) from customer where email = ?", Integer.class, email) > 0;
  }`),
    "a whole table, to fill it": queries(
      `  boolean isEmpty() { return jdbc.queryForObject("select count(*) from customer", Integer.class) == 0; }`,
    ),
    // alf.io looks for a table before it makes one.
    "what the server keeps of itself": queries(`  boolean isMade(String table) {
    return jdbc.queryForObject("select count(*) from information_schema.tables where table_name = ?", Integer.class, table) > 0;
  }`),
    "another number": queries(`  boolean isPaid(Long id) {
    return jdbc.queryForObject("select sum(price) from orders where customer_id = ?", Integer.class, id) > 0;
  }`),
    "a text that is not known": queries(
      `  boolean isServed(String text, String city) { return jdbc.queryForObject(text, Integer.class, city) > 0; }`,
    ),
  },
});
