import { jdbcBatch } from "../../../src/rules/config/jdbc-batch.ts";
import { rule } from "../../harness/rule.ts";

const zoo = (settings: string, call = "animals.saveAll(all);", strategy = "SEQUENCE"): string => `
//- pom.xml
<project><artifactId>zoo</artifactId>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies>
<build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>
//- src/main/resources/application.yml
${settings}
//- src/main/java/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity
class Animal { @Id @GeneratedValue(strategy = GenerationType.${strategy}) Long id; }
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

rule(jdbcBatch, {
  reports: {
    "saveAll without batches": zoo(`spring:
  jpa:
//^^^ 💡 hibernate.jdbc.batch_size is not set: AnimalRepository.saveAll sends row by row
    open-in-view: false`),
    // ONSdigital/ssdc-rm-caseprocessor: each row of a queue is deleted when it has been worked off
    "a loop that deletes in one transaction": zoo(
      `spring:
  jpa:
//^^^ 💡 hibernate.jdbc.batch_size is not set: AnimalRepository.delete in a loop sends row by row
    open-in-view: false`,
      "for (Animal animal : all) { feed(animal); animals.delete(animal); }",
      "IDENTITY",
    ).replace("  void store", "  @org.springframework.transaction.annotation.Transactional void store"),
  },
  ignores: {
    "a loop that deletes in a transaction for each": zoo(
      "spring:\n  jpa:\n    open-in-view: false",
      "for (Animal animal : all) animals.delete(animal);",
    ),
    "batches that code sets": `${zoo("spring:\n  jpa:\n    open-in-view: false")}
//- src/main/java/zoo/Batches.java
package zoo;
import org.springframework.boot.autoconfigure.orm.jpa.HibernatePropertiesCustomizer;
class Batches { HibernatePropertiesCustomizer batches() { return settings -> settings.put("hibernate.jdbc.batch_size", 50); } }
`,
    batches: zoo("spring:\n  jpa:\n    properties:\n      hibernate:\n        jdbc:\n          batch_size: 30"),
    "batches, with the key in one piece": zoo("spring:\n  jpa:\n    properties:\n      hibernate.jdbc.batch_size: 30"),
    "no bulk writes": zoo("spring:\n  jpa:\n    open-in-view: false", "animals.save(all.get(0));"),
    "keys that the column makes, which cannot be batched": zoo(
      "spring:\n  jpa:\n    open-in-view: false",
      "animals.saveAll(all);",
      "IDENTITY",
    ),
  },
  fixes: {
    "saveAll without batches": `
//- src/main/resources/application.yml
spring:
  jpa:
    open-in-view: false
    properties:
      hibernate:
        jdbc:
          batch_size: 50
`,
  },
});
