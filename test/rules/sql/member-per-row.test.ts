import { memberPerRow } from "../../../src/rules/sql/member-per-row.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "../config/builds.ts";

const guides = (methods: string, more = "") => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE guides (id bigint PRIMARY KEY, city text NOT NULL, retired boolean NOT NULL);
CREATE TABLE guide_languages (guide_id bigint NOT NULL REFERENCES guides (id), spoken varchar(20) NOT NULL, PRIMARY KEY (guide_id, spoken));
CREATE INDEX guide_languages_spoken ON guide_languages (spoken);
${more}
//- src/main/java/tours/Guide.java
package tours;
@Entity @Table(name = "guides")
class Guide {
  @Id Long id;
  String city;
  boolean retired;
  @ElementCollection @CollectionTable(name = "guide_languages", joinColumns = @JoinColumn(name = "guide_id")) @Column(name = "spoken")
  Set<String> languages;
}
//- src/main/java/tours/Guides.java
package tours;
interface Guides extends JpaRepository<Guide, Long> {
${methods}
}
`;

const fixed = (query: string) => `
//- src/main/java/tours/Guides.java
package tours;
interface Guides extends JpaRepository<Guide, Long> {
  @Query("select g from Guide ${query}")
  List<Guide> speaking(String language);
}
`;

rule(memberPerRow, {
  reports: {
    "a version of Hibernate that sends a subquery": guides(
      `  @Query("select g from Guide g where :language member of g.languages")
  List<Guide> speaking(String language);
            //^^^^^^^^ 💡 speaking looks through languages of each row of guides for one value`,
      webAndJpa,
    ),
    "a value in the collection of each row": guides(`  @Query("select g from Guide g where :language member of g.languages")
  List<Guide> speaking(String language);
            //^^^^^^^^ 💡 speaking looks through languages of each row of guides for one value`),
    "beside a flag": guides(`  @Query("select g from Guide g where g.retired = false and ?1 MEMBER g.languages")
  List<Guide> speaking(String language);
            //^^^^^^^^ 💡 speaking looks through languages of each row of guides for one value`),
    "a name that means it": guides(`  List<Guide> findByLanguagesContaining(String language);
            //^^^^^^^^^^^^^^^^^^^^^^^^^ findByLanguagesContaining looks through languages of each row of guides for one value`),
  },
  ignores: {
    "a version of Hibernate that sends EXISTS by itself": guides(
      `  @Query("select g from Guide g where :language member of g.languages")
  List<Guide> speaking(String language);`,
      webAndJpa.replace("3.5.6", "3.5.10"),
    ),
    "of one row": guides(`  @Query("select g from Guide g where g.id = :id and :language member of g.languages")
  Optional<Guide> speaking(Long id, String language);`),
    "of the few rows that an index finds": guides(
      `  @Query("select g from Guide g where g.city = :city and :language member of g.languages")
  List<Guide> speaking(String city, String language);`,
      "CREATE INDEX guides_city ON guides (city);",
    ),
    "of the rows that another condition picks":
      guides(`  @Query("select g from Guide g where g.city = :city and :language member of g.languages")
  List<Guide> speaking(String city, String language);`),
    "rows without the value": guides(`  @Query("select g from Guide g where :language not member of g.languages")
  List<Guide> silent(String language);
  List<Guide> findByLanguagesNotContaining(String language);`),
    "a join that begins with the value": guides(`  @Query("select g from Guide g join g.languages l where l = :language")
  List<Guide> speaking(String language);
  List<Guide> findByLanguages(String language);`),
    "one of two alternatives": guides(`  @Query("select g from Guide g where g.id = :id or :language member of g.languages")
  List<Guide> either(Long id, String language);`),
  },
  fixes: {
    "a value in the collection of each row": fixed(`g where exists (select 1 from g.languages l where l = :language)`),
    "beside a flag": fixed(`g where g.retired = false and EXISTS (SELECT 1 FROM g.languages l WHERE l = ?1)`),
  },
});
