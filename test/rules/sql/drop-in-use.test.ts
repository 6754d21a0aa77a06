import { dropInUse } from "../../../src/rules/sql/drop-in-use.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- db/migration/V1__init.sql
CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id bigserial PRIMARY KEY, note varchar(20), amount int, state text, customer_id bigint, code text NOT NULL);
CREATE INDEX idx_orders_state ON orders (state);
CREATE TABLE states (code text PRIMARY KEY, label text);
INSERT INTO states VALUES ('a', 'A'), ('b', 'B');
`;
const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;

rule(dropInUse, {
  reports: {
    "a column that an entity maps": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders DROP COLUMN state;
                 --^^^^^^^^^^^^^^^^^ orders.state goes while Order.status still maps it
  ALTER TABLE orders RENAME COLUMN note TO remark;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ orders.note goes while Order.note still maps it
//- src/main/java/a/Order.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "orders")
public class Order {
  @Id
  private Long id;
  private String note;
  @Column(name = "state")
  private String status;
}
//- src/main/java/a/OrderRepository.java
package a;
import org.springframework.data.jpa.repository.JpaRepository;
public interface OrderRepository extends JpaRepository<Order, Long> {}
`,
    "its table": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  ALTER TABLE orders RENAME TO purchases;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ orders goes while Order still maps it
//- src/main/java/a/Order.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "orders")
public class Order {
  @Id
  private Long id;
  private String note;
  @Column(name = "state")
  private String status;
}
//- src/main/java/a/OrderRepository.java
package a;
import org.springframework.data.jpa.repository.JpaRepository;
public interface OrderRepository extends JpaRepository<Order, Long> {}
`,
  },
  ignores: {
    "columns and tables that no entity maps": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders DROP COLUMN amount;
DROP TABLE customers;
//- src/main/java/a/Order.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "orders")
public class Order {
  @Id
  private Long id;
  private String note;
  @Column(name = "state")
  private String status;
}
//- src/main/java/a/OrderRepository.java
package a;
import org.springframework.data.jpa.repository.JpaRepository;
public interface OrderRepository extends JpaRepository<Order, Long> {}
`,
    "a column that comes back": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders DROP COLUMN state;
ALTER TABLE orders ADD COLUMN state int;
//- src/main/java/a/Order.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "orders")
public class Order {
  @Id
  private Long id;
  private String note;
  @Column(name = "state")
  private String status;
}
//- src/main/java/a/OrderRepository.java
package a;
import org.springframework.data.jpa.repository.JpaRepository;
public interface OrderRepository extends JpaRepository<Order, Long> {}
`,
    "a migration that has run": `${SCHEMA}
//- db/migration/V2__more.sql
ALTER TABLE orders DROP COLUMN state;
//- src/main/java/a/Order.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "orders")
public class Order {
  @Id
  private Long id;
  private String note;
  @Column(name = "state")
  private String status;
}
//- src/main/java/a/OrderRepository.java
package a;
import org.springframework.data.jpa.repository.JpaRepository;
public interface OrderRepository extends JpaRepository<Order, Long> {}
`,
  },
});
