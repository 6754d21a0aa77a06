import assert from "node:assert/strict";
import { httpCallInLoop } from "../../../../src/rules/java/http-call-in-loop.ts";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { rule } from "../../../harness/rule.ts";

/** A library's books, with an index of them. */
const inShelves = (body: string): string => `
//- src/library/Book.java
package library;
@Entity class Book { @Id Long id; }
//- src/library/BookRepository.java
package library;
import org.springframework.data.jpa.repository.JpaRepository;
interface BookRepository extends JpaRepository<Book, Long> {}
//- src/library/BookDocument.java
package library;
import org.springframework.data.elasticsearch.annotations.Document;
@Document(indexName = "books") class BookDocument { Long id; }
//- src/library/BookIndex.java
package library;
import org.springframework.data.elasticsearch.annotations.Query;
import org.springframework.data.elasticsearch.repository.ElasticsearchRepository;
interface BookIndex extends ElasticsearchRepository<BookDocument, Long> {
  @Query("{\\"match\\": {\\"title\\": \\"?0\\"}}") BookDocument findByTitle(String title);
}
//- src/library/PlainIndex.java
package library;
import org.springframework.data.repository.CrudRepository;
interface PlainIndex extends CrudRepository<BookDocument, Long> {}
//- src/library/ShelfController.java
package library;
import java.util.List;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
@RestController
class ShelfController {
  private final BookRepository books;
  private final BookIndex index;
  private final PlainIndex plain;
  private final ElasticsearchOperations operations;
${body}
}
`;

rule(httpCallInLoop, {
  reports: {
    "a document for each row": inShelves(`
  @PostMapping("/shelves") void fill() {
    for (Book book : books.findAll()) index.save(book.document());
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^ BookIndex.save runs once per element of books.findAll()
  }`),
    "a query that an annotation writes": inShelves(`
  @GetMapping("/shelves") List<BookDocument> all(List<String> titles) {
    return titles.stream().map(title -> index.findByTitle(title)).toList();
                                      //^^^^^^^^^^^^^^^^^^^^^^^^ BookIndex.findByTitle runs once per element of titles
  }`),
    "documents by an interface of all stores": inShelves(`
  @GetMapping("/shelves") void all(List<Long> ids) {
    for (Long id : ids) plain.findById(id);
                      //^^^^^^^^^^^^^^^^^^ PlainIndex.findById runs once per element of ids
  }`),
    "a template": inShelves(`
  @GetMapping("/shelves") void all(List<String> ids) {
    for (String id : ids) operations.get(id, BookDocument.class);
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ElasticsearchOperations.get runs once per element of ids
  }`),
  },
  ignores: {
    "all documents in one request": inShelves(`
  @PostMapping("/shelves") void fill() {
    index.saveAll(books.findAll().stream().map(Book::document).toList());
  }`),
  },
});

describe("java/http-call-in-loop, of an index", () => {
  const severities = async (body: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([httpCallInLoop, queryInLoop]);
    await workspace.put(parseFixture(inShelves(body)).files);
    return workspace.findings().map(({ rule, severity }) => `${rule} ${severity}`);
  };

  it("is a warning over many, one call away at most, and no query of the database", async () => {
    assert.deepEqual(
      await severities('@PostMapping("/shelves") void fill() { for (Book book : books.findAll()) index.save(book.document()); }'),
      ["java/http-call-in-loop warning"],
    );
  });

  // TeslaRIS: the committees that a document is assessed for.
  it("is information over what may be a handful, or further away", async () => {
    assert.deepEqual(
      await severities('@GetMapping("/shelves") void all(List<String> titles) { for (String title : titles) index.findByTitle(title); }'),
      ["java/http-call-in-loop information"],
    );
    const far = "void first(Book book) { second(book); } void second(Book book) { index.save(book.document()); }";
    assert.deepEqual(await severities(`@PostMapping("/shelves") void fill() { for (Book book : books.findAll()) first(book); } ${far}`), [
      "java/http-call-in-loop information",
    ]);
  });
});
