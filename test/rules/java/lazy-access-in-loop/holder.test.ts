import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Letters with a lazy sender, classes that hold letters, and a service whose body is given. */
const post = (body: string, more = ""): string => `
//- src/Letter.java
import jakarta.persistence.*;
@Entity class Letter {
  @Id Long id;
  int grams;
  @ManyToOne(fetch = FetchType.LAZY) private Sender sender;
  Sender getSender() { return sender; }
}
//- src/Sender.java
import jakarta.persistence.*;
@Entity class Sender { @Id Long id; String town; Long getId() { return id; } String getTown() { return town; } }
//- src/LetterRepository.java
import java.util.*;
interface LetterRepository extends org.springframework.data.jpa.repository.JpaRepository<Letter, Long> {
  List<Letter> findByDay(String day);
}
//- src/Sack.java
import java.util.*;
record Sack(String day, List<Letter> letters) {
  List<Letter> heavy() { return letters.subList(0, 10); }
  List<String> towns() { return letters.stream().map(letter -> letter.getSender().getTown()).toList(); }
}
//- src/Letters.java
import java.util.*;
class Letters {
  private final List<Letter> values;
  private final int limit;
  Letters(int limit, List<Letter> values) {
    this.limit = limit;
    this.values = new ArrayList<>(values);
  }
  static Letters of(List<Letter> values) { return new Letters(10, values); }
  List<Letter> getValues() { return values; }
  int weight() { int sum = 0; for (Letter letter : values) sum += letter.grams; return sum; }
}
//- src/Office.java
import java.util.*;
class Office {
  private LetterRepository letters;
${body}
  private void print(String text) {}
}
${more}`;

const LOADED = "💡 Letter.sender is loaded per element of LetterRepository.findByDay";

rule(lazyAccessInLoop, {
  reports: {
    "the component of a record": post(`
  void all(String day) {
    Sack sack = new Sack(day, letters.findByDay(day));
    for (Letter letter : sack.letters()) print(letter.getSender().getTown());
                                             //^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a part of the component": post(`
  void all(String day) {
    for (Letter letter : sack(day).heavy()) print(letter.getSender().getTown());
                                                //^^^^^^^^^^^^^^^^^^ ${LOADED}
  }
  private Sack sack(String day) { return new Sack(day, letters.findByDay(day)); }`),
    "what the record's own method looks into": post(`
  List<String> all(String day) { return new Sack(day, letters.findByDay(day)).towns(); }
                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${LOADED}
  `),
    "a list with a class of its own, made by a method": post(`
  void all(String day) {
    Letters found = Letters.of(letters.findByDay(day));
    found.getValues().forEach(letter -> print(letter.getSender().getTown()));
                                            //^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a class with Lombok's constructor and getters": post(
      `
  void all(String day) {
    Bag bag = new Bag(letters.findByDay(day), day);
    for (Letter letter : bag.getLetters()) print(letter.getSender().getTown());
                                               //^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`,
      `//- src/Bag.java
import java.util.List;
import lombok.*;
@Getter @RequiredArgsConstructor class Bag {
  static final int MOST = 3;
  private final List<Letter> letters;
  private final String day;
}`,
    ),
  },
  ignores: {
    "a class that looks into columns only": post(`
  int all(String day) { return Letters.of(letters.findByDay(day)).weight(); }`),
    "keys, which proxies know": post(`
  void all(String day) {
    for (Letter letter : new Sack(day, letters.findByDay(day)).letters()) print("" + letter.getSender().getId());
  }`),
    "a class that is given nothing that a query brings": post(`
  List<String> all(String day, List<Letter> given) {
    letters.findByDay(day);
    return new Sack(day, given).towns();
  }`),
  },
});
