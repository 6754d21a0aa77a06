import assert from "node:assert/strict";
import { entitySerialization } from "../../../src/rules/java/entity-serialization.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const library = (endpoint: string, { loans = "", book = "", repository = "", type = "@RestController", more = "" } = {}): string => `
//- src/Book.java
import com.fasterxml.jackson.annotation.*;
import jakarta.persistence.*;
import java.util.*;
import lombok.Getter;
@Entity @Getter ${book} class Book {
  @Id private Long id;
  private String title;
  ${loans} @OneToMany(mappedBy = "book") private List<Loan> loans;
}
//- src/Loan.java
import jakarta.persistence.*;
@Entity class Loan { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Book book; }
//- src/BookRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
interface BookRepository extends JpaRepository<Book, Long> {
  ${repository}
  List<Book> findByShelf(String shelf);
}
//- src/BookController.java
import com.fasterxml.jackson.annotation.JsonView;
import java.util.*;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import org.springframework.stereotype.Controller;
${type} class BookController {
  private BookRepository books;
${endpoint}
}
${more}`;

/** An endpoint that writes coupons, and what they have of their member. */
const coupons = (found: string, told?: string): string => `
//- src/Member.java
import jakarta.persistence.*;
@Entity class Member { @Id private Long id; @Column(unique = true) private String email; public String getEmail() { return email; } }
//- src/Coupon.java
import jakarta.persistence.*;
import lombok.Getter;
@Entity @Getter class Coupon { @Id private Long id; private String shop; @ManyToOne(fetch = FetchType.LAZY) private Member member; }
//- src/CouponRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface CouponRepository extends JpaRepository<Coupon, Long> {
  List<Coupon> findByMember(Member member);
  List<Coupon> findByMemberEmail(String email);
  List<Coupon> findByShop(String shop);
}
//- src/CouponController.java
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController class CouponController {
  private CouponRepository coupons;
  private Members members;
  @GetMapping("/coupons")
  Map<String, Object> mine(String email, String shop) {
${told === undefined ? "" : `                    //^^^^ ${told}\n`}    Member member = members.current();
    Map<String, Object> answer = new HashMap<>();
    answer.put("coupons", ${found});
    return answer;
  }
}
`;

rule(entitySerialization, {
  reports: {
    "the coupons of a shop, each of another member": coupons(
      "coupons.findByShop(shop)",
      "GET /coupons writes every Coupon with its lazy member",
    ),
    "an entity, or a status alone": library(`
  @GetMapping("/books/{id}")
  public ResponseEntity<Book> one(@PathVariable Long id) {
                            //^^^ GET /books/{id} writes Book with its lazy loans
    Book book = books.findById(id).orElse(null);
    return book == null ? new ResponseEntity<>(HttpStatus.NOT_FOUND) : new ResponseEntity<>(book, HttpStatus.OK);
  }`),
    "a list of entities": library(`
  @GetMapping("/books") List<Book> shelf(@RequestParam String shelf) { return books.findByShelf(shelf); }
                                 //^^^^^ GET /books writes every Book with its lazy loans`),
    "one entity in a response": library(`
  @GetMapping("/books/{id}")
  public ResponseEntity<Book> one(@PathVariable Long id) { return ResponseEntity.of(books.findById(id)); }
                            //^^^ GET /books/{id} writes Book with its lazy loans`),
    "a response of anything, by what is returned": library(`
  @GetMapping("/books")
  public ResponseEntity<?> shelf(@RequestParam String shelf) {
                         //^^^^^ GET /books writes every Book with its lazy loans
    if (shelf.isEmpty()) return ResponseEntity.badRequest().body("no shelf");
    List<Book> found = books.findByShelf(shelf);
    return ResponseEntity.ok().body(found);
  }`),
    "a record that holds a list": library(`
  record Shelf(List<Book> books, int count) {}
  @GetMapping("/shelves") Shelf shelf(@RequestParam String shelf) {
                              //^^^^^ GET /shelves writes every Book with its lazy loans
    List<Book> found = books.findByShelf(shelf);
    return new Shelf(found, found.size());
  }`),
    "an envelope for anything, made by a factory": library(
      `
  @GetMapping("/books") ResponseEntity<Answer<List<Book>>> shelf(@RequestParam String shelf) {
                                                         //^^^^^ GET /books writes every Book with its lazy loans
    return ResponseEntity.ok(Answer.of(books.findByShelf(shelf)));
  }`,
      {
        more: `
//- src/Answer.java
class Answer<T> {
  private final T data;
  private Answer(T data) { this.data = data; }
  static <T> Answer<T> of(T data) { return new Answer<>(data); }
  public T getData() { return data; }
}`,
      },
    ),
    "a page of its own that a service makes": library(
      `
  private Shelves shelves;
  @GetMapping("/books") ResponseEntity<Rows<Book>> shelf(@RequestParam String shelf) {
                                                 //^^^^^ GET /books writes every Book with its lazy loans
    Rows<Book> rows = shelves.rows(shelf);
    return new ResponseEntity<>(rows, HttpStatus.OK);
  }`,
      {
        more: `
//- src/Rows.java
import java.util.List;
record Rows<T>(List<T> content, int size) {}
//- src/Shelves.java
import java.util.*;
class Shelves {
  private BookRepository books;
  Rows<Book> rows(String shelf) {
    List<Book> found = books.findByShelf(shelf);
    List<Book> content = found.isEmpty() ? Collections.emptyList() : found;
    return new Rows<>(content, content.size());
  }
}`,
      },
    ),
    "a map that is filled": library(`
  @GetMapping("/books") ResponseEntity<Map<String, Object>> shelf(@RequestParam String shelf) {
                                                          //^^^^^ GET /books writes every Book with its lazy loans
    Map<String, Object> answer = new HashMap<>();
    answer.put("shelf", shelf);
    answer.put("books", books.findByShelf(shelf));
    return ResponseEntity.ok(answer);
  }`),
    "a map of one": library(`
  @GetMapping("/books/{id}") Map<String, Object> one(@PathVariable Long id) { return Map.of("book", books.findById(id).orElseThrow()); }
                                               //^^^ GET /books/{id} writes Book with its lazy loans`),
    "@ResponseBody on the method": library(
      `
  @ResponseBody @GetMapping("/books") Set<Book> shelf() { return Set.of(); }
                                              //^^^^^ GET /books writes every Book with its lazy loans`,
      { type: "@Controller" },
    ),
  },
  ignores: {
    "the coupons of one member, who is loaded once": coupons("coupons.findByMember(member)"),
    "the coupons of the member with a mail address": coupons("coupons.findByMemberEmail(email)"),
    "an envelope whose query fetches it, and one that hides what it holds": library(
      `
  record Shelf(List<Book> books) {}
  static class Hidden { @JsonIgnore public List<Book> books; Hidden(List<Book> books) { this.books = books; } }
  @GetMapping("/shelves") Shelf shelf(@RequestParam String room) { return new Shelf(books.findByRoom(room)); }
  @GetMapping("/hidden") Hidden hidden(@RequestParam String shelf) { return new Hidden(books.findByShelf(shelf)); }`,
      { repository: '@EntityGraph(attributePaths = "loans") List<Book> findByRoom(String room);' },
    ),
    "an object that is made of entities and keeps none": library(`
  static class Count { private final int books; Count(List<Book> books) { this.books = books.size(); } public int getBooks() { return books; } }
  @GetMapping("/counts") Count counts(@RequestParam String shelf) { return new Count(books.findByShelf(shelf)); }`),
    "a map of what another method makes of an entity": library(`
  private Map<String, String> titles(List<Book> found) { return Map.of("first", found.get(0).getTitle()); }
  @GetMapping("/titles") Map<String, Object> titles(@RequestParam String shelf) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("titles", titles(books.findByShelf(shelf)));
    return answer;
  }`),
    // Hibernate-SpringBoot's way to leave an association out of one answer.
    "an association that a service sets before the answer": library(`
  @GetMapping("/books/{id}") Book bare(@PathVariable Long id) { return without(id); }
  private Book without(Long id) {
    Book book = books.findById(id).orElseThrow();
    book.setLoans(null);
    return book;
  }`),
    "a map of numbers and texts": library(`
  @GetMapping("/counts") Map<String, Object> counts(@RequestParam String shelf) {
    List<Book> found = books.findByShelf(shelf);
    return Map.of("count", found.size(), "shelf", shelf);
  }`),
    // Seen on steady, whose OPTIONS and DELETE answer with a status.
    "a status alone, whatever the response is declared to hold": library(`
  @DeleteMapping("/books/{id}")
  public ResponseEntity<Book> remove(@PathVariable Long id) {
    if (!books.existsById(id)) return new ResponseEntity<Book>(HttpStatus.NOT_FOUND);
    if (id < 0) return ResponseEntity.badRequest().build();
    if (id < 9) return new ResponseEntity<>(null, HttpStatus.CONFLICT);
    books.deleteById(id);
    return new ResponseEntity<>(HttpStatus.OK);
  }`),
    "a response of anything that holds something else": library(`
  @GetMapping("/books")
  public ResponseEntity<Object> shelf(@RequestParam String shelf) {
    return ResponseEntity.ok(books.findByShelf(shelf).size());
  }`),
    "a response of anything with what the query fetches": library(
      `
  @GetMapping("/books")
  public ResponseEntity<?> shelf(@RequestParam String shelf) { return ResponseEntity.status(200).body(books.findByRow(shelf)); }`,
      { repository: '@EntityGraph(attributePaths = "loans") List<Book> findByRow(String row);' },
    ),
    "an association that is left out": library(
      '\n  @GetMapping("/books") List<Book> shelf(@RequestParam String shelf) { return books.findByShelf(shelf); }',
      { loans: "@JsonIgnore" },
    ),
    "left out by the class": library('\n  @GetMapping("/books") List<Book> shelf() { return List.of(); }', {
      book: '@JsonIgnoreProperties({"loans"})',
    }),
    "a query that fetches it": library(
      '\n  @GetMapping("/books") List<Book> shelf(@RequestParam String room) { return books.findByRoom(room); }',
      { repository: '@EntityGraph(attributePaths = "loans") List<Book> findByRoom(String room);' },
    ),
    "a view": library('\n  @JsonView(Object.class) @GetMapping("/books") List<Book> shelf() { return List.of(); }'),
    "a page of HTML": library('\n  @GetMapping("/books") Book shelf() { return new Book(); }', { type: "@Controller" }),
    "a record of its own": library(`
  record Title(String title) {}
  @GetMapping("/books") List<Title> shelf() { return List.of(); }`),
    "a module that writes null for what is not loaded": library('\n  @GetMapping("/books") List<Book> shelf() { return List.of(); }', {
      more: `
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies><dependency>
<groupId>com.fasterxml.jackson.datatype</groupId><artifactId>jackson-datatype-hibernate6</artifactId></dependency></dependencies></project>
`,
    }),
  },
});

it("java/entity-serialization sees what a service has begun to set, in a file of its own", async () => {
  const files = new Map(
    parseFixture(
      library(
        `
  private Shelves shelves;
  @GetMapping("/books/{id}") Book one(@PathVariable Long id) { return shelves.one(id); }`,
        {
          more: `
//- src/Shelves.java
class Shelves {
  private BookRepository books;
  private Cleaner cleaner;
  Book one(Long id) {
    Book book = books.findById(id).orElseThrow();
    cleaner.clean(book);
    return book;
  }
}
//- src/Cleaner.java
class Cleaner { void clean(Book book) { book.getId(); } }`,
        },
      ),
    ).files,
  );
  const checked = new TestWorkspace([entitySerialization]);
  await checked.put(files);
  assert.equal(checked.findings().length, 1);
  await checked.put([["src/Cleaner.java", "class Cleaner { void clean(Book book) { book.setLoans(null); } }"]]);
  assert.deepEqual(checked.findings(), []);
});
