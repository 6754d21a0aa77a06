/** Authors with their books, of which the mapping is the question. */
export const authors = (books: string, more = ""): string => `
//- src/Author.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Author {
  @Id Long id;
  @OneToMany(mappedBy = "author", fetch = FetchType.EAGER)
  ${books}
}
//- src/Book.java
import jakarta.persistence.*;
@Entity class Book {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Author author;
  @ManyToOne Publisher publisher;
}
//- src/Publisher.java
import jakarta.persistence.*;
@Entity class Publisher { @Id Long id; }
//- src/main/resources/application.properties
spring.application.name=library
${more}`;

/** The same with a repository of authors. */
export const repository = (methods: string, books = "private Set<Book> books;", more = ""): string => `${authors(books, more)}
//- src/AuthorRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
interface AuthorRepository extends JpaRepository<Author, Long> {
${methods}
}
`;
