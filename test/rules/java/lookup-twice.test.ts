import { lookupTwice } from "../../../src/rules/java/lookup-twice.ts";
import { rule } from "../../harness/rule.ts";
import { SHOP, service } from "./shop.ts";

rule(lookupTwice, {
  reports: {
    "an object that is made ready before": service(`
    int both(Customer probe) {
        probe.setActive(true);
        int all = customers.findLike(probe).size();
        return all + customers.findLike(probe).hashCode();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findLike is sent twice with the same arguments
    }`).replace("long countByCity", '@Query("select c from Customer c") List<Customer> findLike(Customer probe);\n    long countByCity'),
    "exists, then find": service(`
    Customer load(Long id) {
        if (!customers.existsById(id)) throw new IllegalArgumentException();
        return customers.findById(id).get();
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads what existsById has looked up just before
    }`),
    // Kim-Jione/SpringBoot-Mybatis-Tstory: what is called findById is no entity's key that a session would know.
    "a mapper's findById twice, outside of transactions": `
//- src/main/resources/mapper/guest.xml
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
<mapper namespace="shop.GuestDao">
  <select id="findById" resultType="shop.Guest">SELECT * FROM guest WHERE id = #{id}</select>
</mapper>
//- src/main/java/shop/GuestDao.java
package shop;
public interface GuestDao { Guest findById(Integer id); }
//- src/main/java/shop/GuestController.java
package shop;
@Controller
class GuestController {
    private final GuestDao guests;
    @GetMapping("/me") String me(Model model, Principal principal) {
        model.addAttribute("guest", guests.findById(principal.getId()));
        model.addAttribute("picture", guests.findById(principal.getId()));
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ GuestDao.findById is sent twice with the same arguments
        return "me";
    }
}
`,
    "the same query twice": service(`
    int both(String city) {
        int all = customers.findByCity(city).size();
        return all + customers.findByCity(city).hashCode();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity is sent twice with the same arguments
    }`),
    "a count, then the list": service(`
    List<Customer> load(String city) {
        return customers.countByCity(city) == 0 ? List.of() : customers.findByCity(city);
                                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads what countByCity has looked up just before
    }`),
    "a row that only the other branch writes": service(`
    Customer load(String city, Customer made) {
        if (customers.countByCity(city) == 0) {
            return customers.save(made);
        } else {
            return customers.findByCity(city).get(0);
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads what countByCity has looked up just before
        }
    }`),
    "the same query twice in one round of a loop": service(`
    int both(String city) {
        int all = 0;
        while (all < 10) {
            all += customers.findByCity(city).size();
            all += customers.findByCity(city).hashCode();
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity is sent twice with the same arguments
        }
        return all;
    }`),
    "the same key twice in a request without an open view": `${SHOP}
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
//- src/main/java/shop/ShopController.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController
class ShopController {
    private CustomerRepository customers;
    @GetMapping("/both/{id}")
    public int both(@PathVariable Long id) {
        int first = customers.findById(id).hashCode();
        return first + customers.findById(id).hashCode();
                     //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById is sent twice with the same arguments
    }
}
`,
  },
  ignores: {
    // terrakube-io/terrakube waits for a step to end.
    "what a loop asks until it has changed": service(`
    int await(String city) {
        int all = customers.findByCity(city).size();
        while (all < 10) {
            pause();
            all = customers.findByCity(city).size();
        }
        return all;
    }`),
    // metersphere: all files, then those of git; the rows of one kind, then those of another.
    "an object that asks something else the second time": service(`
    int both(Customer probe, CustomerExample example) {
        int all = customers.findLike(probe).size();
        probe.setActive(true);
        int active = customers.findLike(probe).size();
        example.createCriteria().andCityEqualTo("Kiel");
        int here = customers.findBy(example).size();
        example.clear();
        example.createCriteria().andCityEqualTo("Lübeck");
        return all + active + here + customers.findBy(example).size();
    }`).replace(
      "long countByCity",
      '@Query("select c from Customer c") List<Customer> findLike(Customer probe); @Query("select c from Customer c") List<Customer> findBy(CustomerExample example);\n    long countByCity',
    ),
    // Seen on metersphere: MyBatis' page helper turns the page.
    "another page of the same": service(`
    int both(String city) {
        PageHelper.startPage(1, 100);
        int all = customers.findByCity(city).size();
        PageHelper.startPage(2, 100);
        return all + customers.findByCity(city).size();
    }`),
    "a branch of which every way leaves": service(`
    int both(String city, boolean alone) {
        if (alone) {
            var found = customers.findByCity(city);
            if (found.isEmpty()) { return 0; } else { return found.size(); }
        }
        return customers.findByCity(city).hashCode();
    }`),
    "other arguments": service(`
    int both(String a, String b) { return customers.findByCity(a).size() + customers.findByCity(b).size(); }`),
    // navikt/etterlevelse: each form of a name is taken apart by itself
    "variables of the same name in two blocks": service(`
    int both(String text) {
        int found = 0;
        if (text.startsWith("in ")) {
            String city = text.substring(3);
            found += customers.findByCity(city).size();
        }
        if (text.endsWith(" town")) {
            String city = text.substring(0, text.length() - 5);
            found += customers.findByCity(city).size();
        }
        return found;
    }`),
    "one of two branches": service(`
    Customer load(Long id, boolean strict) {
        if (strict) return customers.findById(id).orElseThrow();
        return customers.findById(id).orElse(null);
    }`),
    "a write in between": service(`
    long add(Customer customer, String city) {
        long before = customers.countByCity(city);
        customers.save(customer);
        return customers.countByCity(city) - before;
    }`),
    // The first-level cache gives the second findById its object: query-audit says the same of its rule.
    "the same key twice in a transaction": service(`
    @org.springframework.transaction.annotation.Transactional
    public int both(Long id) { return customers.findById(id).hashCode() + customers.findById(id).hashCode(); }`),
    "the same key twice in a request with an open view": `${SHOP}
//- src/main/java/shop/ShopController.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController
class ShopController {
    private CustomerRepository customers;
    @GetMapping("/both/{id}")
    public int both(@PathVariable Long id) { return customers.findById(id).hashCode() + customers.findById(id).hashCode(); }
}
`,
    "a variable that is set in between": service(`
    int next(Long id) {
        int first = customers.findById(id).hashCode();
        id = id + 1;
        return first + customers.findById(id).hashCode();
    }`),
    "a second try after a failure": service(`
    List<Customer> load(String city) {
        try { return customers.findByCity(city); } catch (RuntimeException e) { return customers.findByCity(city); }
    }`),
  },
});
