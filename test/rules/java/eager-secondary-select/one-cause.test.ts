import { eagerSecondarySelect } from "../../../../src/rules/java/eager-secondary-select.ts";
import { rule } from "../../../harness/rule.ts";

const diary = (methods: string, more = ""): string => `
//- src/Note.java
import jakarta.persistence.*;
@Entity class Note {
  @Id Long id;
  String text;
  @ManyToOne Writer writer;
  @ManyToOne Theme theme;
}
//- src/Writer.java
import jakarta.persistence.*;
@Entity class Writer { @Id Long id; }
//- src/Theme.java
import jakarta.persistence.*;
@Entity class Theme { @Id Long id; }
//- src/NoteRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface NoteRepository extends JpaRepository<Note, Long> {
${methods}
}
${more}`;

rule(eagerSecondarySelect, {
  reports: {
    // aleksandarmi89/PrintFlow: 34 methods of three repositories, most of which nobody calls.
    "the first of methods that nobody calls": diary(`  List<Note> findByText(String text);
           //^^^^^^^^^^ 💡 NoteRepository.findByText sends one more query per distinct Writer for Note.writer and 1 more
  List<Note> findByTextNot(String text);`),
    "one that misses more than those before":
      diary(`  @Query("select n from Note n join fetch n.theme where n.text = :text") List<Note> findByText(String text);
                                                                                  //^^^^^^^^^^ NoteRepository.findByText sends one more query per distinct Writer for Note.writer
  List<Note> findByTextNot(String text);
           //^^^^^^^^^^^^^ 💡 NoteRepository.findByTextNot sends one more query per distinct Writer for Note.writer and 1 more`),
    "what Spring Data declares, called in several files, at the first call": diary(
      "",
      `//- src/Board.java
import java.util.*;
class Board {
  private NoteRepository notes;
  List<Note> all() { return notes.findAll(); }
                          //^^^^^^^^^^^^^^^ NoteRepository.findAll, called in 3 places, sends one more query per distinct Writer for Note.writer and 1 more
  int count() { return notes.findAll().size(); }
                     //~~~~~~~~~~~~~~~ called here, too
}
//- src/Print.java
import java.util.*;
class Print {
  private NoteRepository notes;
  List<Note> all() { return notes.findAll(); }
                          //~~~~~~~~~~~~~~~ called here, too
  List<Note> some(List<Long> ids) { return notes.findAllById(ids); }
                                         //^^^^^^^^^^^^^^^^^^^^^^ NoteRepository.findAllById sends one more query per distinct Writer for Note.writer and 1 more
}
`,
    ),
    "two queries of one name": diary(
      `  List<Note> findByText(String text);
           //^^^^^^^^^^ 💡 NoteRepository.findByText and 1 more send one more query per distinct Writer for Note.writer and 1 more
  @Query("select n from Note n where n.text = :text and n.id > :after") List<Note> findByText(String text, Long after);
                                                                                 //~~~~~~~~~~ NoteRepository.findByText sends them, too`,
      `//- src/Notes.java
import java.util.*;
class Notes {
  private NoteRepository notes;
  List<Note> with(String text) { return notes.findByText(text); }
  List<Note> from(String text) { return notes.findByText(text, 7L); }
}
`,
    ),
    "those that are called, and none of the others": diary(
      `  List<Note> findByTextNot(String text);
  List<Note> findByText(String text);
           //^^^^^^^^^^ 💡 NoteRepository.findByText and 1 more send one more query per distinct Writer for Note.writer and 1 more
  List<Note> findByTextStartingWith(String text);
           //~~~~~~~~~~~~~~~~~~~~~~ NoteRepository.findByTextStartingWith sends them, too`,
      `//- src/Notes.java
import java.util.*;
class Notes {
  private NoteRepository notes;
  List<Note> with(String text) { return notes.findByText(text); }
  List<Note> from(String text) { return notes.findByTextStartingWith(text); }
}
`,
    ),
  },
  fixes: {
    "those that are called, and none of the others": `
//- src/NoteRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface NoteRepository extends JpaRepository<Note, Long> {
  List<Note> findByTextNot(String text);
  @EntityGraph(attributePaths = {"theme", "writer"})
  List<Note> findByText(String text);
  @EntityGraph(attributePaths = {"theme", "writer"})
  List<Note> findByTextStartingWith(String text);
}
`,
  },
  ignores: {
    "what is fetched with it": diary('  @EntityGraph(attributePaths = {"theme", "writer"}) List<Note> findByText(String text);'),
  },
});
