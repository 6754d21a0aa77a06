import { saveInLoop } from "../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../harness/rule.ts";
import { service, serviceFile } from "./shop.ts";

rule(saveInLoop, {
  reports: {
    "a loop that only saves": service(`
    void store(List<Order> all) {
        for (Order order : all) {
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of all
        }
    }`),
    "a template that runs a transaction for each element": service(`
    private org.springframework.transaction.support.TransactionTemplate transactions;
    void store(List<Order> all) {
        for (Order order : all) {
            transactions.executeWithoutResult(status -> orders.save(order));
                                                      //^^^^^^^^^^^^^^^^^^ OrderRepository.save opens and commits a transaction for every element of all
        }
    }`),
    "a method reference": service(`
    void store(List<Order> all) {
        all.forEach(orders::save);
                  //^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of all
    }`),
    "objects that the loop makes": service(`
    void order(List<Customer> all) {
        for (Customer customer : all) {
            Order order = new Order();
            order.setCustomer(customer);
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of all
        }
    }`),
    // elunez/eladmin, reportportal/service-api: what is saved later would not be seen, or another place saves still one by one
    "a loop that also asks the repository: no fix": service(`
    void order(List<Customer> all) {
        for (Customer customer : all) {
            if (orders.existsById(customer.getId())) continue;
            Order order = new Order();
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ OrderRepository.save opens and commits a transaction for every element of all
        }
    }`),
    "one finding for the writes of a loop": service(`
    void store(List<Order> all) {
        for (Order order : all) {
            if (order.getNote() == null) orders.save(order);
                                       //^^^^^^^^^^^^^^^^^^ OrderRepository.save opens and commits a transaction for every element of all
            else customers.save(order.getCustomer());
               //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ CustomerRepository.save in the same loop
        }
    }`),
    "a statement for each": `
//- src/shop/Prices.java
package shop;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
class Prices {
  private JdbcTemplate jdbc;
  @org.springframework.transaction.annotation.Transactional
  void reset(List<Long> ids) {
    for (Long id : ids) {
      jdbc.update("update price set amount = 0 where id = ?", id);
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JdbcTemplate.update sends a statement for every element of ids
    }
  }
}
`,
    "a statement of JDBC for each": `
//- src/shop/Prices.java
package shop;
import java.sql.*;
import java.util.*;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
class Prices {
  void reset(Connection connection, List<Long> ids) throws SQLException {
    PreparedStatement statement = connection.prepareStatement("update price set amount = 0 where id = ?");
    for (Long id : ids) {
      statement.setLong(1, id);
      statement.executeUpdate();
    //^^^^^^^^^^^^^^^^^^^^^^^^^ PreparedStatement.executeUpdate sends a statement for every element of ids
    }
  }
  void add(SimpleJdbcInsert insert, List<Map<String, Object>> prices) {
    for (Map<String, Object> price : prices) insert.execute(price);
                                           //^^^^^^^^^^^^^^^^^^^^^ SimpleJdbcInsert.execute sends a statement for every element of prices
  }
}
`,
    "a statement of JPQL for each, which takes the element itself": service(`
    private final ParcelRepository parcels;
    @Transactional
    void lose(List<Long> ids) {
        for (Long id : ids) {
            parcels.lose(id);
          //^^^^^^^^^^^^^^^^ ParcelRepository.lose sends a statement for every element of ids
            parcels.deleteByOrder(id);
        }
    }
}
//- src/main/java/shop/Parcel.java
package shop;
import jakarta.persistence.*;
@Entity class Parcel { @Id Long id; @ManyToOne Order order; boolean lost; }
//- src/main/java/shop/ParcelRepository.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.*;
interface ParcelRepository extends JpaRepository<Parcel, Long> {
    @Modifying @Query("update Parcel p set p.lost = true where p.id = :id") int lose(Long id);
    @Modifying @Query("update Parcel p set p.lost = true where p.id in :ids") int loseAll(List<Long> ids);
    void deleteByOrder(Long id);`),
    "a statement for each, with JDBI and with jOOQ": `
//- src/shop/Prices.java
package shop;
import static shop.db.Tables.PRICE;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jooq.DSLContext;
class Prices {
  private Jdbi jdbi;
  private DSLContext dsl;
  void reset(List<Long> ids) {
    jdbi.useHandle(handle -> {
      for (Long id : ids) {
        handle.createUpdate("update price set amount = 0 where id = :id").bind("id", id).execute();
                                                                                       //^^^^^^^^^ Update.execute sends a statement for every element of ids
      }
    });
  }
  void clear(List<Long> ids) {
    for (Long id : ids) {
      dsl.update(PRICE).set(PRICE.AMOUNT, 0).where(PRICE.ID.eq(id)).execute();
                                                                  //^^^^^^^^^ DSLContext.execute sends a statement for every element of ids
    }
  }
}
`,
  },
  ignores: {
    "a batch of JDBC": `
//- src/shop/Prices.java
package shop;
import java.sql.*;
import java.util.*;
class Prices {
  void reset(PreparedStatement statement, List<Long> ids) throws SQLException {
    for (Long id : ids) {
      statement.setLong(1, id);
      statement.addBatch();
    }
    statement.executeBatch();
  }
}
`,
    "a loop that waits in each round": service(`
    void dispatch(List<Order> all) throws InterruptedException {
        for (Order order : all) {
            if (order != all.get(0)) Thread.sleep(1000);
            orders.save(order);
        }
    }`),
    "statements for many at once": service(`
    private final ParcelRepository parcels;
    void lose(List<List<Long>> groups) {
        for (List<Long> group : groups) parcels.loseAll(group);
    }
}
//- src/main/java/shop/Parcel.java
package shop;
import jakarta.persistence.*;
@Entity class Parcel { @Id Long id; boolean lost; }
//- src/main/java/shop/ParcelRepository.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.*;
interface ParcelRepository extends JpaRepository<Parcel, Long> {
    @Modifying @Query("update Parcel p set p.lost = true where p.id in :ids") int loseAll(List<Long> ids);`),
    "a transaction for each element, so that one that fails does not undo the others": service(`
    private org.springframework.transaction.support.TransactionTemplate transactions;
    public void note(List<Order> all, String note) {
        for (Order order : all) {
            try {
                transactions.executeWithoutResult(status -> {
                    order.setNote(note);
                    orders.save(order);
                });
            } catch (RuntimeException failure) {
                print(failure);
            }
        }
    }`),
    "a script of statements": `
//- src/shop/Prices.java
package shop;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
class Prices {
  private NamedParameterJdbcTemplate jdbc;
  void prepare(List<String> statements) { for (String sql : statements) jdbc.update(sql, Map.of()); }
}
`,
    // RegardsOss/regards-backend
    "a transaction that an annotation of the project opens, and one that carries that": `${service(`
    @InOneGo
    public void drop(List<Order> all) { for (Order order : all) orders.delete(order); }
    @InOneGoForTenants(readOnly = false)
    public void dropAll(List<Order> all) { for (Order order : all) orders.delete(order); }`).trimEnd()}
//- src/main/java/shop/InOneGo.java
package shop;
import org.springframework.transaction.annotation.Transactional;
@Transactional(timeout = 10) public @interface InOneGo {}
//- src/main/java/shop/InOneGoForTenants.java
package shop;
@InOneGo public @interface InOneGoForTenants { boolean readOnly() default false; }
`,
    // rakheen-dama/b2b-strawman
    "what a template runs in one transaction": service(`
    private org.springframework.transaction.support.TransactionTemplate transactions;
    public void note(List<Order> all, String note) {
        transactions.executeWithoutResult(status -> {
            for (Order order : all) {
                order.setNote(note);
                orders.save(order);
            }
        });
    }`),
    "deletes of entities in one transaction": service(`
    @Transactional
    public void drop(List<Order> all) {
        for (Order order : all) orders.delete(order);
    }`),
    "a batch that is filled in the loop": `
//- src/shop/Prices.java
package shop;
import java.util.List;
import org.jdbi.v3.core.*;
class Prices {
  private Jdbi jdbi;
  void reset(List<Long> ids) {
    jdbi.useHandle(handle -> {
      var batch = handle.prepareBatch("update price set amount = 0 where id = :id");
      for (Long id : ids) batch.bind("id", id).add();
      batch.execute();
    });
  }
}
`,
    "one transaction around the loop: saveAll would be the same loop": service(`
    @org.springframework.transaction.annotation.Transactional
    public void store(List<Order> all) { for (Order order : all) orders.save(order); }`),
    "a transaction of the method that calls": service(`
    @org.springframework.transaction.annotation.Transactional
    public void storeAll(List<Order> all) { store(all); }
    private void store(List<Order> all) { for (Order order : all) orders.save(order); }`),
    // hawkbit opens the transaction of its rollouts so.
    "a transaction that a helper opens on the way": `${service(`
    void store(List<Order> all) { for (Order order : all) orders.save(order); }`)}
//- src/main/java/shop/Nightly.java
package shop;
import java.util.List;
@Component
class Nightly {
  private ShopService service;
  @Scheduled(cron = "0 0 3 * * *")
  void run() { Helper.runInNewTransaction("orders", status -> { service.store(List.of()); return 0; }); }
}
`,
    "elements of which one may fail without the others": service(`
    void store(List<Order> all) {
        for (Order order : all) {
            try { orders.save(order); } catch (RuntimeException e) { e.printStackTrace(); }
        }
    }`),
    "one save behind the loop": service(`
    void note(List<Order> all) { for (Order order : all) order.setNote(""); orders.saveAll(all); }`),
    batches: `
//- src/shop/Prices.java
package shop;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
class Prices {
  private JdbcTemplate jdbc;
  void reset(List<List<Object[]>> batches) {
    for (List<Object[]> batch : batches) jdbc.batchUpdate("update price set amount = 0 where id = ?", batch);
  }
}
`,
  },
  fixes: {
    "a loop that only saves": serviceFile(`
    void store(List<Order> all) {
        orders.saveAll(all);
    }`),
    "a method reference": serviceFile(`
    void store(List<Order> all) {
        orders.saveAll(all);
    }`),
    "objects that the loop makes": serviceFile(`
    void order(List<Customer> all) {
        List<Order> ordersToSave = new ArrayList<>();
        for (Customer customer : all) {
            Order order = new Order();
            order.setCustomer(customer);
            ordersToSave.add(order);
        }
        orders.saveAll(ordersToSave);
    }`),
  },
});
