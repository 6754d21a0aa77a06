import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Letters that are late by a number of days, which a row of settings says. */
const letters = (late: string, { annotation = "@Transactional(readOnly = true)", more = "" } = {}): string => `
//- src/Setting.java
import jakarta.persistence.*;
@Entity class Setting { @Id String id; int days; int getDays() { return days; } }
//- src/Letter.java
import jakarta.persistence.*;
@Entity class Letter { @Id Long id; int age; String kind; int getAge() { return age; } String getKind() { return kind; } }
//- src/Settings.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface Settings extends JpaRepository<Setting, String> { Optional<Setting> findByDays(int days); }
//- src/Letters.java
import org.springframework.data.jpa.repository.*;
interface Letters extends JpaRepository<Letter, Long> { }
//- src/Urgency.java
import org.springframework.stereotype.Service;
@Service
class Urgency {
  static final String OVERDUE = "overdue";
  private Settings settings;
  private jakarta.persistence.EntityManager em;
  boolean isLate(Letter letter) { ${late} }
  private int limit() { return settings.findById(OVERDUE).orElseThrow().getDays(); }
}
//- src/Desk.java
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
@Service
class Desk {
  private Letters letters;
  private Urgency urgency;
  ${annotation}
  public long late() {
    long count = 0;
    for (Letter letter : letters.findAll()) if (urgency.isLate(letter)) count++;
${more}
    return count;
  }
}
`;

const MARK = `                                              //^^^^^^^^^^^^^^^^^^^^^^ isLate runs`;

rule(queryInLoop, {
  reports: {
    "a row by a constant key, where no session is kept": letters(
      "return letter.getAge() > settings.findById(OVERDUE).orElseThrow().getDays();",
      {
        annotation: "",
        more: `${MARK} Settings.findById once per element of letters.findAll()`,
      },
    ),
    "a row by what the element says": letters("return letter.getAge() > settings.findById(letter.getKind()).orElseThrow().getDays();", {
      more: `${MARK} Settings.findById once per element of letters.findAll()`,
    }),
    "a row by a local variable": letters("String key = letter.getKind(); return settings.findById(key).isPresent();", {
      more: `${MARK} Settings.findById once per element of letters.findAll()`,
    }),
    "a query besides": letters("return letter.getAge() > limit() && settings.findByDays(letter.getAge()).isPresent();", {
      more: `${MARK} Settings.findByDays once per element of letters.findAll()`,
    }),
    "a constant that a query asks for, which no session answers": letters("return settings.findByDays(Limits.MOST).isPresent();", {
      more: `${MARK} Settings.findByDays once per element of letters.findAll()`,
    }),
    "a session that is cleared on the way": letters("boolean late = letter.getAge() > limit(); em.clear(); return late;", {
      more: `${MARK} Settings.findById once per element of letters.findAll()`,
    }),
  },
  ignores: {
    "a row by a constant key, in one transaction": letters("return letter.getAge() > settings.findById(OVERDUE).orElseThrow().getDays();"),
    "the same one call further": letters("return letter.getAge() > limit();"),
    "a row by the key of an enum constant": letters("return settings.findById(Kind.LATE.getKey()).isPresent();"),
    "a row by a key that is written there": letters('return em.find(Setting.class, "overdue").getDays() < letter.getAge();'),
  },
});
