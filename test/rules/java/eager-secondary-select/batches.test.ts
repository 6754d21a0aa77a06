import { eagerSecondarySelect } from "../../../../src/rules/java/eager-secondary-select.ts";
import { rule } from "../../../harness/rule.ts";

const pom = (artifact: string) => `
//- pom.xml
<project><artifactId>kennel</artifactId><dependencies>
  <dependency><groupId>org.x</groupId><artifactId>${artifact}</artifactId><version>6.4.4</version></dependency>
</dependencies></project>
`;

const dog = (behind: string, imports = "") => `//- src/main/java/kennel/Dog.java
package kennel;

import jakarta.persistence.*;
import java.util.Set;
${imports}
@Entity
public class Dog {
    @Id
    private Long id;

    private String name;

    @ElementCollection(fetch = FetchType.EAGER)
${behind}    private Set<String> tricks;

    @ManyToOne
    private Breeder breeder;
}
`;

const breeder = (behind: string, imports = "") => `//- src/main/java/kennel/Breeder.java
package kennel;

import jakarta.persistence.*;
${imports}
@Entity
${behind}public class Breeder extends Numbered {
    private String name;
}
`;

const dogs = (above = "") => `//- src/main/java/kennel/Numbered.java
package kennel;
import jakarta.persistence.*;
${above || "@MappedSuperclass"} public class Numbered { @Id Long id; }
//- src/main/java/kennel/Dogs.java
package kennel;
import jakarta.persistence.*;
import java.util.List;
class Dogs {
  private EntityManager em;
  List<Dog> named(String name) {
    return em.createQuery("from Dog d where d.name = :name", Dog.class).setParameter("name", name)
        .getResultList();
`;
const CARETS = `       //^^^^^^^^^^^^^^^`;
const MESSAGE = "Dogs.named sends one more query per Dog for Dog.tricks and 1 more\n  }\n}\n";

rule(eagerSecondarySelect, {
  reports: {
    "a query of one's own in a project with Hibernate and without Spring Boot": `${pom("hibernate-core")}${dog("")}${breeder("")}${dogs()}${CARETS} 💡 ${MESSAGE}`,
    "a library of an application with Spring Boot": `
//- app/pom.xml
<project><artifactId>app</artifactId>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.4.0</version></parent>
  <dependencies><dependency><groupId>x</groupId><artifactId>kennels</artifactId></dependency></dependencies>
</project>
//- app/src/main/resources/application.properties
spring.application.name=kennels
//- app/src/main/java/app/App.java
package app;
import org.springframework.boot.autoconfigure.SpringBootApplication;
@SpringBootApplication public class App { public static void main(String[] args) { SpringApplication.run(App.class, args); } }
//- kennels/pom.xml
<project><artifactId>kennels</artifactId><dependencies>
  <dependency><groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId><version>6.4.4</version></dependency>
</dependencies></project>
${`${dog("")}${breeder("")}${dogs()}`.replaceAll("//- src", "//- kennels/src")}${CARETS} 💡 ${MESSAGE}`,
    "another provider": `${pom("eclipselink")}${dog("")}${breeder("")}${dogs()}${CARETS} ${MESSAGE}`,
    "a reference to rows of a class below another entity": `${pom("hibernate-core")}${dog("")}${breeder("")}${dogs("@Entity")}${CARETS} ${MESSAGE}`,
  },
  ignores: {
    "associations that have a batch size": `${pom("hibernate-core")}${dog("@BatchSize(size = 4) ")}${breeder("@BatchSize(size = 4)\n")}${dogs()}  }\n}\n`,
  },
  fixes: {
    "a library of an application with Spring Boot": `
//- app/src/main/resources/application.properties
spring.application.name=kennels
spring.jpa.properties.hibernate.default_batch_fetch_size=16
`,
    "a query of one's own in a project with Hibernate and without Spring Boot": `${dog("    @BatchSize(size = 16)\n", "import org.hibernate.annotations.BatchSize;\n")}${breeder("@BatchSize(size = 16)\n", "import org.hibernate.annotations.BatchSize;\n")}`,
  },
});
