import assert from "node:assert/strict";
import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { rule } from "../../../harness/rule.ts";

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
    // Clinica loads what it shows later, row by row.
    "what Hibernate is told to load": notes("@ManyToOne Member owner;").replace(
      "show(note.getCategory().getName());",
      `Hibernate.initialize(note.getCategory());
                                                              //^^^^^^^^^^^^^^^^^^ 💡 Note.category is loaded per element of NoteRepository.findByDay`,
    ),
  },
  ignores: {
    "a row that Hibernate is told to load, which is there": notes("@ManyToOne Member owner;").replace(
      "show(note.getCategory().getName());",
      "Hibernate.initialize(note);",
    ),
  },
});

it("java/lazy-access-in-loop is a hint for categories of the application, whoever made or changed one", async () => {
  const severities = async (reference: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([lazyAccessInLoop]);
    await workspace.put(parseFixture(notes(reference)).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  assert.deepEqual(await severities(""), ["hint"]);
  assert.deepEqual(await severities("@ManyToOne Member createdBy; @ManyToOne Member updater;"), ["hint"]);
  assert.deepEqual(await severities("@ManyToOne Member owner;"), ["information"]);
});
