import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";

const TABLES = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE parcels (id bigint PRIMARY KEY, label varchar(40) NOT NULL, depot varchar(40), sent_at timestamptz);
//- src/main/java/post/Parcel.java
package post;
import jakarta.persistence.*;
@Entity @Table(name = "parcels") class Parcel { @Id Long id; String label; String depot; @Column(name = "sent_at") Instant sentAt; }
`;
const DECLARED = `
//- src/main/java/post/ParcelQueries.java
package post;
interface ParcelQueries extends JpaRepository<Parcel, Long> {
  @Query("select p from Parcel p where p.label = :label")
  List<Parcel> labelled(String label);`;
const WRITTEN = (where: string, mark = ""): string => `
//- src/main/java/post/ParcelQueriesImpl.java
package post;
class ParcelQueriesImpl {
  private EntityManager em;
  public List<Parcel> found(String label, Instant since) {
    Query query = em.createQuery("select p from Parcel p where ${where}", Parcel.class);
    return query.getResultList();${mark}
  }
}
`;
const MARK = "\n             //^^^^^^^^ 💡 labelled filters parcels by label without an index\n}\n";

rule(missingIndexForQuery, {
  reports: {
    "an interface and the class beside it that send one query": `${TABLES}${DECLARED}${MARK}${WRITTEN("p.label = :label")}`,
    // thingsboard joins one table in four repositories.
    "of two files the one that wants more": `${TABLES}${DECLARED}
}
${WRITTEN(
  "p.label = :label and p.sentAt > :since",
  `
         //^^^^^^^^^^^^^^^^^^^^^ 💡 found filters parcels by label, sent_at without an index`,
)}`,
    "one that finds rows before one that deletes them, however many columns that has": `${TABLES}${DECLARED}${MARK}
//- src/main/java/post/Cleaner.java
package post;
interface Cleaner extends JpaRepository<Parcel, Long> { void deleteByLabelAndDepot(String label, String depot); }
`,
    "of each file what it alone lacks": `${TABLES}${DECLARED}${MARK}${WRITTEN(
      "p.depot = :label",
      `
         //^^^^^^^^^^^^^^^^^^^^^ 💡 found filters parcels by depot without an index`,
    )}`,
  },
  ignores: {
    "either of them where an index serves both": `${TABLES.replace("timestamptz);", "timestamptz); CREATE INDEX by_label ON parcels (label);")}${DECLARED}
}
${WRITTEN("p.label = :label")}`,
  },
});
