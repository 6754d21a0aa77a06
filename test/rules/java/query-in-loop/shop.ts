/** Workspaces for the tests of java/query-in-loop. */

export const OWNERS = `
//- src/shop/Customer.java
package shop;
@Entity
public class Customer {
  @Id private Long id;
  private String email;
  public Long getId() { return id; }
  public String getEmail() { return email; }
}
//- src/shop/CustomerRepository.java
package shop;
public interface CustomerRepository extends JpaRepository<Customer, Long> {
  Optional<Customer> findByEmail(String email);
  List<Customer> findByEmailIn(List<String> emails);
}
//- src/shop/Order.java
package shop;
public class Order {
  private Long customerId;
  private Long payerId;
  public Long getCustomerId() { return customerId; }
  public Long getPayerId() { return payerId; }
}
`;

/** A service with a customer repository and one method. */
export const service = (method: string, more = ""): string => `${OWNERS}
//- src/shop/OrderService.java
package shop;
class OrderService {
  private final CustomerRepository customers;
  OrderService(CustomerRepository customers) { this.customers = customers; }
${method}
}
${more}`;

export const postings = (method: string, imports: string): string => `
//- src/book/Postings.java
package book;

${imports}

class Postings {
    private CategoryRepository categories;

${method}

    private Category creditOf(java.util.Optional<Category> found) {
        return found.get();
    }
}
`;
export const postingsWith = (method: string, more = ""): string => `
//- src/book/Numbered.java
package book;
@MappedSuperclass
public abstract class Numbered<T> {
  @Id private T id;
  public T getId() { return id; }
}
//- src/book/Category.java
package book;
@jakarta.persistence.Entity
public class Category extends Numbered<Long> {
  private String code;
  public String getCode() { return code; }
}
//- src/book/CategoryRepository.java
package book;
public interface CategoryRepository extends JpaRepository<Category, Long> {
  List<Category> findByCode(String code);
  List<Category> findByCodeIn(Collection<String> codes);
}
//- src/book/Entry.java
package book;
public class Entry {
  private Long debit;
  private Long credit;
  public Long getDebit() { return debit; }
  public Long getCredit() { return credit; }
}
${more}${postings(method, "import java.util.List;")}`;
