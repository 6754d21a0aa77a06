import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { pom } from "../../config/builds.ts";

/** Stalls by their keys, and what the loop does with each; `more` stands in the stall. */
const market = (look: string, more = ""): string => `
//- src/main/java/fair/Stall.java
package fair;
import jakarta.persistence.*;
import java.util.*;
@Entity
public class Stall {
  @Id private Long id;
  private String name;
  @OneToMany(mappedBy = "stall") private List<Good> goods;
  @ManyToOne(fetch = FetchType.LAZY) private Keeper keeper;
${more}
  public Long getId() { return id; }
  public String getName() { return name; }
  public List<Good> getGoods() { return goods; }
  public Keeper getKeeper() { return keeper; }
}
//- src/main/java/fair/Good.java
package fair;
import jakarta.persistence.*;
@Entity
public class Good { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Stall stall; }
//- src/main/java/fair/Keeper.java
package fair;
import jakarta.persistence.*;
@Entity
public class Keeper { @Id Long id; private String name; public String getName() { return name; } }
//- src/main/java/fair/StallRepository.java
package fair;
import org.springframework.data.jpa.repository.JpaRepository;
public interface StallRepository extends JpaRepository<Stall, Long> {}
//- src/main/java/fair/Market.java
package fair;

import java.util.List;

class Market {
    private StallRepository stalls;

    void open(List<Long> ids) {
        for (Long id : ids) {
            Stall stall = stalls.findById(id).orElseThrow();
                        //^^^^^^^^^^^^^^^^^^^ 💡 StallRepository.findById runs once per element of ids
            ${look}
        }
    }
}
`;

const opened = (look: string): string => `
//- src/main/java/fair/Market.java
package fair;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

class Market {
    private StallRepository stalls;

    void open(List<Long> ids) {
        Map<Long, Stall> stallsById = stalls.findAllById(ids).stream()
                .collect(Collectors.toMap(Stall::getId, Function.identity()));
        for (Long id : ids) {
            Stall stall = Optional.ofNullable(stallsById.get(id)).orElseThrow();
            ${look}
        }
    }
}
`;

const GOODS = "System.out.println(stall.getGoods().size());";
const BOTH = "System.out.println(stall.getKeeper().getName() + stall.getGoods().size());";
const NAME = "System.out.println(stall.getName());";

const batches = `${pom("spring-boot-starter-data-jpa")}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.default_batch_fetch_size=16`;

rule(queryInLoop, {
  reports: {
    // ita-social-projects/GreenCity
    "a row whose lazy collection the round looks into": market(GOODS),
    "a row of which the round looks into two associations": market(BOTH),
    "a row of which the round looks into no association": market(NAME),
    "a row whose lazy collection comes in batches": `${batches}${market(GOODS)}`,
  },
  ignores: {},
  fixes: {
    "a row whose lazy collection the round looks into": {
      "Load all with findAllById before the loop; goods stays a query each": opened(GOODS),
    },
    "a row of which the round looks into two associations": {
      "Load all with findAllById before the loop; 2 associations stay a query each": opened(BOTH),
    },
    "a row of which the round looks into no association": { "Load all with findAllById before the loop": opened(NAME) },
    "a row whose lazy collection comes in batches": { "Load all with findAllById before the loop": opened(GOODS) },
  },
});
