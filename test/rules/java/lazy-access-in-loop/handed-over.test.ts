import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Loans of a library with a lazy reader and a lazy book, a service whose body is given, and what it hands loans to. */
const library = (body: string, more = ""): string => `
//- src/Loan.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Loan {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "reader_id") private Reader reader;
  @OneToMany(mappedBy = "loan") private List<Reminder> reminders;
  @Embedded private Terms terms;
  Long getId() { return id; }
  Reader getReader() { return reader; }
  List<Reminder> getReminders() { return reminders; }
  Terms getTerms() { return terms; }
}
//- src/Terms.java
@jakarta.persistence.Embeddable class Terms { int days; int getDays() { return days; } }
//- src/Reader.java
import jakarta.persistence.*;
@Entity class Reader { @Id Long id; String name; Long getId() { return id; } String getName() { return name; } }
//- src/Reminder.java
import jakarta.persistence.*;
@Entity class Reminder { @Id Long id; String text; @ManyToOne(fetch = FetchType.LAZY) Loan loan; String getText() { return text; } }
//- src/LoanRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface LoanRepository extends JpaRepository<Loan, Long> { List<Loan> findByDueDay(String day); }
//- src/Desk.java
import java.util.*;
import java.util.stream.*;
class Desk {
  private LoanRepository loans;
${body}
}
${more}`;

/** Handlers of a request that each look into its loan, and hand it on to whichever comes next: as many ways as 2 to their number. */
const handlers = (count: number): string => `
//- src/Handler.java
interface Handler { void handle(Loan loan); }
${Array.from(
  { length: count },
  (_, i) => `
//- src/Handler${i}.java
class Handler${i} implements Handler {
  private Handler next;
  public void handle(Loan loan) {
    if (loan.getReader().getName() == null) return;
    next.handle(loan);
  }
}`,
).join("")}
`;

rule(lazyAccessInLoop, {
  reports: {
    "a chain of handlers, whose ways double with each": library(
      `
  void check(String day, Handler first) {
    for (Loan loan : loans.findByDueDay(day)) first.handle(loan);
                                            //^^^^^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }`,
      handlers(30),
    ),
    "a reference handed over by a constructor that hands over to another one": library(
      `
  List<LoanDto> due(String day) {
    return loans.findByDueDay(day).stream().map(LoanDto::new).collect(Collectors.toList());
                                              //^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }`,
      `
//- src/LoanDto.java
class LoanDto {
  final Long id;
  final ReaderDto reader;
  LoanDto(Loan loan) { this(loan.getId(), new ReaderDto(loan.getReader())); }
                                        //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ LoanDto.LoanDto looks into reader
  LoanDto(Long id, ReaderDto reader) { this.id = id; this.reader = reader; }
}
//- src/ReaderDto.java
record ReaderDto(String name) {
  ReaderDto(Reader reader) { this(reader.getName()); }
                                //~~~~~~ ReaderDto.ReaderDto looks into reader
}`,
    ),
    "a function that a helper of the project runs for each": library(
      `
  List<String> due(String day) {
    return Lists.mapAll(loans.findByDueDay(day), loan -> loan.getReader().getName());
                                                       //^^^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }`,
      `
//- src/Lists.java
import java.util.*;
import java.util.function.Function;
class Lists {
  static <A, B> List<B> mapAll(Collection<A> all, Function<A, B> function) { return all.stream().map(function).toList(); }
}`,
    ),
    "a reference to the constructor of a type inside another": library(
      `
  List<Views.Line> due(String day) {
    return loans.findByDueDay(day).stream().map(Views.Line::new).toList();
                                              //^^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }`,
      `
//- src/Views.java
interface Views { record Line(String name) { Line(Loan loan) { this(loan.getReader().getName()); } } }`,
    ),
    "a reference to one of two methods, which the element tells apart": library(
      `
  private LineMapper mapper;
  List<String> due(String day) {
    return loans.findByDueDay(day).stream().map(mapper::toLine).toList();
                                              //^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }`,
      `
//- src/LineMapper.java
class LineMapper {
  String toLine(Loan loan) { return loan.getReader().getName(); }
  List<String> toLine(List<Loan> loans) { return null; }
}`,
    ),
    "a constructor that gives its parameter to another one of its class": library(
      `
  List<Card> due(String day) {
    List<Card> cards = new ArrayList<>();
    for (Loan loan : loans.findByDueDay(day)) cards.add(new Card(loan));
                                                      //^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
    return cards;
  }`,
      `
//- src/Card.java
class Card {
  final String name;
  Card(Loan loan) { this(loan, loan.getReader()); }
  Card(Loan loan, Reader reader) { this.name = reader.getName(); }
}`,
    ),
    "a superclass's constructor": library(
      `
  List<Card> due(String day) {
    return loans.findByDueDay(day).stream().map(loan -> new Card(loan)).toList();
                                                      //^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }`,
      `
//- src/Card.java
class Card extends Sheet { Card(Loan loan) { super(loan.getReader()); } }
//- src/Sheet.java
class Sheet { final String name; Sheet(Reader reader) { name = reader.getName(); } }`,
    ),
    "a collection handed to a mapper": library(`
  List<String> texts(String day) {
    return loans.findByDueDay(day).stream().map(loan -> joined(loan.getReminders())).toList();
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Loan.reminders is loaded per element of LoanRepository.findByDueDay
  }
  String joined(List<Reminder> reminders) { return reminders.stream().map(Reminder::getText).collect(Collectors.joining()); }`),
    "a list of references handed to a mapper": library(`
  List<String> names(String day) {
    List<Reader> readers = loans.findByDueDay(day).stream().map(Loan::getReader).toList();
    return namesOf(readers);
         //^^^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }
  List<String> namesOf(List<Reader> readers) { return readers.stream().map(Reader::getName).toList(); }`),
    "a step of a builder, whose constructor reads": library(
      `
  List<Card> due(String day) {
    return loans.findByDueDay(day).stream().map(loan -> Card.builder().id(loan.getId()).reader(loan.getReader()).build()).toList();
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Loan.reader is loaded per element of LoanRepository.findByDueDay
  }`,
      `
//- src/Card.java
import lombok.Builder;
class Card {
  final Long id;
  final String name;
  @Builder Card(Long id, Reader reader) { this.id = id; this.name = reader.getName(); }
}`,
    ),
  },
  ignores: {
    "a function that a helper of the project runs once": library(
      `
  List<String> due(String day) {
    return Lists.with(loans.findByDueDay(day), all -> List.of());
  }
  String first(Long id) {
    return Lists.with(loans.findById(id).orElseThrow(), loan -> loan.getReader().getName());
  }`,
      `
//- src/Lists.java
import java.util.function.Function;
class Lists {
  static <A, B> B with(A one, Function<A, B> function) { return function.apply(one); }
}`,
    ),
    "of what is handed over only the key is read": library(`
  List<Long> ids(String day) { return loans.findByDueDay(day).stream().map(loan -> idOf(loan.getReader())).toList(); }
  Long idOf(Reader reader) { return reader == null ? null : reader.getId(); }`),
    "of a list of references only the length is read": library(`
  int count(String day) { return sizeOf(loans.findByDueDay(day).stream().map(Loan::getReader).toList()); }
  int sizeOf(List<Reader> readers) { return readers.size(); }`),
    "a builder that keeps what it is given": library(
      `
  List<Card> due(String day) {
    return loans.findByDueDay(day).stream().map(loan -> Card.builder().reader(loan.getReader()).build()).toList();
  }`,
      `
//- src/Card.java
import lombok.Builder;
@Builder class Card { final Reader reader; }`,
    ),
    "what is embedded comes with its row": library(`
  List<Integer> days(String day) { return loans.findByDueDay(day).stream().map(loan -> daysOf(loan.getTerms())).toList(); }
  int daysOf(Terms terms) { return terms.getDays(); }`),
    "elements of the query itself, handed over": library(`
  List<Long> ids(String day) { return loans.findByDueDay(day).stream().map(loan -> daysOf(loan)).toList(); }
  Long daysOf(Loan loan) { return loan.getId() + loan.getTerms().getDays(); }`),
  },
});
