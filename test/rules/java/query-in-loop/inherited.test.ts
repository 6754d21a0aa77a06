import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

const DAOS = `
//- src/shop/Dao.java
package shop;
interface Dao<T> { void store(T row); T load(Long id); }
//- src/shop/AbstractDao.java
package shop;
abstract class AbstractDao<T> implements Dao<T> {
  protected CustomerRepository customers;
  public void store(T row) { prepare(row); }
  public T load(Long id) { return byId(id); }
  void prepare(T row) {}
  abstract T byId(Long id);
}
//- src/shop/ItemDao.java
package shop;
interface ItemDao extends Dao<Item> {}
//- src/shop/JpaItemDao.java
package shop;
class JpaItemDao extends AbstractDao<Item> implements ItemDao { Item byId(Long id) { return new Item(); } }
//- src/shop/Item.java
package shop;
class Item { Long id; }
`;

/** A service for rows by keys of some type, and one that has a method of the same name for a list of keys. */
const KEYED = `
//- src/shop/Keyed.java
package shop;
abstract class Keyed<T, K> {
  protected CustomerRepository customers;
  public T get(K key) { return null; }
}
//- src/shop/Notes.java
package shop;
import java.util.List;
class Notes extends Keyed<Item, String> {
  public List<Item> get(List<String> keys) { customers.findByEmailIn(keys); return null; }
}
`;

rule(queryInLoop, {
  reports: {
    "the second of two overloads of an implementing class": `${OWNERS}
//- src/shop/Shelf.java
package shop;
interface Shelf { void fill(Customer customer); Customer fill(Long id); }
//- src/shop/JpaShelf.java
package shop;
class JpaShelf implements Shelf {
  private CustomerRepository customers;
  public void fill(Customer customer) {}
  public Customer fill(Long id) { return customers.findById(id).orElseThrow(); }
                                       //~~~~~~~~~~~~~~~~~~~~~~ JpaShelf.fill calls CustomerRepository.findById
}
//- src/shop/Filling.java
package shop;
import java.util.List;
class Filling {
  private Shelf shelf;
  void fill(List<Long> ids, List<Customer> known) {
    for (Long id : ids) shelf.fill(id);
                      //^^^^^^^^^^^^^^ fill runs CustomerRepository.findById once per element of ids
    for (Customer customer : known) shelf.fill(customer);
  }
}
`,
    "a method whose type variable stands for what the override takes": `${OWNERS}
//- src/shop/Keyed.java
package shop;
abstract class Keyed<T, K> { protected CustomerRepository customers; public T get(K key) { return null; } }
//- src/shop/Notes.java
package shop;
class Notes extends Keyed<Item, String> { public Item get(String key) { customers.findByEmail(key); return null; } }
//- src/shop/Items.java
package shop;
import java.util.List;
class Items {
  Keyed<Item, String> notes;
  void all(List<String> keys) { for (String key : keys) notes.get(key); }
                                                      //^^^^^^^^^^^^^^ get runs CustomerRepository.findByEmail once per element of keys
}
`,
    "what an inherited method calls on itself in this class": `${OWNERS}${DAOS}//- src/shop/JpaPackageDao.java
package shop;
interface PackageDao extends Dao<Customer> {}
class JpaPackageDao extends AbstractDao<Customer> implements PackageDao { Customer byId(Long id) { return customers.findById(id).orElse(null); } }
//- src/shop/Packages.java
package shop;
import java.util.List;
class Packages {
  PackageDao packages;
  void all(List<Long> ids) {
    for (Long id : ids) show(packages.load(id));
                           //^^^^^^^^^^^^^^^^^ load runs CustomerRepository.findById once per element of ids
  }
}
`,
    "a method of the class above, called on super": `${OWNERS}${DAOS}//- src/shop/JpaPackageDao.java
package shop;
class JpaPackageDao extends AbstractDao<Customer> {
  Customer byId(Long id) { return customers.findById(id).orElse(null); }
  public Customer load(Long id) { return super.load(id); }
  void all(java.util.List<Long> ids) {
    for (Long id : ids) show(load(id));
                           //^^^^^^^^ load runs CustomerRepository.findById once per element of ids
  }
}
`,
  },
  ignores: {
    "one of four overloads, which nobody can tell": `${OWNERS}
//- src/shop/Cards.java
package shop;
class Cards {
  private static CustomerRepository customers;
  static String of(Customer customer) { return customer.getName(); }
  static String of(Item item) { return ""; }
  static String of(Box box) { return ""; }
  static String of(Long id) { return customers.findById(id).orElseThrow().getName(); }
}
//- src/shop/Printing.java
package shop;
import java.util.List;
import lib.Feed;
class Printing {
  void print(List<Feed> feeds) { for (Feed feed : feeds) show(feed.first()); }
  void show(Object first) { System.out.println(Cards.of(((Feed) first).next())); }
}
`,
    // thingsboard's DAOs: one of them looks the row up before it stores it, the others inherit.
    "another class below overrides the inherited method": `${OWNERS}${DAOS}//- src/shop/JpaPackageDao.java
package shop;
class JpaPackageDao extends AbstractDao<Customer> {
  Customer byId(Long id) { return null; }
  public void store(Customer row) { customers.findById(row.getId()); }
}
//- src/shop/Items.java
package shop;
import java.util.List;
class Items {
  ItemDao items;
  void all(List<Item> found) {
    for (Item item : found) items.store(item);
  }
}
`,
    "another class below overrides what the inherited method calls": `${OWNERS}${DAOS}//- src/shop/JpaPackageDao.java
package shop;
class JpaPackageDao extends AbstractDao<Customer> {
  Customer byId(Long id) { return customers.findById(id).orElse(null); }
  void prepare(Customer row) { customers.findById(row.getId()); }
}
//- src/shop/Items.java
package shop;
import java.util.List;
class Items {
  ItemDao items;
  void all(List<Item> found) {
    for (Item item : found) { items.store(item); show(items.load(item.id)); }
  }
}
`,
    // OpenELIS' services by text have such a pair of methods each.
    "a method for a list of keys, which overrides none for a key": `${OWNERS}${KEYED}//- src/shop/Items.java
package shop;
import java.util.List;
class Items {
  Notes notes;
  void all(List<String> keys) { for (String key : keys) notes.get(key); }
}
`,
    "a class that is declared as itself": `${OWNERS}${DAOS}//- src/shop/JpaPackageDao.java
package shop;
class JpaPackageDao extends AbstractDao<Customer> {
  Customer byId(Long id) { return customers.findById(id).orElse(null); }
  void prepare(Customer row) { customers.findById(row.getId()); }
}
//- src/shop/JpaNoteDao.java
package shop;
import java.util.List;
class JpaNoteDao extends AbstractDao<Item> {
  Item byId(Long id) { return new Item(); }
  void all(List<Item> found) {
    for (Item item : found) { store(item); this.store(item); super.store(item); show(load(item.id)); }
  }
}
`,
  },
});
