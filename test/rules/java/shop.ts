/** A shop with customers, orders and their repositories, for the tests of rules about queries. */
export const SHOP = `
//- pom.xml
<project><artifactId>shop</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>
//- src/main/java/shop/Customer.java
package shop;
import jakarta.persistence.*;
@Entity
public class Customer {
  @Id @GeneratedValue private Long id;
  @Column(unique = true) private String email;
  private String city;
  private boolean active;
  public Long getId() { return id; }
  public String getEmail() { return email; }
  public String getCity() { return city; }
  public boolean isActive() { return active; }
  public void setActive(boolean active) { this.active = active; }
  public boolean owesUsMoney() { return id % 2 == 0; }
}
//- src/main/java/shop/CustomerRepository.java
package shop;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

public interface CustomerRepository extends JpaRepository<Customer, Long> {
    long countByCity(String city);

    List<Customer> findByCity(String city);

    List<Customer> findByCityOrderByEmail(String city);

    Optional<Customer> findByEmail(String email);

    long countById(Long id);
}
//- src/main/java/shop/Order.java
package shop;
import jakarta.persistence.*;
@Entity
public class Order {
  @Id @GeneratedValue(strategy = GenerationType.IDENTITY) private Long id;
  @ManyToOne(fetch = FetchType.LAZY) private Customer customer;
  private String note;
  public Long getId() { return id; }
  public Customer getCustomer() { return customer; }
  public void setCustomer(Customer customer) { this.customer = customer; }
  public void setNote(String note) { this.note = note; }
}
//- src/main/java/shop/OrderRepository.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
public interface OrderRepository extends JpaRepository<Order, Long> {
  List<Order> findByCustomer(Customer customer);
}
`;

/** The service of a shop alone, as a fix leaves it. */
export const serviceFile = (members: string): string => `
//- src/main/java/shop/ShopService.java
package shop;

import java.util.*;
import java.util.stream.*;

class ShopService {
    private final CustomerRepository customers;
    private final OrderRepository orders;

    ShopService(CustomerRepository customers, OrderRepository orders) {
        this.customers = customers;
        this.orders = orders;
    }

${members}
}
`;

/** The shop's service, with both repositories and these members. */
export const service = (members: string): string => `${SHOP}${serviceFile(members)}`;

/** The shop's service beside visits, of which there are many; `queries` are methods of their repository. */
export const visitService = (queries: string, members: string, imports = ""): string => `${service(members).replace(
  "import java.util.*;",
  `import java.util.*;
import org.springframework.data.domain.*;
${imports}`,
)}
//- src/main/java/shop/Visit.java
package shop;
import jakarta.persistence.*;
@Entity
public class Visit {
  @Id @GeneratedValue private Long id;
  private String city;
  private Long customerId;
  private boolean open;
  public Long getId() { return id; }
  public String getCity() { return city; }
  public Long getCustomerId() { return customerId; }
}
//- src/main/java/shop/VisitRepository.java
package shop;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    ${queries}
}
`;
