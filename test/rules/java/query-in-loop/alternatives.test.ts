import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A service that asks one of several queries for what it is given. */
const settings = (body: string, loop: string): string => `
//- src/shop/Setting.java
package shop;
import jakarta.persistence.*;
@Entity
public class Setting { @Id private Long id; private String area; private Long shop; }
//- src/shop/SettingRepository.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
public interface SettingRepository extends JpaRepository<Setting, Long> {
  List<Setting> findByArea(String area);
  List<Setting> findByShop(Long shop);
}
//- src/shop/Settings.java
package shop;
import java.util.*;
class Settings {
  private SettingRepository settings;
  List<Setting> of(Optional<Long> shop, String area, int level) { ${body} }
}
//- src/shop/Board.java
package shop;
import java.util.*;
class Board {
  private Settings settings;
  void show(List<String> areas) {
    ${loop}
  }
}
`;

const LOOP = (query: string): string => `for (String area : areas) settings.of(Optional.empty(), area, 1);
                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ of runs SettingRepository.${query} once per element of areas`;

rule(queryInLoop, {
  reports: {
    // alf.io looks settings up at one of four levels.
    "one of several queries, by the cases of a switch": settings(
      "return switch (level) { case 1 -> settings.findByArea(area); default -> settings.findByShop(shop.get()); };",
      LOOP("findByArea or another query"),
    ),
    "one of two, by the branches of an if": settings(
      "if (level == 1) return settings.findByArea(area); else return settings.findByShop(shop.get());",
      LOOP("findByArea or another query"),
    ),
    "one of two, by whether there is a value": settings(
      "return shop.map(id -> settings.findByShop(id)).orElseGet(() -> settings.findByArea(area));",
      LOOP("findByShop or another query"),
    ),
    "two queries, one behind the other": settings(
      "settings.findByArea(area); return settings.findByShop(shop.get());",
      LOOP("findByArea, and 1 more run,"),
    ),
    // gakkaweo asks for the one account, and only then for the other.
    "one more query where the first has found nothing": settings(
      "return settings.findByArea(area).stream().findFirst().map(List::of).orElseGet(() -> settings.findByShop(shop.get()));",
      LOOP("findByArea"),
    ),
    "a query that the condition asks": settings(
      "if (settings.findByArea(area).isEmpty()) return List.of(); return settings.findByShop(shop.get());",
      LOOP("findByArea"),
    ),
  },
  ignores: {},
});
