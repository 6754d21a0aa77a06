import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";

const SHELF = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE books (id bigint PRIMARY KEY, title text);
CREATE TABLE book_words (book_id bigint NOT NULL REFERENCES books (id), word text NOT NULL, PRIMARY KEY (book_id, word));
//- src/main/java/shelf/Book.java
package shelf;
@Entity @Table(name = "books") class Book {
  @Id Long id;
  String title;
  @ElementCollection @CollectionTable(name = "book_words", joinColumns = @JoinColumn(name = "book_id")) @Column(name = "word") Set<String> words;
}
//- src/main/java/shelf/BookRepository.java
package shelf;
interface BookRepository extends JpaRepository<Book, Long> {
`;

rule(missingIndexForQuery, {
  reports: {
    "values of a collection, by a method's name": `${SHELF}  List<Book> findByWordsIn(Collection<String> words);
           //^^^^^^^^^^^^^ 💡 findByWordsIn filters book_words by word: book_words_pkey has word behind book_id
}
`,
    "values of a collection, by their alias": `${SHELF}  @Query("select b from Book b join b.words w where w = :word")
  List<Book> having(String word);
           //^^^^^^ 💡 having filters book_words by word: book_words_pkey has word behind book_id
}
`,
  },
  ignores: {
    // The value is compared outside of the subquery: it is looked up by its owner alone.
    "whether a collection has a value": `${SHELF}  List<Book> findByWordsContaining(String word);
  @Query("select b from Book b where :word member of b.words")
  List<Book> having(String word);
}
`,
    "the values of one owner": `${SHELF}  @Query("select w from Book b join b.words w where b.id = :id")
  List<String> words(Long id);
}
`,
  },
});
