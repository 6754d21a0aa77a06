import { queueWithoutSkipLocked } from "../../../src/rules/sql/queue-without-skip-locked.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const LOCKED = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE mail (id uuid PRIMARY KEY, sent_at timestamptz, created_at timestamptz NOT NULL);
//- src/main/java/shop/Mail.java
package shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
@Entity class Mail { @Id UUID id; Instant sentAt; Instant createdAt; }
//- src/main/java/shop/MailRepository.java
package shop;
import jakarta.persistence.LockModeType;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
interface MailRepository extends JpaRepository<Mail, UUID> {
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select m from Mail m where m.sentAt is null order by m.createdAt")
  List<Mail> next(Pageable page);
           //^^^^ 💡 next locks the next rows of mail: one worker waits for the other
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  List<Mail> findTop10BySentAtIsNullOrderByCreatedAt();
           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findTop10BySentAtIsNullOrderByCreatedAt locks the next rows of mail: one worker waits for the other
}
`;

rule(queueWithoutSkipLocked, {
  reports: {
    "the next rows": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE note IS NULL ORDER BY created_at LIMIT 10 FOR UPDATE", nativeQuery = true)
  List<Ticket> next();
             //^^^^ 💡 next locks the next rows of tickets: one worker waits for the other`,
    }),
    "the next rows in a state that the caller names": shop({
      sql: "ALTER TABLE tickets ADD COLUMN status integer;",
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE status = :status ORDER BY created_at LIMIT 10 FOR UPDATE", nativeQuery = true)
  List<Ticket> next(int status);
             //^^^^ 💡 next locks the next rows of tickets: one worker waits for the other`,
    }),
    "rows that Spring Data locks": LOCKED,
  },
  ignores: {
    "a lock that Hibernate passes by, versions, and a row that is wanted": shop({
      tickets: `  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
  List<Ticket> findTop10ByNoteIsNullOrderByCreatedAt();
  @Lock(LockModeType.OPTIMISTIC) List<Ticket> findTop5ByNoteIsNullOrderByCreatedAt();
  @Lock(LockModeType.PESSIMISTIC_WRITE) Optional<Ticket> findFirstByCodeOrderByCreatedAt(String code);
  @Lock(LockModeType.PESSIMISTIC_WRITE) List<Ticket> findByNoteIsNull();`,
    }),
    // UMC-PRODUCT/umc-product-server: the newest integration
    "the newest of all rows": shop({
      tickets: `  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("SELECT t FROM Ticket t ORDER BY t.createdAt DESC LIMIT 1") Optional<Ticket> newest();`,
    }),
    "SKIP LOCKED": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE note IS NULL ORDER BY created_at LIMIT 10 FOR UPDATE SKIP LOCKED", nativeQuery = true)
  List<Ticket> next();`,
    }),
    NOWAIT: shop({
      tickets: `  @Query(value = "SELECT * FROM tickets ORDER BY created_at LIMIT 1 FOR UPDATE OF tickets NOWAIT", nativeQuery = true)
  List<Ticket> next();`,
    }),
    "the row that is wanted": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE code = :code LIMIT 1 FOR UPDATE", nativeQuery = true)
  Optional<Ticket> locked(String code);`,
    }),
    // kadai locks the only row of its settings.
    "the first row, whichever it is": shop({
      tickets: `  @Query(value = "SELECT note FROM tickets FETCH FIRST ROW ONLY FOR UPDATE", nativeQuery = true)
  String settings();`,
    }),
    "all rows": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE note IS NULL FOR UPDATE", nativeQuery = true)
  List<Ticket> locked();`,
    }),
  },
  fixes: {
    "the next rows": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(value = "SELECT * FROM tickets WHERE note IS NULL ORDER BY created_at LIMIT 10 FOR UPDATE SKIP LOCKED", nativeQuery = true)
  List<Ticket> next();
}
`,
    "rows that Spring Data locks": `
//- src/main/java/shop/MailRepository.java
package shop;
import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
interface MailRepository extends JpaRepository<Mail, UUID> {
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select m from Mail m where m.sentAt is null order by m.createdAt")
  @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
  List<Mail> next(Pageable page);
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  List<Mail> findTop10BySentAtIsNullOrderByCreatedAt();
}
`,
  },
});
