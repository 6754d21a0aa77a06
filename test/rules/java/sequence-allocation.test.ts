import assert from "node:assert/strict";
import { sequenceAllocation } from "../../../src/rules/java/sequence-allocation.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const animal = (annotations: string): string => `
//- src/main/java/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity
class Animal {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "animals")
  ${annotations}
  Long id;
}
`;

const migrated = (sql: string, annotations: string, more = ""): string => `${animal(annotations)}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE animal (id bigint PRIMARY KEY);
${sql}
${more}`;

/** A key without a generator, under some version of Spring Boot. */
const ungenerated = (key: string, sequence: string, boot = "3.4.1", more = ""): string => `
//- pom.xml
<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${boot}</version></parent></project>
//- src/main/java/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity @Table(name = "animals")
class Animal {
  @Id
  ${key}
}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE animals (id bigint PRIMARY KEY);
${sequence}
${more}`;
const AUTO = "@GeneratedValue";
const SEQUENCE = "@GeneratedValue(strategy = GenerationType.SEQUENCE)";

const sized = (size: number | string): string =>
  `@SequenceGenerator(name = "animals", sequenceName = "animal_seq", allocationSize = ${size})`;
const DEFAULT = '@SequenceGenerator(name = "animals", sequenceName = "animal_seq")';
const ONE = sized(1);
const under = (annotation: string): string => `//${"^".repeat(annotation.length)}`;

rule(sequenceAllocation, {
  reports: {
    "no generator, and the table's own sequence counts by one": ungenerated(
      `${AUTO} Long id;\n//${"^".repeat(AUTO.length)} 💡 Animal takes 50 keys at a time from a sequence that counts by 1`,
      `  CREATE SEQUENCE animals_seq;\n--${"~".repeat(27)} related`,
    ),
    "one key at a time": animal(`${ONE}
${under(ONE)} animal_seq asks its sequence for one key at a time`),
    "one key at a time, from a sequence that counts by one": migrated(
      "CREATE SEQUENCE animal_seq;",
      `${ONE}
${under(ONE)} 💡 animal_seq asks its sequence for one key at a time`,
    ),
    "one key at a time, from a sequence that counts by fifty": migrated(
      "CREATE SEQUENCE animal_seq INCREMENT BY 50;",
      `${ONE}
${under(ONE)} 💡 animal_seq asks for one key at a time and uses one of 50`,
    ),
    // Which of the two the application counts by, only those who run it know.
    "one key at a time, and an archive of other migrations has such a sequence, too": `${animal(`${ONE}
${under(ONE)} animal_seq asks its sequence for one key at a time`)}
//- src/main/resources/db/zoo/V1__init.sql
CREATE TABLE animal (id bigint PRIMARY KEY);
CREATE SEQUENCE animal_seq;
//- src/main/resources/db/archive/V1__init.sql
CREATE TABLE animal (id bigint PRIMARY KEY);
CREATE SEQUENCE archive.animal_seq;
`,
    // pagopa/pagopa-debt-position: folders beside each other, each for a database of its own
    "one key at a time, and a folder beside makes such a sequence, too": `${animal(`${ONE}
${under(ONE)} animal_seq asks its sequence for one key at a time`)}
//- src/main/resources/db/migration/zoo/V1__init.sql
CREATE TABLE animal (id bigint PRIMARY KEY);
CREATE SEQUENCE animal_seq;
//- src/main/resources/db/migration/zoo/V2__more.sql
ALTER TABLE animal ADD COLUMN name text;
//- src/main/resources/db/migration/farm/V1__init.sql
CREATE TABLE farm.animal (id bigint PRIMARY KEY);
CREATE SEQUENCE farm.animal_seq;
`,
    "the sequence begins behind rows that a migration inserts": migrated(
      "CREATE SEQUENCE animal_seq START WITH 100 INCREMENT BY 50;",
      `${ONE}
${under(ONE)} animal_seq asks for one key at a time and uses one of 50`,
    ),
    "the size is a constant": migrated(
      "CREATE SEQUENCE animal_seq INCREMENT BY 50;",
      `static final int SIZE = 1;
  ${sized("SIZE")}
${under(sized("SIZE"))} 💡 animal_seq asks for one key at a time and uses one of 50`,
    ),
    "fifty keys from a sequence that counts by one": migrated(
      "CREATE SEQUENCE animal_seq START 1;",
      `${DEFAULT}
${under(DEFAULT)} 💡 animal_seq takes 50 keys at a time from a sequence that counts by 1`,
    ),
    "fifty keys from a sequence that a later migration lets count by a hundred": migrated(
      "CREATE SEQUENCE animal_seq INCREMENT BY 50;",
      `${sized(50)}
${under(sized(50))} 💡 animal_seq takes 50 keys at a time from a sequence that counts by 100`,
      `//- src/main/resources/db/migration/V2__more.sql
ALTER SEQUENCE animal_seq INCREMENT BY 100;
`,
    ),
  },
  ignores: {
    "sequences of one name in two schemas of a database": `${animal(DEFAULT)}
//- src/main/resources/db/migration/V1__init.sql
CREATE SEQUENCE zoo.animal_seq INCREMENT BY 50;
CREATE SEQUENCE farm.animal_seq;
`,
    "sequences of one name that count in different steps": `${animal(DEFAULT)}
//- src/main/resources/db/migration/zoo/V1__init.sql
CREATE TABLE animal (id bigint PRIMARY KEY);
CREATE SEQUENCE animal_seq INCREMENT BY 50;
//- src/main/resources/db/migration/farm/V1__init.sql
CREATE TABLE farm.animal (id bigint PRIMARY KEY);
CREATE SEQUENCE farm.animal_seq;
`,
    "no generator, a sequence that counts by fifty": ungenerated(`${SEQUENCE} Long id;`, "CREATE SEQUENCE animals_seq INCREMENT BY 50;"),
    "no generator, before Hibernate 6": ungenerated(`${AUTO} Long id;`, "CREATE SEQUENCE animals_seq;", "2.7.18"),
    "no generator, for a UUID": ungenerated(`${AUTO} UUID id;`, "CREATE SEQUENCE animals_seq;"),
    "no generator, a column that counts": ungenerated(
      "@GeneratedValue(strategy = GenerationType.IDENTITY) Long id;",
      "CREATE SEQUENCE animals_seq;",
    ),
    "no generator, one sequence for all": ungenerated(
      `${AUTO} Long id;`,
      "CREATE SEQUENCE animals_seq;",
      "3.4.1",
      "//- src/main/resources/application.properties\nspring.jpa.properties.hibernate.id.db_structure_naming_strategy=single\n",
    ),
    // Seen on hmcts/darts-api: types of retention policies.
    "keys of kinds, one at a time": `
//- src/main/java/zoo/AnimalType.java
package zoo;
import jakarta.persistence.*;
@Entity
class AnimalType {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "animals")
  ${ONE}
  Long id;
}
`,
    "fifty keys at a time": animal(sized(50)),
    "the default, which is fifty": animal(DEFAULT),
    "a sequence that counts by fifty, too": migrated("CREATE SEQUENCE animal_seq INCREMENT BY 50;", DEFAULT),
    "a sequence that a later migration lets count by fifty": migrated(
      "CREATE SEQUENCE animal_seq;",
      DEFAULT,
      `//- src/main/resources/db/migration/V2__more.sql
ALTER SEQUENCE animal_seq INCREMENT 50;
`,
    ),
    "nobody knows in what steps the sequence counts": migrated("CREATE SEQUENCE animal_seq INCREMENT BY 9999999999;", DEFAULT),
    // In openvsx a block makes the sequence where it is missing, and changes its steps where it is there.
    "a sequence that a block makes": migrated(
      "DO $$ BEGIN IF true THEN CREATE SEQUENCE animal_seq INCREMENT 50; ELSE ALTER SEQUENCE animal_seq INCREMENT 50; END IF; END $$;",
      DEFAULT,
    ),
    // ORCID-Source at ec5f999966, whose Hibernate 4 is named by a parent elsewhere
    "Hibernate of an unknown version, maybe one that multiplies": migrated("CREATE SEQUENCE animal_seq;", DEFAULT).replace(
      "jakarta.persistence",
      "javax.persistence",
    ),
    "Hibernate 4, which multiplies": `
//- pom.xml
<project><dependencies><dependency><groupId>org.hibernate</groupId><artifactId>hibernate-core</artifactId><version>4.3.11.Final</version></dependency></dependencies></project>
${migrated("CREATE SEQUENCE animal_seq;", DEFAULT)}`,
    "a generator that no key uses": migrated(
      "CREATE SEQUENCE animal_seq;",
      '@SequenceGenerator(name = "others", sequenceName = "animal_seq")',
    ),
    "Hibernate goes by the sequence's own steps": migrated(
      "CREATE SEQUENCE animal_seq;",
      DEFAULT,
      `//- src/main/resources/application.properties
spring.jpa.properties.hibernate.id.sequence.increment_size_mismatch_strategy=fix
`,
    ),
    "the old generators, which multiply": migrated(
      "CREATE SEQUENCE animal_seq;",
      DEFAULT,
      `//- src/main/resources/application.properties
spring.jpa.hibernate.use-new-id-generator-mappings=false
`,
    ),
    "a class that is no entity": `
//- src/zoo/Cage.java
package zoo;
import jakarta.persistence.*;
class Cage { @SequenceGenerator(name = "cages", allocationSize = 1) Long id; }
`,
  },
  fixes: {
    "no generator, and the table's own sequence counts by one": `
//- src/main/resources/db/migration/V2__count_animals_seq_by_50.sql
ALTER SEQUENCE animals_seq INCREMENT BY 50;
SELECT nextval('animals_seq');
`,
    "one key at a time, from a sequence that counts by one": `${animal(sized(50))}
//- src/main/resources/db/migration/V2__count_animal_seq_by_50.sql
ALTER SEQUENCE animal_seq INCREMENT BY 50;
SELECT nextval('animal_seq');
`,
    "one key at a time, from a sequence that counts by fifty": animal(sized(50)),
    "fifty keys from a sequence that counts by one": `
//- src/main/resources/db/migration/V2__count_animal_seq_by_50.sql
ALTER SEQUENCE animal_seq INCREMENT BY 50;
SELECT nextval('animal_seq');
`,
    "fifty keys from a sequence that a later migration lets count by a hundred": animal(sized(100)),
  },
});

describe("the weight of one key at a time", () => {
  const severityOf = async (more: string): Promise<string | undefined> => {
    const checked = new TestWorkspace([sequenceAllocation]);
    await checked.put(parseFixture(`${animal(ONE)}${more}`).files);
    return checked.findings()[0]?.severity;
  };
  const service = (body: string): string => `
//- src/main/java/zoo/Animals.java
package zoo;
import org.springframework.data.jpa.repository.JpaRepository;
interface Animals extends JpaRepository<Animal, Long> {}
//- src/main/java/zoo/Census.java
package zoo;
import java.util.*;
class Census {
  private final Animals animals;
  Census(Animals animals) { this.animals = animals; }
  ${body}
}
`;

  it("is an information where many new rows are saved at once", async () => {
    const many = "void count(List<String> names) { animals.saveAll(names.stream().map(name -> new Animal()).toList()); }";
    assert.equal(await severityOf(service(many)), "information");
  });

  it("is a hint where rows are saved alone, or those that were there before", async () => {
    assert.equal(await severityOf(service("void born() { animals.save(new Animal()); }")), "hint");
    assert.equal(await severityOf(service("void touch(List<Animal> known) { animals.saveAll(known); }")), "hint");
  });

  // fact-api makes models of the same name while it saves other rows.
  it("is a hint where another class of the same name is made while rows are saved", async () => {
    const model = `
//- src/main/java/zoo/model/Animal.java
package zoo.model;
public class Animal {}
`;
    const many = "void count(List<String> names) { animals.saveAll(List.of()); names.forEach(name -> new Animal()); }";
    assert.equal(await severityOf(`${service(many)}${model}`), "information");
    const named = service(many).replace("import java.util.*;", "import java.util.*;\nimport zoo.model.Animal;\nimport zoo.Animals;");
    assert.equal(await severityOf(`${named.replace("package zoo;\nimport java", "package zoo.census;\nimport java")}${model}`), "hint");
  });
});
