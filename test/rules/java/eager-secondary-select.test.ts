import assert from "node:assert/strict";
import { eagerSecondarySelect } from "../../../src/rules/java/eager-secondary-select.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { repository } from "./eager-secondary-select/authors.ts";

rule(eagerSecondarySelect, {
  reports: {
    "what lies behind a reference that the rows have each for itself": `${repository("")}
//- src/BookRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.*;
interface BookRepository extends JpaRepository<Book, Long> {
  @Query("select b from Book b join fetch b.author left join fetch b.publisher where b.title = :title") List<Book> findOf(String title);
                                                                                                                 //^^^^^^ 💡 BookRepository.findOf sends one more query per Author for Author.books
}
`,
    "an eager collection of a derived list query": repository(`
  List<Author> findByNameStartingWith(String name);
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 AuthorRepository.findByNameStartingWith sends one more query per Author for Author.books`),
    "an eager collection of an embeddable, which no graph names": `${repository(
      `
  List<Author> findByNameStartingWith(String name);
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 AuthorRepository.findByNameStartingWith sends one more query per Author for Portraits.urls`,
      "private Set<Book> books; @Embedded private Portraits portraits;",
    ).replace('@OneToMany(mappedBy = "author", fetch = FetchType.EAGER)', '@OneToMany(mappedBy = "author")')}
//- src/Portraits.java
import jakarta.persistence.*;
import java.util.*;
@Embeddable class Portraits { @ElementCollection(fetch = FetchType.EAGER) private List<String> urls; }`,
    "a collection that Hibernate's own annotation loads at once": `${repository(
      `
  List<Author> findByNameStartingWith(String name);
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 AuthorRepository.findByNameStartingWith sends one more query per Author for Author.books`,
      "private Set<Book> books;",
    ).replace(
      '@OneToMany(mappedBy = "author", fetch = FetchType.EAGER)',
      '@LazyCollection(LazyCollectionOption.FALSE) @OneToMany(mappedBy = "author")',
    )}`,
    "a collection that is to be joined, which queries do not": repository(
      `
  List<Author> findByNameStartingWith(String name);
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 AuthorRepository.findByNameStartingWith sends one more query per Author for Author.books`,
    ).replace("fetch = FetchType.EAGER)", "fetch = FetchType.LAZY) @Fetch(FetchMode.JOIN)"),
    "a page, where only batches help": repository(`
  Page<Author> findByName(String name, Pageable page);
             //^^^^^^^^^^ 💡 AuthorRepository.findByName sends one more query per Author for Author.books`),
    "a JPQL query, with the endpoint that waits": `${repository(`
  @Query("select a from Author a where a.name = :name")
  List<Author> searchByName(String name);
             //^^^^^^^^^^^^ 💡 AuthorRepository.searchByName sends one more query per Author for Author.books (GET /authors)`)}
//- src/AuthorController.java
import java.util.List;
import org.springframework.web.bind.annotation.*;
@RestController class AuthorController {
  private final AuthorRepository authors;
  AuthorController(AuthorRepository authors) { this.authors = authors; }
  @GetMapping("/authors") List<Author> search(@RequestParam String name) { return authors.searchByName(name); }
                                                                                //~~~~~~~~~~~~~~~~~~~~~~~~~~ AuthorController.search calls searchByName
}
`,
    "findAll of Spring Data itself, at its call": `${repository("")}
//- src/Report.java
class Report {
  private AuthorRepository authors;
  int length() { return authors.findAll().size(); }
                      //^^^^^^^^^^^^^^^^^ 💡 AuthorRepository.findAll sends one more query per Author for Author.books
}
`,
    "a reference that is EAGER by default": `${repository("")}
//- src/BookRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface BookRepository extends JpaRepository<Book, Long> {
  List<Book> findByTitle(String title);
           //^^^^^^^^^^^ 💡 BookRepository.findByTitle sends one more query per distinct Publisher for Book.publisher
}
`,
    "an eager association below a fetched one": repository(`
  @Query("select a from Author a join fetch a.books where a.id in :ids")
  List<Author> findWithBooks(List<Long> ids);
             //^^^^^^^^^^^^^ 💡 AuthorRepository.findWithBooks sends one more query per distinct Publisher for Book.publisher`),
  },
  ignores: {
    "a collection that Hibernate's own annotation leaves lazy": repository("List<Author> findByName(String name);").replace(
      "@OneToMany(",
      "@LazyCollection(LazyCollectionOption.EXTRA) @OneToMany(",
    ),
    // eclipse/steady
    "what lies behind a reference that the caller gives": `${repository("")}
//- src/BookRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.*;
interface BookRepository extends JpaRepository<Book, Long> {
  @Query("select b from Book b join fetch b.author left join fetch b.publisher where b.author = :author") List<Book> findOf(Author author);
}
`,
    "an eager collection of an embeddable that the query fetches": `${repository(
      `
  @Query("select a from Author a left join fetch a.portraits.urls")
  List<Author> everybody();`,
      "private Set<Book> books; @Embedded private Portraits portraits;",
    ).replace('@OneToMany(mappedBy = "author", fetch = FetchType.EAGER)', '@OneToMany(mappedBy = "author")')}
//- src/Portraits.java
import jakarta.persistence.*;
import java.util.*;
@Embeddable class Portraits { @ElementCollection(fetch = FetchType.EAGER) private List<String> urls; }`,
    // reportportal/service-authorization: what is global belongs to no project
    "a reference that all rows lack": `${repository("")}
//- src/BookRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.*;
interface BookRepository extends JpaRepository<Book, Long> {
  List<Book> findByPublisherIsNull();
  @Query("select b from Book b where b.publisher is null and b.title = :title") List<Book> findSelfPublished(String title);
}
`,
    // rajadilipkolli/my-spring-boot-experiments: an entity of the same name is mapped in another application of the workspace
    "a reactive repository whose name another application has, too": `${repository("")}
//- news/src/news/Feed.java
package news;
import org.springframework.data.repository.reactive.ReactiveCrudRepository;
interface AuthorRepository extends ReactiveCrudRepository<Author, Long> {}
class Author { Long id; }
class Feed {
  private AuthorRepository authors;
  Object all() { return authors.findAll(); }
}
`,
    "an entity graph that names the association": repository(`
  @EntityGraph(attributePaths = "books.publisher") List<Author> findByNameStartingWith(String name);`),
    "authors that the query makes anew": repository(`
  @Query("select new lib.Author(a.id, a.name) from Author a") List<Author> findNames();`),
    "a join fetch for the whole path": repository(`
  @Query("select a from Author a left join fetch a.books b left join fetch b.publisher")
  List<Author> findWithBooks();`),
    // spring-petclinic's own fix, commit e31607430
    "a batch size for everything": repository(
      "\n  List<Author> findByNameStartingWith(String name);",
      "private Set<Book> books;",
      "spring.jpa.properties.hibernate.default_batch_fetch_size=16",
    ),
    "@BatchSize on the collection": repository(
      "\n  List<Author> findByNameStartingWith(String name);",
      "@org.hibernate.annotations.BatchSize(size = 20) private Set<Book> books;",
    ),
    "the way back from an element that is fetched": repository(`
  @Query("select a from Author a left join fetch a.books b left join fetch b.publisher") List<Author> findWithBooks();`).replace(
      "@ManyToOne(fetch = FetchType.LAZY) Author author;",
      "@ManyToOne Author author;",
    ),
    // adorsys/ledgers: the element keeps its owner's key a second time, beside the table between them.
    "the way back that the mapping does not name": repository(`
  @Query("select a from Author a left join fetch a.books b left join fetch b.publisher") List<Author> findWithBooks();`)
      .replace("@ManyToOne(fetch = FetchType.LAZY) Author author;", "@ManyToOne Author author;")
      .replace(/mappedBy = "author",? ?/, ""),
    "a collection in the second-level cache": repository(
      "\n  List<Author> findByNameStartingWith(String name);",
      "@org.hibernate.annotations.Cache(usage = CacheConcurrencyStrategy.READ_WRITE) private Set<Book> books;",
    ),
    "a subselect": repository("\n  List<Author> findByName(String name);", "@Fetch(FetchMode.SUBSELECT) private Set<Book> books;"),
    // Hibernate joins EAGER associations for find (creedengo-specs #412, review)
    "one row": repository(`
  Optional<Author> findByEmail(String email);
  Author findFirstByName(String name);`),
    "a projection": repository(`
  @Query("select a.name from Author a") List<String> findNames();
  long countByName(String name);`),
    "the cached method": repository(`
  @org.springframework.cache.annotation.Cacheable("authors") List<Author> findByNameStartingWith(String name);`),
    "all rows have the same reference": `${repository("")}
//- src/BookRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface BookRepository extends JpaRepository<Book, Long> {
  List<Book> findByPublisher(Publisher publisher);
}
`,
    "a specification that fetches it": `${repository("").replace(
      "JpaRepository<Author, Long>",
      "JpaRepository<Author, Long>, org.springframework.data.jpa.repository.JpaSpecificationExecutor<Author>",
    )}
//- src/Report.java
class Report {
  private AuthorRepository authors;
  int length(String name) {
    return authors.findAll((root, query, cb) -> { root.fetch("books").fetch("publisher"); return cb.equal(root.get("name"), name); }).size();
  }
}
`,
    "a lazy collection": repository("\n  List<Author> findByName(String name);").replace("FetchType.EAGER", "FetchType.LAZY"),
  },
  fixes: {
    "an eager collection of a derived list query": {
      "Fetch books with findByNameStartingWith": `
//- src/AuthorRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
interface AuthorRepository extends JpaRepository<Author, Long> {

  @EntityGraph(attributePaths = "books.publisher")
  List<Author> findByNameStartingWith(String name);
}
`,
      "Set spring.jpa.properties.hibernate.default_batch_fetch_size to 16": `
//- src/main/resources/application.properties
spring.application.name=library
spring.jpa.properties.hibernate.default_batch_fetch_size=16
`,
    },
  },
});

it("java/eager-secondary-select is a hint where no code calls the query", async () => {
  const severities = async (caller: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([eagerSecondarySelect]);
    await workspace.put(parseFixture(`${repository("List<Author> findByName(String name);")}${caller}`).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  const caller = `
//- src/Desk.java
class Desk { AuthorRepository authors; Object named(String name) { return authors.findByName(name); } }
`;
  assert.deepEqual(await severities(""), ["hint"]);
  assert.deepEqual(await severities(caller), ["information"]);
});

it("java/eager-secondary-select is a hint where only the start of the application asks", async () => {
  const severities = async (called: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([eagerSecondarySelect]);
    const desk = `
//- src/Desk.java
@Component
class Desk {
  AuthorRepository authors;
  List<Author> all;
  @PostConstruct void fill() { ${called} }
  private void load() { all = authors.findAll(); }
}
`;
    await workspace.put(parseFixture(`${repository("")}${desk}`).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  assert.deepEqual(await severities("load();"), ["hint"]);
  assert.deepEqual(await severities(""), ["information"]);
});

it("java/eager-secondary-select sets nothing that only Spring Boot would read", async () => {
  const workspace = new TestWorkspace([eagerSecondarySelect]);
  const build = `
//- pom.xml
<project>
  <artifactId>library</artifactId>
  <dependencies><dependency><groupId>org.springframework</groupId><artifactId>spring-orm</artifactId><version>6.2.1</version></dependency></dependencies>
</project>
`;
  await workspace.put(parseFixture(`${repository("List<Author> findByName(String name);")}${build}`).files);
  assert.deepEqual(
    workspace.findings().map(({ fixes }) => fixes.map(({ title }) => title)),
    [["Fetch books with findByName"]],
  );
});

// Hibernate 5 gives an author for each of the books that are fetched with it.
it("java/eager-secondary-select offers no entity graph that would repeat rows", async () => {
  const caller = `
//- src/Desk.java
class Desk { AuthorRepository authors; Object named(String name) { return authors.findByName(name); } }
`;
  const graphs = async (method: string, pack: string): Promise<number> => {
    const workspace = new TestWorkspace([eagerSecondarySelect]);
    await workspace.put(parseFixture(`${repository(method).replaceAll("jakarta.persistence", pack)}${caller}`).files);
    const titles = workspace.findings().flatMap(({ fixes }) => fixes.map(({ title }) => title));
    return titles.filter((title) => title.startsWith("Fetch books")).length;
  };
  assert.equal(await graphs("List<Author> findByName(String name);", "jakarta.persistence"), 1);
  assert.equal(await graphs("List<Author> findByName(String name);", "javax.persistence"), 0);
  assert.equal(await graphs("Set<Author> findByName(String name);", "javax.persistence"), 1);
  assert.equal(
    await graphs('@Query("select distinct a from Author a where a.name = ?1") List<Author> findByName(String name);', "javax.persistence"),
    1,
  );
});
