import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS, service } from "./shop.ts";

rule(queryInLoop, {
  reports: {
    "a function of an anonymous class": service(`
  Iterator<String> emails(Iterator<Order> orders) {
    return Iterators.<Order, String>transform(orders, new Function<Order, String>() {
      @Override
      public String apply(final Order order) {
        return customers.findById(order.getCustomerId()).get().getEmail();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders
      }
    });
  }
  void note(List<Order> orders) {
    orders.forEach(new Consumer<Order>() {
      public void accept(Order order) { customers.findById(order.getPayerId()); }
                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders
    });
  }`),
    "a function of an anonymous class that a variable holds": service(`
  List<String> emails(List<Order> orders) {
    Function<Order, String> email = new Function<>() {
      @Override public String apply(Order order) { return customers.findById(order.getCustomerId()).get().getEmail(); }
                                                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders
    };
    return Lists.transform(orders, email);
  }`),
    "a row mapper of an anonymous class": `${OWNERS}
//- src/shop/OrderRows.java
package shop;
import java.sql.ResultSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
class OrderRows {
  private CustomerRepository customers;
  private JdbcTemplate jdbc;
  List<Order> all() {
    return jdbc.query("select * from orders", new RowMapper<Order>() {
      @Override public Order mapRow(ResultSet rows, int number) throws java.sql.SQLException {
        return new Order(customers.findById(rows.getLong(1)).orElseThrow());
                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the query's rows
      }
    });
  }
}
`,
    "a chain that a variable of the loop goes up": service(`
  Customer first(Customer customer) {
    Customer at = customer;
    while (at.getInviterId() != null) {
      Customer inviter = customers.findById(at.getInviterId()).orElse(null);
                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the chain of at
      if (inviter == null) break;
      at = inviter;
    }
    return at;
  }`),
    "a chain whose next link is asked for in the condition, too": service(`
  Customer last(Customer customer) {
    Customer at = customer;
    while (customers.findByEmail(at.getSuccessor()).isPresent()) {
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail and 1 more run once per element of the chain of at
      at = customers.findByEmail(at.getSuccessor()).get();
         //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ CustomerRepository.findByEmail runs here too
    }
    return at;
  }`),
  },
  ignores: {
    "a function of an anonymous class that runs once": service(`
  String email(Long id) {
    return template.execute(new TransactionCallback<String>() {
      @Override public String doInTransaction(TransactionStatus status) { return customers.findById(id).get().getEmail(); }
    });
  }
  Optional<String> maybe(Optional<Long> id) {
    return id.map(new Function<Long, String>() {
      @Override public String apply(Long one) { return customers.findById(one).get().getEmail(); }
    });
  }`),
    "a key that is made anew until nobody has it": service(`
  String free() {
    String email = make();
    while (customers.findByEmail(email).isPresent()) {
      email = make();
    }
    return email;
  }
  private String make() { return "x"; }`),
  },
});
