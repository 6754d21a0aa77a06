import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

const RULES = `
//- src/shop/AccessRules.java
package shop;
@Component("rules")
public class AccessRules implements Checks {
  private final CustomerRepository customers;
  private final Cache names;
  @Override public boolean mayRead(Customer customer) { return customers.findByEmail(customer.getEmail()).isPresent(); }
  public boolean isKnown(Customer customer) { return names.contains(customer.getEmail()); }
  public boolean mayRead(Customer customer, String how) { return true; }
}
//- src/shop/Checks.java
package shop;
public interface Checks { boolean mayRead(Customer customer); }
`;

const listing = (members: string, more = RULES): string => `${OWNERS}${more}
//- src/shop/Customers.java
package shop;
import java.util.List;
import org.springframework.data.domain.*;
import org.springframework.security.access.prepost.*;
@RestController
class Customers {
  private final CustomerRepository customers;
${members}
}
`;

const EVALUATOR = `
//- src/shop/Evaluator.java
package shop;
import org.springframework.security.access.PermissionEvaluator;
@Component
public class Evaluator implements PermissionEvaluator {
  private final CustomerRepository customers;
  public boolean hasPermission(Authentication who, Object target, Object permission) { return customers.findByEmail(who.getName()).isPresent(); }
  public boolean hasPermission(Authentication who, Serializable id, String type, Object permission) { return true; }
}
`;

const ALL = `@GetMapping("/customers") public List<Customer> all() { return customers.findAll(); }`;

rule(queryInLoop, {
  reports: {
    "a bean that an expression asks for each row": listing(`  @PostFilter("hasRole('ADMIN (all)') or @rules.mayRead(filterObject)")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ @PostFilter runs CustomerRepository.findByEmail once per element of what all returns
  ${ALL}`),
    "the project's evaluator": listing(
      `  @PostFilter("hasPermission(filterObject, 'read')")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ @PostFilter runs CustomerRepository.findByEmail once per element of what all returns
  ${ALL}`,
      EVALUATOR,
    ),
    "what a method is given": listing(`  @PreFilter(filterTarget = "wanted", value = "@rules.mayRead(filterObject)")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ @PreFilter runs CustomerRepository.findByEmail once per element of wanted
  @PostMapping("/delete") public void delete(@RequestBody List<Customer> wanted, List<Long> more) { print(wanted); }`),
    "at the declaration of an interface that one class implements": `${listing("  private CustomerList list;")}
//- src/shop/CustomerList.java
package shop;
import org.springframework.security.access.prepost.PostFilter;
public interface CustomerList {
  @PostFilter("@rules.mayRead(filterObject)") List<Customer> all();
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ @PostFilter runs CustomerRepository.findByEmail once per element of what all returns
}
//- src/shop/CustomerLister.java
package shop;
@Service
public class CustomerLister implements CustomerList {
  private CustomerRepository customers;
  @Override public List<Customer> all() { return customers.findAll(); }
}
`,
  },
  ignores: {
    "a bean that asks nobody": listing(`  @PostFilter("@rules.isKnown(filterObject)") ${ALL}`),
    "another overload": listing(`  @PostFilter("@rules.mayRead(filterObject, 'write')") ${ALL}`),
    "a bean that is not here": listing(`  @PostFilter("@others.mayRead(filterObject)") ${ALL}`),
    "what the object knows itself": listing(`  @PostFilter("filterObject.email == authentication.name") ${ALL}`),
    "a check before the method": listing(`  @PreAuthorize("@rules.mayRead(#one)") ${ALL}`),
    "a list that is cut short": listing(
      `  @PostFilter("@rules.mayRead(filterObject)") public List<Customer> first() { return customers.findAll().stream().limit(3).toList(); }`,
    ),
    "a permission on an identifier": listing(`  @PostFilter("hasPermission(filterObject.id, 'Customer', 'read')") ${ALL}`, EVALUATOR),
    "a text that names a bean": listing(`  @PostFilter("filterObject.email == '@rules.mayRead(filterObject)'") ${ALL}`),
  },
});
