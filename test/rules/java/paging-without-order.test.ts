import { pagingWithoutOrder } from "../../../src/rules/java/paging-without-order.ts";
import { rule } from "../../harness/rule.ts";

const pages = (members: string, query = ""): string => `
//- src/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity
class Animal { @Id Long code; String name; }
//- src/zoo/AnimalRepository.java
package zoo;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;
interface AnimalRepository extends JpaRepository<Animal, Long> {
  Page<Animal> findByName(String name, Pageable page);
  Page<Animal> findByNameOrderByCode(String name, Pageable page);
  ${query}
}
//- src/zoo/Animals.java
package zoo;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;

class Animals {
    private AnimalRepository animals;
${members}
}
`;

const ANIMALS = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE animal (code bigint PRIMARY KEY, name text NOT NULL);
`;

rule(pagingWithoutOrder, {
  reports: {
    "a page of everything": pages(`
    Page<Animal> page(int page, int size) {
        return animals.findAll(PageRequest.of(page, size));
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 AnimalRepository.findAll is read page by page in no order
    }`),
    "a statement with an offset": `${pages(
      "",
      `@Query(value = "select * from animal where name = :name limit 20 offset :from", nativeQuery = true) List<Animal> some(String name, int from);
                                                                                                                 //^^^^ some is read page by page in no order`,
    )}${ANIMALS}`,
    "a page that says that it has no order": pages(`
    Page<Animal> page(String name, int page) {
        return animals.findByName(name, PageRequest.of(page, 20, Sort.unsorted()));
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 AnimalRepository.findByName is read page by page in no order
    }`).replace("import org.springframework.data.domain.Pageable;", "import org.springframework.data.domain.*;"),
    "a page of a whole name": pages(`
    Page<Animal> page(int page) {
        return animals.findAll(org.springframework.data.domain.PageRequest.of(page, 20));
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 AnimalRepository.findAll is read page by page in no order
    }`),
    "a page in a local variable": pages(`
    Page<Animal> page(String name, int page) {
        Pageable pageable = PageRequest.of(page, 20);
        return animals.findByName(name, pageable);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 AnimalRepository.findByName is read page by page in no order
    }`),
  },
  ignores: {
    "a statement with an order, one that gives the first rows, and one row": `${pages(
      "",
      `@Query(value = "select * from animal order by code limit 20 offset :from", nativeQuery = true) List<Animal> some(int from);
  @Query(value = "select * from animal limit 20 offset 0", nativeQuery = true) List<Animal> first();
  @Query(value = "select * from (select * from animal order by name) a where a.code > 1 limit 5", nativeQuery = true) List<Animal> more();`,
    )}${ANIMALS}`,
    "a page with an order": pages(`
    Page<Animal> page(int page) { return animals.findAll(PageRequest.of(page, 20, org.springframework.data.domain.Sort.by("name"))); }`),
    "a query with an order": pages(`Page<Animal> page(int page) { return animals.findByNameOrderByCode("Bo", PageRequest.of(page, 20)); }`),
    "a statement with an order": pages(
      `Page<Animal> page(int page) { return animals.named(PageRequest.of(page, 20)); }`,
      '@Query("select a from Animal a order by a.name") Page<Animal> named(Pageable page);',
    ),
    // gakkaweo builds its order into the specification.
    "a specification, which may set the order": pages(`
    Page<Animal> page(int page, org.springframework.data.jpa.domain.Specification<Animal> wanted) {
        return animals.findAll(wanted, PageRequest.of(page, 20));
    }`),
    "the first page by itself: any rows will do": pages(`Page<Animal> some() { return animals.findAll(PageRequest.of(0, 20)); }`),
    "a page of the caller's choice": pages(`Page<Animal> page(Pageable pageable) { return animals.findAll(pageable); }`),
    // haroya01/query-audit #34: the limit of existsBy has no order and needs none.
    exists: pages('boolean any() { return animals.existsByName("Bo"); }', "boolean existsByName(String name);"),
  },
  fixes: {
    "a page that says that it has no order": `
//- src/zoo/Animals.java
package zoo;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.*;

class Animals {
    private AnimalRepository animals;

    Page<Animal> page(String name, int page) {
        return animals.findByName(name, PageRequest.of(page, 20, Sort.by("code")));
    }
}
`,
    "a page of a whole name": `
//- src/zoo/Animals.java
package zoo;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;

class Animals {
    private AnimalRepository animals;

    Page<Animal> page(int page) {
        return animals.findAll(org.springframework.data.domain.PageRequest.of(page, 20, org.springframework.data.domain.Sort.by("code")));
    }
}
`,
    "a page of everything": `
//- src/zoo/Animals.java
package zoo;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

class Animals {
    private AnimalRepository animals;

    Page<Animal> page(int page, int size) {
        return animals.findAll(PageRequest.of(page, size, Sort.by("code")));
    }
}
`,
  },
});
