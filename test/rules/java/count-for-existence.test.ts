import { countForExistence } from "../../../src/rules/java/count-for-existence.ts";
import { rule } from "../../harness/rule.ts";
import { service, serviceFile } from "./shop.ts";

const REPOSITORY = `//- src/main/java/shop/CustomerRepository.java
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

    boolean existsByCity(String city);
}
`;

rule(countForExistence, {
  reports: {
    "a derived count compared with zero": service(`
    boolean isServed(String city) {
        return customers.countByCity(city) > 0;
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.countByCity counts every row only to learn whether there is one
    }`),
    "a count that is called otherwise": `${service(`
    boolean isServed(String city) {
        return customers.existsIn(city) > 0;
             //^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.existsIn counts every row only to learn whether there is one
    }`).replace(
      "    long countById(Long id);",
      '    @Query("select count(c) from Customer c where c.city = :city")\n    long existsIn(@Param("city") String city);',
    )}`,
    "an object that is only held against null": service(`
    boolean isKnown(String email, String city) {
        return customers.findByEmailAndCity(email, city) != null;
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByEmailAndCity loads an object only to learn whether it exists
    }`).replace("long countByCity", "Customer findByEmailAndCity(String email, String city);\n    long countByCity"),
    "without a fix where the method of that name asks something else": service(`
    boolean isServed(String city) {
        return customers.countByCity(city) > 0;
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.countByCity counts every row only to learn whether there is one
    }`).replace(
      "    long countById(Long id);",
      '    @Query("select count(c) > 0 from Customer c where c.city = ?1 and c.active = true")\n    boolean existsByCity(String city);',
    ),
    // InseeFr/Pearl-Jam-Back-Office: the stand-in would lack the new method.
    "a repository that a class of the tests stands in for": `${service(`
    boolean isKnown(String email, String city) {
        return customers.findByEmailAndCity(email, city) != null;
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmailAndCity loads an object only to learn whether it exists
    }`).replace("long countByCity", "Customer findByEmailAndCity(String email, String city);\n    long countByCity")}
//- src/test/java/shop/CustomersInMemory.java
package shop;
class CustomersInMemory implements CustomerRepository {}
`,
    "a list that is only asked whether it is empty": service(`
    void check(String city) {
        if (!customers.findByCityOrderByEmail(city).isEmpty()) {
           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByCityOrderByEmail loads every row only to learn whether there is one
            throw new IllegalStateException(city);
        }
    }`),
    "a count in a local variable, the literal on the left": service(`
    void check(String city) {
        long number = customers.countByCity(city);
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.countByCity counts every row only to learn whether there is one
        if (0 == number) throw new IllegalStateException(city);
    }`),
    "an object in a local variable, asked behind other statements, in a loop and twice": service(`
    void check(Long id, Long other, String email) {
        Optional<Customer> first = customers.findById(id);
                                 //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById loads an object only to learn whether it exists
        orders.deleteAll();
        if (first.isPresent()) throw new IllegalStateException();
        Optional<Customer> second = customers.findById(other);
                                  //^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById loads an object only to learn whether it exists
        while (second.isPresent()) other++;
        Optional<Customer> third = customers.findByEmail(email);
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail loads an object only to learn whether it exists
        if (third.isPresent() || id == 1 && third.isEmpty()) throw new IllegalStateException(email);
    }`),
    "a count in a variable, in whose place the line would be too long": service(`
    void check(String city, boolean isTheFirstOfAllTheOrders, boolean isTheLastOfAllTheOrders) {
        long number = customers.countByCity(city);
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.countByCity counts every row only to learn whether there is one
        if (isTheFirstOfAllTheOrders && city.length() > 2000 || isTheLastOfAllTheOrders && city.length() > 30_000 || number == 0) {
            throw new IllegalStateException(city);
        }
    }`),
    // ita-social-projects/GreenCityUBS has lines of 120 characters
    "an object in a variable, in whose place the line would be longer than any around it": service(`
    void check(Long id, boolean isTheFirstOfAllTheOrders, boolean isTheLastOfAllTheOrders) {
        Optional<Customer> customer = customers.findById(id);
                                    //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById loads an object only to learn whether it exists
        if (isTheFirstOfAllTheOrders && id > 2_000_000 || isTheLastOfAllTheOrders && id > 30_000 || customer.isEmpty()) {
            throw new IllegalStateException();
        }
    }`),
    "an object in a local variable that is asked at once": service(`
    void check(Long id) {
        final Optional<Customer> customer = customers.findById(id);
                                          //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads an object only to learn whether it exists
        // Nobody else may order.
        if (id > 0 && !customer.isPresent()) {
            throw new IllegalStateException();
        }
    }`),
    // bcgov/EDUC-INSTITUTE-API
    "an object in the last variable of a group, which a blank line ends": service(`
    void check(Long id, String email) {
        Optional<Customer> namesake = customers.findByEmail(email);
        Optional<Customer> customer = customers.findById(id);
                                    //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads an object only to learn whether it exists

        if (namesake.isPresent() && customer.isPresent()) {
            greet(namesake.get());
        }
    }`),
    // OpenConext/OpenConext-Invite
    "an object in a variable whose declaration is broken": service(`
    void check(Long id) {
        Optional<Customer> customerWhoHasOrderedBefore = customers
                                                       //^^^^^^^^^ 💡 CustomerRepository.findById loads an object only to learn whether it exists
                .findById(id);
        if (customerWhoHasOrderedBefore.isEmpty()) {
            throw new IllegalStateException();
        }
    }`),
    "types that nothing else names": `
//- src/Desk.java
package shop;
import java.util.Optional;
import shop.stock.Shelf;
import shop.stock.ShelfRepository;
class Desk {
  private ShelfRepository shelves;
  boolean has(Long id) {
    Optional<Shelf> shelf = shelves.findById(id);
                          //^^^^^^^^^^^^^^^^^^^^ 💡 ShelfRepository.findById loads an object only to learn whether it exists
    return shelf.isPresent();
  }
}
//- src/Shelf.java
package shop.stock;
@Entity public class Shelf { @Id Long id; String name; }
//- src/ShelfRepository.java
package shop.stock;
public interface ShelfRepository extends JpaRepository<Shelf, Long> {}
`,
    "a count behind a method that only passes it on": service(`
    boolean isServed(String city) {
        return numberIn(city) > 0;
             //^^^^^^^^^^^^^^ CustomerRepository.countByCity counts every row only to learn whether there is one
    }
    private long numberIn(String city) { return customers.countByCity(city); }`),
    "a list behind a method that only passes it on": service(`
    boolean isServed(String city) {
        return !livingIn(city).isEmpty();
              //^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every row only to learn whether there is one
    }
    private List<Customer> livingIn(String city) { return customers.findByCity(city); }`),
    "an object that is not used": service(`
    void check(Long id) {
        if (customers.findById(id).isEmpty()) throw new IllegalStateException();
          //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads an object only to learn whether it exists
    }`),
    "an object that is only to be there": service(`
    List<Customer> neighbours(Long id, String city) {
        customers.findById(id).orElseThrow(() -> new IllegalStateException());
      //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById loads an object only to learn whether it exists
        return customers.findByCity(city);
    }`),
    "the size of a list in a local variable": service(`
    boolean isServed(String city) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByCity loads every row only to learn whether there is one
        return found.size() > 0;
    }`),
    "a count of MyBatis whose conditions are put in at run time, behind a port": `
//- src/OrderMapper.java
import org.apache.ibatis.annotations.*;
interface OrderMapper { Integer countOrders(@Param("states") List<String> states, @Param("buyer") String buyer); Integer firstOf(@Param("states") List<String> states); }
//- src/main/resources/OrderMapper.xml
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
<mapper namespace="OrderMapper">
  <sql id="where"><where><if test="states != null">state IN <foreach item="one" collection="states" open="(" separator="," close=")">#{one}</foreach></if></where></sql>
  <select id="countOrders" resultType="java.lang.Integer">SELECT COUNT(o.id) FROM orders o <include refid="where"/> AND buyer = #{buyer}</select>
  <select id="firstOf" resultType="java.lang.Integer">SELECT o.number FROM orders o <include refid="where"/></select>
</mapper>
//- src/OrderPort.java
interface OrderPort { Integer count(List<String> states, String buyer); }
//- src/OrderAdapter.java
@Repository
class OrderAdapter implements OrderPort {
  private final OrderMapper mapper;
  OrderAdapter(OrderMapper mapper) { this.mapper = mapper; }
  @Override public Integer count(List<String> states, String buyer) { return mapper.countOrders(states, buyer); }
}
//- src/OrderController.java
import org.springframework.web.bind.annotation.*;
@RestController
class OrderController {
  private final OrderPort orders;
  private final OrderMapper mapper;
  @GetMapping("/any") boolean any(@RequestParam String buyer) { return orders.count(List.of("OPEN"), buyer) > 0; }
                                                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ OrderMapper.countOrders counts every row only to learn whether there is one
  @GetMapping("/first") boolean first() { return mapper.firstOf(List.of("OPEN")) > 0; }
}
`,
  },
  ignores: {
    "a list behind a method that leaves rows out": service(`
    boolean isServed(String city) { return !livingIn(city).isEmpty(); }
    private List<Customer> livingIn(String city) { return customers.findByCity(city).stream().filter(one -> one.isActive()).toList(); }`),
    "a list behind a method that is remembered": service(`
    boolean isServed(String city) { return !livingIn(city).isEmpty(); }
    @Cacheable("living")
    public List<Customer> livingIn(String city) { return customers.findByCity(city); }`),
    "an object that is held against null, and then used": service(`
    String idOf(String email, String city) {
        Customer found = customers.findByEmailAndCity(email, city);
        return found == null ? null : found.getEmail();
    }`).replace("long countByCity", "Customer findByEmailAndCity(String email, String city);\n    long countByCity"),
    "an object that is wanted again": service(`
    void drop(Long id) {
        customers.findById(id).orElseThrow();
        customers.deleteById(id);
    }
    Customer one(Long id) { return customers.findById(id).orElseThrow(); }
    void told(Long id) {
        customers.findById(id).orElseThrow();
        one(id);
    }`),
    "a number that is used itself": service(`
    long number(String city) {
        long number = customers.countByCity(city);
        if (number == 0) throw new IllegalStateException(city);
        return number;
    }`),
    "a comparison with another number": service(`boolean isLarge(String city) { return customers.countByCity(city) > 1; }`),
    "a method that does more with the number": service(`
    boolean isServed(String city) { return numberIn(city) > 0; }
    private long numberIn(String city) { return customers.countByCity(city) + customers.countByCity("Ulm"); }`),
    "one of several ways to count": service(`
    private Places places;
    boolean isServed(String city) { return places.numberIn(city) > 0; }
}
interface Places { long numberIn(String city); }
class Stored implements Places {
    private CustomerRepository customers;
    public long numberIn(String city) { return customers.countByCity(city); }
}
class Written implements Places {
    public long numberIn(String city) { return 7; }`),
    "a count by the key": service(`boolean isThere(Long id) { return customers.countById(id) > 0; }`),
    // The statement that Hibernate sends for existsBy counts, too: haroya01/query-audit #40; at the level of SQL the rule is noise (#138).
    exists: service(`boolean isThere(Long id) { return customers.existsById(id); }`),
    "a value that is used after the test": service(`
    String emailOf(Long id) {
        Optional<Customer> found = customers.findById(id);
        if (found.isEmpty()) throw new IllegalStateException();
        return found.get().getEmail();
    }`),
    "a list that is used after the test": service(`
    int number(String city) {
        List<Customer> found = customers.findByCity(city);
        if (found.isEmpty()) throw new IllegalStateException(city);
        return found.size();
    }`),
    // alf.io asks annotated SQL for one id: there is no object to be loaded.
    "a statement that brings a column": `
//- src/shop/Users.java
package shop;
import ch.digitalfondue.npjt.*;
@QueryRepository
interface Users { @Query("select id from users where name = :name") java.util.Optional<Integer> findId(@Bind("name") String name); }
//- src/shop/Names.java
package shop;
class Names { private Users users; boolean isTaken(String name) { return users.findId(name).isPresent(); } }
`,
    "the whole table, counted once when the application starts": service(
      `void seed() { if (customers.count() == 0) fill(); } void fill() {}`,
    ),
  },
  fixes: {
    "an object that is only held against null": `
${REPOSITORY.replace("    long countByCity", "    Customer findByEmailAndCity(String email, String city);\n    long countByCity")
  .replace("    boolean existsByCity(String city);", "    boolean existsByEmailAndCity(String email, String city);")
  .trimEnd()}${serviceFile(`
    boolean isKnown(String email, String city) {
        return customers.existsByEmailAndCity(email, city);
    }`)}`,
    "a derived count compared with zero": `
${REPOSITORY}//- src/main/java/shop/ShopService.java
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


    boolean isServed(String city) {
        return customers.existsByCity(city);
    }
}
`,
    "a count in a local variable, the literal on the left": `
${REPOSITORY.trimEnd()}${serviceFile(`
    void check(String city) {
        if (!customers.existsByCity(city)) throw new IllegalStateException(city);
    }`)}`,
    "types that nothing else names": `
//- src/Desk.java
package shop;
import shop.stock.ShelfRepository;
class Desk {
  private ShelfRepository shelves;
  boolean has(Long id) {
    return shelves.existsById(id);
  }
}
`,
    "an object in a local variable that is asked at once": serviceFile(`
    void check(Long id) {
        // Nobody else may order.
        if (id > 0 && !customers.existsById(id)) {
            throw new IllegalStateException();
        }
    }`),
    "an object in the last variable of a group, which a blank line ends": serviceFile(`
    void check(Long id, String email) {
        Optional<Customer> namesake = customers.findByEmail(email);

        if (namesake.isPresent() && customers.existsById(id)) {
            greet(namesake.get());
        }
    }`),
    "an object in a variable whose declaration is broken": serviceFile(`
    void check(Long id) {
        if (!customers.existsById(id)) {
            throw new IllegalStateException();
        }
    }`),
    "an object that is not used": serviceFile(`
    void check(Long id) {
        if (!customers.existsById(id)) throw new IllegalStateException();
    }`),
  },
});
