import { identityBlocksBatching } from "../../../src/rules/java/identity-blocks-batching.ts";
import { rule } from "../../harness/rule.ts";

const zoo = (strategy: string, call: string, driver = "postgresql"): string => `
//- pom.xml
<project><artifactId>zoo</artifactId><dependencies><dependency><groupId>db</groupId><artifactId>${driver}</artifactId></dependency></dependencies></project>
//- src/main/java/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity
class Animal {
  @Id
  @GeneratedValue(strategy = GenerationType.${strategy})
MARK
  Long id;
}
//- src/main/java/zoo/AnimalRepository.java
package zoo;
interface AnimalRepository extends org.springframework.data.jpa.repository.JpaRepository<Animal, Long> {}
//- src/main/java/zoo/Animals.java
package zoo;
class Animals {
  private AnimalRepository animals;
  void store(java.util.List<Animal> all) { ${call} }
}
`;

rule(identityBlocksBatching, {
  reports: {
    "keys of the column for an entity that is saved in bulk": zoo("IDENTITY", "animals.saveAll(all);").replace(
      "MARK",
      "//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Animal has IDENTITY keys, so AnimalRepository.saveAll inserts row by row",
    ),
  },
  ignores: {
    "a sequence": zoo("SEQUENCE", "animals.saveAll(all);").replace("MARK", ""),
    "an entity that is saved one at a time": zoo("IDENTITY", "animals.save(all.get(0));").replace("MARK", ""),
    "MySQL, which has no sequences": zoo("IDENTITY", "animals.saveAll(all);", "mysql-connector-j").replace("MARK", ""),
  },
});
