import { jpaSafety } from "../../../src/rules/config/jpa-safety.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "./builds.ts";

const orders = (method: string): string => `${webAndJpa}
//- src/main/java/shop/Order.java
package shop;
@Entity
class Order {
    @Id Long id;
    String code;
}
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> {
    ${method}
}
`;

rule(jpaSafety, {
  reports: {
    "a query for a list": `${orders("List<Order> findByCodeIn(Collection<String> codes);")}
//- src/main/resources/application.yml
spring:
  jpa:
# ^^^ 💡 OrderRepository.findByCodeIn has as many texts as its list has lengths: in_clause_parameter_padding is off
    open-in-view: false
`,
    "a long name, cut where it says so": `${orders("List<Order> findByCodeInAndIdGreaterThanOrderByIdDesc(Collection<String> codes, Long id);")}
//- src/main/resources/application.yml
spring:
  jpa:
# ^^^ 💡 OrderRepository.findByCodeInAndIdGreate… has as many texts as its list has lengths: in_clause_parameter_padding is off
    open-in-view: false
`,
  },
  ignores: {
    "padding that code sets": `${orders("List<Order> findByCodeIn(Collection<String> codes);")}
//- src/main/java/shop/Settings.java
package shop;
import org.hibernate.cfg.AvailableSettings;
class Settings { void add(Map<String, Object> settings) { settings.put(AvailableSettings.IN_CLAUSE_PARAMETER_PADDING, true); } }
//- src/main/resources/application.yml
spring.jpa.open-in-view: false
`,
    "EclipseLink in the place of Hibernate": `${orders("List<Order> findByCodeIn(Collection<String> codes);").replace("  </dependencies>", "    <dependency><groupId>org.eclipse.persistence</groupId><artifactId>org.eclipse.persistence.jpa</artifactId></dependency>\n  </dependencies>")}
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
`,
    "padding that is set, one way or the other": `${orders("List<Order> findByCodeIn(Collection<String> codes);")}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.query.in_clause_parameter_padding=false
`,
    // 10xDeVv/LazyDrop_Backend claims what is in one of three states.
    "a list of states, of which there are few": `${orders("List<Order> findByStateIn(Collection<State> states);").replace("String code;", "State state;")}
//- src/main/java/shop/State.java
package shop;
enum State { OPEN, PAID, SENT }
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
`,
    // bcgov/EDUC-PEN-REQUEST-API: two states, kept as text
    "a list of what the name says there are few of": `${orders("List<Order> findByStatusCodeIn(Collection<String> codes);").replace("String code;", "String statusCode;")}
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
`,
    "no query for a list": `${orders("List<Order> findByCode(String code);")}
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
`,
    // Spring Boot tells Hibernate so by itself.
    "auto-commit off in the pool": `${webAndJpa}
//- src/main/resources/application.properties
spring.datasource.hikari.auto-commit=false
`,
  },
  fixes: {
    "a query for a list": `
//- src/main/resources/application.yml
spring:
  jpa:
    open-in-view: false
    properties:
      hibernate:
        query:
          in_clause_parameter_padding: true
`,
  },
});
