import { missingIndexForQuery } from "../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../harness/rule.ts";

const TABLES = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE batches (id bigint PRIMARY KEY, origin varchar(40) NOT NULL, day date NOT NULL, label varchar(40), sent_at timestamptz);
//- src/main/java/post/Batch.java
package post;
import jakarta.persistence.*;
@Entity @Table(name = "batches") class Batch { @Id Long id; String origin; LocalDate day; String label; @Column(name = "sent_at") Instant sentAt; }
//- src/main/java/post/BatchRepository.java
package post;
interface BatchRepository extends JpaRepository<Batch, Long> {`;

rule(missingIndexForQuery, {
  reports: {
    // corona-warn-app/cwa-server: (source_system, date) for one query and (date, source_system) for the other
    "a range behind an equality, once for both of which the other asks by equality": `${TABLES}
  List<Batch> findByOriginAndDayBefore(String origin, LocalDate day);
            //^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByOriginAndDayBefore filters batches by origin, day without an index
  List<Batch> findByDayAndOrigin(LocalDate day, String origin);
            //~~~~~~~~~~~~~~~~~~ related
}
`,
    "two columns that are asked for in both orders, once": `${TABLES}
  List<Batch> findByOriginAndLabel(String origin, String label);
            //^^^^^^^^^^^^^^^^^^^^ 💡 findByOriginAndLabel filters batches by origin, label without an index
  List<Batch> findByLabelAndOrigin(String label, String origin);
            //~~~~~~~~~~~~~~~~~~~~ related
}
`,
    "each where the first column of the one is a range of the other": `${TABLES}
  List<Batch> findByOriginAndLabel(String origin, String label);
            //^^^^^^^^^^^^^^^^^^^^ 💡 findByOriginAndLabel filters batches by origin, label without an index
  List<Batch> findByLabelAndOriginStartingWith(String label, String origin);
            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByLabelAndOriginStartingWith filters batches by label without an index
}
`,
    "each where one asks for less": `${TABLES}
  List<Batch> findByOriginAndDayBefore(String origin, LocalDate day);
            //^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByOriginAndDayBefore filters batches by origin, day without an index
  List<Batch> findByDay(LocalDate day);
            //^^^^^^^^^ 💡 findByDay filters batches by day without an index
}
`,
  },
  ignores: {
    "both where an index has the columns": `${TABLES.replace("timestamptz);", "timestamptz); CREATE INDEX by_day ON batches (day, origin); CREATE INDEX by_origin ON batches (origin, day);")}
  List<Batch> findByOriginAndDayBefore(String origin, LocalDate day);
  List<Batch> findByDayAndOrigin(LocalDate day, String origin);
}
`,
  },
});
