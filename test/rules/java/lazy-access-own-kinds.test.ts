import { lazyAccessInLoop } from "../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../harness/rule.ts";

/** Notes in categories, which have a reference to a member. */
const notes = (reference: string): string => `
//- src/Note.java
import jakarta.persistence.*;
@Entity class Note {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Category category;
  Category getCategory() { return category; }
}
//- src/Category.java
import jakarta.persistence.*;
@Entity class Category { @Id Long id; String name; ${reference} String getName() { return name; } }
//- src/Member.java
import jakarta.persistence.*;
@Entity class Member { @Id Long id; }
//- src/NoteRepository.java
import org.springframework.data.jpa.repository.JpaRepository;
interface NoteRepository extends JpaRepository<Note, Long> { java.util.List<Note> findByDay(String day); }
//- src/Desk.java
class Desk {
  private NoteRepository notes;
  void print(String day) {
    for (Note note : notes.findByDay(day)) show(note.getCategory().getName());
  }
}
`;

rule(lazyAccessInLoop, {
  reports: {
    "categories that belong to members are as many as they like": notes("@ManyToOne Member owner;").replace(
      "show(note.getCategory().getName());",
      `show(note.getCategory().getName());
                                              //^^^^^^^^^^^^^^^^^^ 💡 Note.category is loaded per element of NoteRepository.findByDay`,
    ),
  },
  ignores: {
    "categories of the application are few": notes(""),
    "a member who made or changed a category does not own it": notes("@ManyToOne Member createdBy; @ManyToOne Member updater;"),
  },
});
