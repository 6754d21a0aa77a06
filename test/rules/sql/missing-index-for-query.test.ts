import { missingIndexForQuery } from "../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../harness/rule.ts";
import { ENTITIES, repository, SCHEMA, workspace } from "./ticketShop.ts";

rule(missingIndexForQuery, {
  applied: {
    "equality columns of a derived query": {
      difference: ["+ index CREATE INDEX idx_tickets_owner_id_status ON public.tickets USING btree (owner_id, status)"],
    },
    "a state and a time": {
      difference: ["+ index CREATE INDEX idx_tickets_status_expires_at ON public.tickets USING btree (status, expires_at)"],
    },
    "a sort with a limit": {
      difference: ["+ index CREATE INDEX idx_tickets_created_at ON public.tickets USING btree (created_at)"],
    },
    "few values in the order of a page": {
      difference: ["+ index CREATE INDEX idx_tickets_created_at_active ON public.tickets USING btree (created_at) WHERE active"],
    },
  },
  reports: {
    "equality columns of a derived query": workspace(`  List<Ticket> findByOwnerIdAndStatus(UUID owner, TicketStatus status);
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 findByOwnerIdAndStatus filters tickets by owner_id, status without an index`),
    "a state and a time": workspace(`  List<Ticket> findByStatusAndExpiresAtBefore(TicketStatus status, Instant now);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByStatusAndExpiresAtBefore filters tickets by status, expires_at without an index`),
    "a sort with a limit": workspace(`  List<Ticket> findTop10ByOrderByCreatedAtDesc();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findTop10ByOrderByCreatedAtDesc sorts tickets by created_at without an index`),
    "few values in the order of a page": workspace(`  Page<Ticket> findByActiveTrueOrderByCreatedAtDesc(Pageable page);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByActiveTrueOrderByCreatedAtDesc reads tickets by active in order of created_at without an index`),
    "JPQL over an association": workspace(`  @Query("select t from Ticket t join t.owner o where o.city = :city and t.code in :codes")
  List<Ticket> ofCity(String city, List<String> codes);
             //^^^^^^ 💡 ofCity filters tickets by code without an index`),
    "the table of the schema that the mapping and the text name": `
//- src/main/resources/db/migration/V1__parcels.sql
CREATE TABLE parcel (id bigint PRIMARY KEY, code text, sent timestamptz);
CREATE SCHEMA archive; CREATE TABLE archive.parcel (id bigint PRIMARY KEY, code text, sent timestamptz);
CREATE INDEX parcel_code ON parcel (code); CREATE INDEX parcel_sent ON archive.parcel (sent);
//- src/main/java/shop/OldParcel.java
package shop;
import jakarta.persistence.*;
@Entity @Table(schema = "archive", name = "parcel") public class OldParcel { @Id Long id; String code; Instant sent; }
//- src/main/java/shop/OldParcels.java
package shop;
import org.springframework.data.jpa.repository.*;
public interface OldParcels extends JpaRepository<OldParcel, Long> {
  List<OldParcel> findByCode(String code);
                //^^^^^^^^^^ 💡 findByCode filters parcel by code without an index
  List<OldParcel> findBySentBefore(Instant day);
  @Query(value = "SELECT * FROM parcel WHERE sent < :day", nativeQuery = true)
  List<OldParcel> sentBefore(Instant day);
                //^^^^^^^^^^ 💡 sentBefore filters parcel by sent without an index
  @Query(value = "SELECT * FROM parcel WHERE code = :code", nativeQuery = true)
  List<OldParcel> byCode(String code);
  @Query(value = "SELECT * FROM archive.parcel WHERE sent < :day", nativeQuery = true)
  List<OldParcel> oldBefore(Instant day);
}`,
    "native SQL": workspace(`  @Query(value = "SELECT * FROM tickets WHERE code = :code", nativeQuery = true)
  Optional<Ticket> byCode(String code);
                 //^^^^^^ 💡 byCode filters tickets by code without an index`),
    "a bulk delete": workspace(`  @Modifying @Query("delete from Ticket t where t.expiresAt < :now")
  int purge(Instant now);
    //^^^^^ 💡 purge filters tickets by expires_at without an index`),
    "several methods that want one index once": workspace(`  List<Ticket> findByOwner(User owner);
             //~~~~~~~~~~~ findByOwner would use the index too
  List<Ticket> findByOwnerAndCode(User owner, String code);
             //^^^^^^^^^^^^^^^^^^ 💡 findByOwnerAndCode filters tickets by owner_id, code without an index`),
    "an order that the index of the filter lacks": workspace(
      `  Optional<Ticket> findFirstByCodeOrderByCreatedAtDesc(String code);
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findFirstByCodeOrderByCreatedAtDesc reads tickets by code in order of created_at without an index`,
      `
//- src/main/resources/db/migration/V2__code.sql
CREATE INDEX idx_tickets_code ON tickets (code);`,
    ),
    "the table is declared large, whatever its seeds say": workspace(
      `  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters tickets by code without an index`,
      `
//- performance.yaml
version: 1
database:
  tables:
    tickets: { rows: 2M }`,
    ),
    "a repository below a generic base": `${SCHEMA}${ENTITIES}
//- src/main/java/shop/BaseRepository.java
package shop;
@NoRepositoryBean
interface BaseRepository<T, K> extends ListCrudRepository<T, K> {}
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends BaseRepository<Ticket, UUID> {
  boolean existsByCode(String code);
        //^^^^^^^^^^^^ 💡 existsByCode filters tickets by code without an index
}
`,
    "an index that has the columns in another order": workspace(
      `  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters tickets by code: tickets_owner_code has code behind owner_id`,
      `
//- src/main/resources/db/migration/V2__more.sql
  CREATE INDEX tickets_owner_code ON tickets (owner_id, code);
--~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ tickets_owner_code is created here`,
    ),
  },
  ignores: {
    // A column that no migration at hand makes may have an index that none of them makes.
    "a column that the table is not known to have": `${SCHEMA}${ENTITIES}
//- src/main/java/shop/TicketRepository.java
package shop;
public interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(value = "SELECT * FROM tickets WHERE serial = :serial ORDER BY created_at DESC LIMIT 1", nativeQuery = true)
  Optional<Ticket> latest(UUID serial);
}
`,
    // apache/shenyu: sql/no-primary-key says it of the table, for all of its queries.
    "a table without a key, by its key": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE cards (id bigint NOT NULL, pid varchar(255));
//- src/main/java/shop/CardMapper.java
package shop;
@Mapper interface CardMapper {
  @Select("SELECT * FROM cards WHERE id = #{id}")
  Card selectById(@Param("id") long id);
  @Update("UPDATE cards SET pid = #{pid} WHERE pid = #{old} AND id = #{id}")
  int update(Card card);
}
`,
    // veilarbdialog: a smallint that says yes or no, and characters that do
    "flags that are numbers and letters": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE dialogs (id bigint PRIMARY KEY, past smallint, seen char(1), done numeric(1));
//- src/main/java/shop/DialogDao.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
class DialogDao {
  private final JdbcTemplate jdbc;
  List<String> open() { return jdbc.queryForList("SELECT id FROM dialogs WHERE past = 0", String.class); }
  List<String> seen(String seen) { return jdbc.queryForList("SELECT id FROM dialogs WHERE seen = ?", String.class, seen); }
  List<String> done(int done) { return jdbc.queryForList("SELECT id FROM dialogs WHERE done = ?", String.class, done); }
}
`,
    // veilarbportefolje's aktivitettype, oppijanumerorekisteri's queuedemailstatus_id.
    "few values, as a name says or a table that stays small": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE channels (id int PRIMARY KEY, name text);
INSERT INTO channels VALUES (1, 'mail'), (2, 'text');
CREATE TABLE cards (id bigint PRIMARY KEY, cardtype text, print_status_id int, sent_enum smallint, channel_no int REFERENCES channels);
//- src/main/java/shop/CardMapper.java
package shop;
@Mapper interface CardMapper {
  @Select("SELECT * FROM cards WHERE cardtype = #{type}")
  List<Card> ofType(@Param("type") String type);
  @Select("SELECT * FROM cards WHERE print_status_id = #{status}")
  List<Card> ofStatus(@Param("status") int status);
  @Select("SELECT * FROM cards WHERE sent_enum = #{sent}") List<Card> sent(int sent);
  @Select("SELECT c.* FROM cards c WHERE c.channel_no = #{channel}")
  List<Card> ofChannel(@Param("channel") int channel);
}
`,
    // wa-task-management-api: a second Flyway's folder, whose tables are called the same, is larger.
    "the folder that Flyway runs by itself has the index, that of a replica has not": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE cards (id bigint PRIMARY KEY, pid text);
CREATE INDEX ON cards (pid);
//- src/main/resources/dbreplica/migration/V1__init.sql
CREATE TABLE cards (id bigint PRIMARY KEY, pid text);
CREATE TABLE reports (id bigint PRIMARY KEY, pid text);
//- src/main/java/shop/CardMapper.java
package shop;
@Mapper interface CardMapper {
  @Select("SELECT * FROM cards WHERE pid = #{pid}")
  List<Card> selectByPid(@Param("pid") String pid);
}
`,
    "an index that another database has: sql/index-missing-in-dialect says so": `
//- db/mysql/schema.sql
CREATE TABLE cards (id bigint NOT NULL PRIMARY KEY, pid varchar(255), KEY by_pid (pid)) ENGINE=InnoDB;
//- db/postgres/schema.sql
CREATE TABLE cards (id bigint PRIMARY KEY, pid text);
//- src/main/java/shop/CardMapper.java
package shop;
@Mapper interface CardMapper {
  @Select("SELECT * FROM cards WHERE pid = #{pid}")
  List<Card> selectByPid(@Param("pid") String pid);
}
`,
    // hawkbit: Hibernate and EclipseLink add the tenant to each query.
    "an index behind the tenant, for which each query asks": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE actions (id uuid PRIMARY KEY, tenant varchar(40) NOT NULL, target_id uuid NOT NULL);
CREATE INDEX actions_target ON actions (tenant, target_id);
CREATE TABLE marks (id uuid PRIMARY KEY, tenant varchar(40) NOT NULL, target_id uuid NOT NULL);
CREATE INDEX marks_target ON marks (tenant, target_id);
//- src/main/java/shop/Owned.java
package shop;
@MappedSuperclass class Owned { @TenantId String tenant; }
//- src/main/java/shop/Action.java
package shop;
@Entity @Table(name = "actions") class Action extends Owned { @Id UUID id; UUID targetId; }
//- src/main/java/shop/Mark.java
package shop;
@Entity @Table(name = "marks") @Multitenant @TenantDiscriminatorColumn(name = "tenant") class Mark { @Id UUID id; UUID targetId; }
//- src/main/java/shop/ActionRepository.java
package shop;
interface ActionRepository extends JpaRepository<Action, UUID> {
  long countByTargetId(UUID target);
  @Query("select a from Action a where a.targetId = :target")
  List<Action> of(UUID target);
}
//- src/main/java/shop/MarkRepository.java
package shop;
interface MarkRepository extends JpaRepository<Mark, UUID> { long countByTargetId(UUID target); }
`,
    // alf.io's parameters of extensions: neither side of the join says whose column it is.
    "a join by columns without their tables": workspace(
      `  @Query(value = "select city, code from (select city, code from users join notes on note_owner = email where code in (:codes)) n", nativeQuery = true)
  List<Object[]> notes(Set<String> codes);`,
      `
//- src/main/resources/db/migration/V2__notes.sql
CREATE TABLE notes (note_owner text NOT NULL, code text NOT NULL, UNIQUE (note_owner, code));`,
    ),
    // alf.io's texts that an event overrides: each of three selects has a table of its own, and all have the same columns.
    "columns that other tables of the query have too": workspace(
      `  @Query(value = "select a.code from (select code from users_codes where owner_id = :owner and code = 'A') a, (select code from overrides where owner_id = :owner and event_id = :event and code = 'A') b", nativeQuery = true)
  List<String> codes(UUID owner, UUID event);`,
      `
//- src/main/resources/db/migration/V2__overrides.sql
CREATE TABLE users_codes (owner_id uuid NOT NULL, code text NOT NULL, UNIQUE (owner_id, code));
CREATE TABLE overrides (owner_id uuid NOT NULL, event_id uuid, code text NOT NULL);
CREATE UNIQUE INDEX overrides_of_event ON overrides (owner_id, event_id, code) WHERE event_id IS NOT NULL;`,
    ),
    // nr-forest-client's lists of codes: most of them are in force.
    "what is in force on a day": workspace(
      `  @Query(value = "select * from kinds where (expiry_date is null or expiry_date > :day) and effective_date <= :day", nativeQuery = true)
  List<Object[]> inForce(LocalDate day);`,
      `
//- src/main/resources/db/migration/V2__kinds.sql
CREATE TABLE kinds (name text PRIMARY KEY, effective_date date NOT NULL, expiry_date date);`,
    ),
    // ccd-definition-store: a discriminator has few values, whatever it is called.
    "the kinds of a hierarchy": workspace(
      `  @Query(value = "select * from roles r where r.dtype = 'USER'", nativeQuery = true)
  List<Object[]> users();`,
      `
//- src/main/resources/db/migration/V2__roles.sql
CREATE TABLE roles (id uuid PRIMARY KEY, dtype text NOT NULL);`,
    ),
    "a primary key, a unique key, an index with the column in front": workspace(
      `  Optional<Ticket> findById(UUID id);
  List<Ticket> findByOwnerEmail(String email);
  List<Ticket> findByOwnerIdAndStatus(UUID owner, TicketStatus status);
  List<Ticket> findByIdIn(List<UUID> ids);`,
      `
//- src/main/resources/db/migration/V2__owner.sql
CREATE INDEX idx_tickets_owner ON tickets (owner_id);`,
    ),
    // alf.io's clean-up of events and organizations: fourteen deletes by keys that sql/foreign-key-without-index reports.
    "a state and a time with an index": workspace(
      "  List<Ticket> findByStatusAndExpiresAtBefore(TicketStatus status, Instant now);",
      `
//- src/main/resources/db/migration/V2__expiry.sql
CREATE INDEX idx_tickets_expiry ON tickets (expires_at);`,
    ),
    // PostgreSQL reads the table anyway when a tenth of the rows match.
    "few values alone": workspace(`  List<Ticket> findByStatus(TicketStatus status);
  long countByActiveTrue();
  List<Ticket> findByActiveTrueAndStatusIn(List<TicketStatus> states);`),
    "all rows": workspace(`  List<Ticket> findAllByOrderByCreatedAtDesc();
  @Query("select t from Ticket t join fetch t.owner") List<Ticket> everything();`),
    "the order is there, read backwards too": workspace(
      `  List<Ticket> findTop10ByOrderByCreatedAtDesc();
  Page<Ticket> findByOwnerAndStatusOrderByCreatedAtDesc(User owner, TicketStatus status, Pageable page);`,
      `
//- src/main/resources/db/migration/V2__order.sql
CREATE INDEX idx_created ON tickets (created_at);
CREATE INDEX idx_owner ON tickets (status, owner_id, created_at);`,
    ),
    "one row at most is sorted": workspace("  Optional<Ticket> findFirstByIdOrderByCreatedAtDesc(UUID id);"),
    "conditions that no single index answers": workspace(`  List<Ticket> findByCodeOrOwner(String code, User owner);
  List<Ticket> findByCodeContaining(String part);
  List<Ticket> findByCodeNot(String code);
  @Query("select t from Ticket t where (:code is null or t.code = :code)") List<Ticket> search(String code);`),
    // Spring Data compares upper(code): a plain index would not serve it.
    "a comparison that ignores case": workspace("  Optional<Ticket> findByCodeIgnoreCase(String code);"),
    "a partial index over what the query says": workspace(
      `  @Query("select t from Ticket t where t.code = :code and t.active = true") Optional<Ticket> active(String code);`,
      `
//- src/main/resources/db/migration/V2__active.sql
CREATE INDEX idx_active ON tickets (code) WHERE active;`,
    ),
    // alf.io, V203_2.0.0.31: the predicate names the column with its table.
    "a partial index that leaves out NULL only": workspace(
      "  List<Ticket> findByOwner(User owner);",
      `
//- src/main/resources/db/migration/V2__owner.sql
CREATE INDEX idx_owner ON tickets (owner_id) WHERE tickets.owner_id IS NOT NULL;`,
    ),
    // thingsboard, device_profile.image: a picture as text does not fit into an index.
    "a column that is too long for an index": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE tickets (id uuid PRIMARY KEY, image varchar(1000000), tags jsonb, seats int[]);
//- src/main/java/shop/Tickets.java
package shop;
interface Tickets {
  @Query("select * from tickets where image = :image") Ticket byImage(String image);
  @Query("select * from tickets where tags = :tags and seats = :seats") Ticket byTags(String tags, int[] seats);
}
`,
    "an index that a migration in Java creates": workspace(
      "  List<Ticket> findByCode(String code);",
      `
//- src/main/java/db/migration/V2__Index.java
package db.migration;
class V2__Index extends BaseJavaMigration {
  public void migrate(Context context) { execute("CREATE INDEX IF NOT EXISTS idx_code ON tickets (code)"); }
}`,
    ),
    "the table is declared small": workspace(
      "  List<Ticket> findByCode(String code);",
      `
//- performance.yaml
version: 1
database:
  tables:
    tickets: { rows: 5000 }`,
    ),
    "tables and columns that no migration names": workspace(`  List<Ticket> findByVenue(String venue);
  @Query(value = "SELECT * FROM archive WHERE code = :code", nativeQuery = true) List<Ticket> archived(String code);
  @Query(value = "SELECT * FROM tickets WHERE seat = :seat", nativeQuery = true) List<Ticket> seat(String seat);`),
    "a database that is not PostgreSQL": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE \`tickets\` (\`id\` BIGINT NOT NULL AUTO_INCREMENT, \`code\` VARCHAR(20), PRIMARY KEY (\`id\`)) ENGINE=InnoDB;
${ENTITIES}${repository("  Optional<Ticket> findByCode(String code);")}
`,
    "text that is no query": workspace(`  @Query("") List<Ticket> nothing(String code);
  @Query("select t from") List<Ticket> half(String code);
  @Query(value = "SELECT * FROM tickets WHERE code SOUNDS LIKE :code", nativeQuery = true) List<Ticket> odd(String code);
  @Query(UNKNOWN + "where code = 1") List<Ticket> unknown();
  default List<Ticket> findByCode(String code) { return List.of(); }`),
    "no schema": `${ENTITIES}${repository("  Optional<Ticket> findByCode(String code);")}\n`,
    "entities that inherit from each other in a circle": `${SCHEMA}
//- src/main/java/shop/A.java
package shop;
@Entity class A extends B { @Id UUID id; @ManyToOne A a; }
//- src/main/java/shop/B.java
package shop;
@Entity class B extends A { @ManyToOne B b; }
//- src/main/java/shop/Repo.java
package shop;
interface Repo extends Repo2<A> { List<A> findByBId(UUID id); List<A> findByABAB(A a); }
//- src/main/java/shop/Repo2.java
package shop;
interface Repo2<T> extends Repo {}
`,
  },
  fixes: {
    "equality columns of a derived query": `
//- src/main/resources/db/migration/V2__add_index_tickets_owner_id_status.sql
CREATE INDEX idx_tickets_owner_id_status ON tickets (owner_id, status);
`,
    "few values in the order of a page": `
//- src/main/resources/db/migration/V2__add_index_tickets_created_at_active.sql
CREATE INDEX idx_tickets_created_at_active ON tickets (created_at) WHERE active;
`,
    "an order that the index of the filter lacks": `
//- src/main/resources/db/migration/V3__add_index_tickets_code_created_at.sql
CREATE INDEX idx_tickets_code_created_at ON tickets (code, created_at);
`,
  },
});
