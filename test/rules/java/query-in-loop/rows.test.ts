import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

rule(queryInLoop, {
  reports: {
    // apache/fineract
    "the rows that a mapper makes objects of": `${OWNERS}
//- src/shop/OrderMapper.java
package shop;
import java.sql.ResultSet;
import org.springframework.jdbc.core.RowMapper;
class OrderMapper implements RowMapper<Order> {
  private CustomerRepository customers;
  @Override public Order mapRow(ResultSet rows, int number) throws java.sql.SQLException {
                       //~~~~~~ once per element of the query's rows
    return new Order(customers.findById(rows.getLong("customer")).orElseThrow());
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the query's rows
  }
}
`,
    "the rows that a lambda, a method and a variable make objects of": `${OWNERS}
//- src/shop/OrderRows.java
package shop;
import java.sql.ResultSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
class OrderRows {
  private CustomerRepository customers;
  private JdbcTemplate jdbc;
  private JdbcClient client;
  void lambda() { jdbc.query("select * from orders", (rows, number) -> new Order(customers.findById(rows.getLong(1)).orElseThrow())); }
                                                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the query's rows
  void method() { client.sql("select * from orders").query(this::order).list(); }
                                                         //^^^^^^^^^^^ order runs CustomerRepository.findById once per element of the query's rows
  private Order order(ResultSet rows, int number) throws java.sql.SQLException {
    return new Order(customers.findById(rows.getLong(1)).orElseThrow());
  }
  void variable() {
    RowMapper<Order> mapper = (rows, number) -> new Order(customers.findById(rows.getLong(1)).orElseThrow());
                                                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the query's rows
    jdbc.query("select * from orders", mapper);
  }
}
`,
    "the items of a step": `${OWNERS}
//- src/shop/Steps.java
package shop;
import org.springframework.batch.item.ItemProcessor;
class Steps implements ItemProcessor<Order, Customer> {
  private CustomerRepository customers;
  @Override public Customer process(Order order) {
                          //~~~~~~~ once per element of the step's items
    return customers.findById(order.getCustomerId()).orElseThrow();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the step's items
  }
  ItemProcessor<Order, Customer> inShort() {
    return order -> customers.findById(order.getCustomerId()).orElseThrow();
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the step's items
  }
}
`,
    "the rows of a statement, and the lines of a file": `${OWNERS}
//- src/shop/Import.java
package shop;
import java.io.BufferedReader;
import java.sql.ResultSet;
class Import {
  private CustomerRepository customers;
  void rows(ResultSet rows) throws Exception {
    while (rows.next()) {
      customers.findById(rows.getLong(1));
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of rows
    }
  }
  void lines(BufferedReader reader) throws Exception {
    String line;
    while ((line = reader.readLine()) != null) {
      customers.findById(Long.valueOf(line));
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of reader
    }
  }
}
`,
  },
  ignores: {
    "one row that is asked for, and rows that are taken as a whole": `${OWNERS}
//- src/shop/OrderRows.java
package shop;
import java.sql.ResultSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
class OrderRows {
  private CustomerRepository customers;
  private JdbcTemplate jdbc;
  private JdbcClient client;
  void one() { jdbc.queryForObject("select * from orders where id = 1", (rows, number) -> new Order(customers.findById(rows.getLong(1)).orElseThrow())); }
  void single() { client.sql("select * from orders where id = 1").query(this::order).single(); }
  void whole() { jdbc.query("select * from orders", rows -> new Order(customers.findById(rows.getLong(1)).orElseThrow())); }
  private Order order(ResultSet rows, int number) throws java.sql.SQLException {
    return new Order(customers.findById(rows.getLong(1)).orElseThrow());
  }
}
`,
    "a row that a method of the workspace makes an object of": `${OWNERS}
//- src/shop/OrderMapper.java
package shop;
import java.sql.ResultSet;
class OrderMapper implements Mapping<Order> {
  private CustomerRepository customers;
  public Order mapRow(ResultSet rows, int number) throws java.sql.SQLException {
    return new Order(customers.findById(rows.getLong("customer")).orElseThrow());
  }
}
`,
    "a processor of chunks": `${OWNERS}
//- src/shop/Steps.java
package shop;
import java.util.List;
import org.springframework.batch.item.ItemProcessor;
class Steps implements ItemProcessor<List<Long>, List<Customer>> {
  private CustomerRepository customers;
  @Override public List<Customer> process(List<Long> ids) { return customers.findAllById(ids); }
}
`,
    "a processor of another library": `${OWNERS}
//- src/shop/Steps.java
package shop;
import org.acme.ItemProcessor;
class Steps implements ItemProcessor<Order, Customer> {
  private CustomerRepository customers;
  @Override public Customer process(Order order) { return customers.findById(order.getCustomerId()).orElseThrow(); }
}
`,
    "the one row of a statement": `${OWNERS}
//- src/shop/Import.java
package shop;
import java.sql.ResultSet;
class Import {
  private CustomerRepository customers;
  Customer row(ResultSet rows) throws Exception {
    while (rows.next()) return customers.findById(rows.getLong(1)).orElseThrow();
    return null;
  }
}
`,
  },
});
