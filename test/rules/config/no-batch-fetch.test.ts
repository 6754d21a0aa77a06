import { noBatchFetch } from "../../../src/rules/config/no-batch-fetch.ts";
import { rule } from "../../harness/rule.ts";
import { pomIn, webAndJpa } from "./builds.ts";

const pharmacy = (properties: string, { fetch = "EAGER", graph = "", size = "" } = {}): string => `${webAndJpa}
//- src/main/resources/application.properties
${properties}
//- src/main/java/Drug.java
import jakarta.persistence.*;
import java.util.Set;
@Entity class Drug {
  @Id Long id;
  ${size} @OneToMany(mappedBy = "drug", fetch = FetchType.${fetch}) Set<Batch> batches;
}
//- src/main/java/Batch.java
import jakarta.persistence.*;
@Entity class Batch { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Drug drug; }
//- src/main/java/DrugRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.*;
interface DrugRepository extends JpaRepository<Drug, Long> {
  ${graph} List<Drug> findByName(String name);
  List<Drug> findByMaker(String maker);
  List<Drug> findByShelf(String shelf);
}
`;

rule(noBatchFetch, {
  reports: {
    "three queries that load a collection row by row": pharmacy(`  spring.application.name=pharmacy
# ^^^^^^^^^^^^^^^^^^^^^^^ 💡 default_batch_fetch_size is not set: 3 queries load associations row by row`),
  },
  ignores: {
    "queries of another application beside it": `${pharmacy("spring.jpa.properties.hibernate.default_batch_fetch_size=32")}
${pomIn("cart", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}//- cart/src/main/resources/application.properties
spring.application.name=cart
`,
    "the setting": pharmacy("spring.jpa.properties.hibernate.default_batch_fetch_size=32"),
    "a size on the collection": pharmacy("spring.application.name=pharmacy", { size: "@org.hibernate.annotations.BatchSize(size = 50)" }),
    "two queries, which want a fetch plan": pharmacy("spring.application.name=pharmacy", {
      graph: '@EntityGraph(attributePaths = "batches")',
    }),
    // boot-ui 601: no advice that nothing in the code asks for
    "lazy collections that no query is known to need": pharmacy("spring.application.name=pharmacy", { fetch: "LAZY" }),
  },
  fixes: {
    "three queries that load a collection row by row": `
//- src/main/resources/application.properties
  spring.application.name=pharmacy
spring.jpa.properties.hibernate.default_batch_fetch_size=16
`,
  },
});
