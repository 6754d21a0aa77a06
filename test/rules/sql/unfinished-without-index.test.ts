import { unfinishedWithoutIndex } from "../../../src/rules/sql/unfinished-without-index.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE outbox_events (
  id bigint PRIMARY KEY,
  status varchar(20) NOT NULL,
  processed boolean NOT NULL,
  sent_at timestamptz,
  created_at timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL
);
`.trimEnd();

const events = (methods: string, more = "", between = ""): string => `${SCHEMA}${between}
//- src/main/java/shop/OutboxEvent.java
package shop;
@Entity @Table(name = "outbox_events")
class OutboxEvent {
  @Id Long id;
  @Enumerated(EnumType.STRING) Status status;
  boolean processed;
  Instant sentAt;
  Instant createdAt;
  Instant nextAttemptAt;
}
//- src/main/java/shop/Status.java
package shop;
enum Status { NEW, DONE }
//- src/main/java/shop/OutboxEventRepository.java
package shop;
interface OutboxEventRepository extends JpaRepository<OutboxEvent, Long> {
${methods}
}
${more}
`;

const JOB = `//- src/main/java/shop/Relay.java
package shop;
class Relay {
  private final OutboxEventRepository events;
  @Scheduled(fixedDelay = 1000) void relay() { events.findByProcessedFalse(); }
}`;

rule(unfinishedWithoutIndex, {
  reports: {
    "a flag that a job asks for every second": events(
      `  List<OutboxEvent> findByProcessedFalse();
                  //^^^^^^^^^^^^^^^^^^^^ 💡 findByProcessedFalse looks for rows of outbox_events with NOT processed, which no index holds
  long countByProcessedFalse();`,
      JOB,
    ),
    "a statement of a class that is called a job": events(
      "",
      `//- src/main/java/shop/RelayJob.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
class RelayJob {
  private final JdbcTemplate jdbc;
  @Scheduled(fixedDelay = 1000) void relay() { jdbc.queryForList("SELECT id FROM outbox_events WHERE sent_at IS NULL"); }
                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 relay looks for rows of outbox_events with sent_at IS NULL, which no index holds
}`,
    ),
    "a state, in an order": events(`  @Query("select e from OutboxEvent e where e.status = shop.Status.NEW order by e.createdAt limit 100")
  List<OutboxEvent> next();
                  //^^^^ 💡 next looks for rows of outbox_events with status = 'NEW', which no index holds`),
    "a time that is not there yet": events(`  @Query(value = "SELECT id FROM outbox_events WHERE sent_at IS NULL", nativeQuery = true)
  List<Long> unsent();
           //^^^^^^ 💡 unsent looks for rows of outbox_events with sent_at IS NULL, which no index holds`),
    "where Hibernate makes the schema, which knows no such index": `
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
spring.jpa.hibernate.ddl-auto=update
//- src/main/java/shop/Mail.java
package shop;
@Entity
class Mail { @Id @GeneratedValue Long id; boolean sent; String text; }
//- src/main/java/shop/MailRepository.java
package shop;
interface MailRepository extends JpaRepository<Mail, Long> {
  List<Mail> findBySentFalse();
           //^^^^^^^^^^^^^^^
}
`,
  },
  ignores: {
    "an index of such rows, or one that leads with the column": events(
      `  List<OutboxEvent> findByProcessedFalse();
  @Query("select e from OutboxEvent e where e.status = 'NEW'") List<OutboxEvent> next();`,
      "",
      `
CREATE INDEX ON outbox_events (id) WHERE NOT processed;
CREATE INDEX ON outbox_events (status, created_at);`,
    ),
    "what is done, a state that is a parameter, one that lasts": events(`  List<OutboxEvent> findByProcessedTrue();
  List<OutboxEvent> findByStatus(Status status);
  @Query("select e from OutboxEvent e where e.status = 'ACTIVE'") List<OutboxEvent> active();`),
    "beside other conditions, for which the flag may be down for most rows":
      events(`  @Query("select e from OutboxEvent e where e.status = 'NEW' and e.nextAttemptAt < :now")
  List<OutboxEvent> due(Instant now);
  List<OutboxEvent> findByCreatedAtAndProcessedFalse(Instant at);
  @Query("select e from OutboxEvent e where e.status = 'RETRY' and e.processed = false") List<OutboxEvent> failed();`),
    "a state that a converter stores": events(
      `  @Query("select e from OutboxEvent e where e.status = shop.Status.NEW") List<OutboxEvent> next();`,
    ).replace("@Enumerated(EnumType.STRING)", "@Convert(converter = StatusCode.class)"),
    "few rows": `//- performance.yaml
version: 1
database: { tables: { outbox_events: { rows: 500 } } }
${events("  List<OutboxEvent> findByProcessedFalse();").trim()}`,
  },
  fixes: {
    "a flag that a job asks for every second": `
//- src/main/resources/db/migration/V2__add_index_outbox_events_id_open.sql
CREATE INDEX idx_outbox_events_id_open ON outbox_events (id) WHERE NOT processed;
`,
    "a state, in an order": `
//- src/main/resources/db/migration/V2__add_index_outbox_events_created_at_open.sql
CREATE INDEX idx_outbox_events_created_at_open ON outbox_events (created_at) WHERE status = 'NEW';
`,
  },
  applied: {
    "a flag that a job asks for every second": {
      difference: ["+ index CREATE INDEX idx_outbox_events_id_open ON public.outbox_events USING btree (id) WHERE (NOT processed)"],
    },
    "a state, in an order": {
      difference: [
        "+ index CREATE INDEX idx_outbox_events_created_at_open ON public.outbox_events USING btree (created_at) WHERE ((status)::text = 'NEW'::text)",
      ],
    },
    "a time that is not there yet": {
      difference: ["+ index CREATE INDEX idx_outbox_events_id_open ON public.outbox_events USING btree (id) WHERE (sent_at IS NULL)"],
    },
  },
});
