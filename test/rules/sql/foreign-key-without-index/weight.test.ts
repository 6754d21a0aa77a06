import assert from "node:assert/strict";
import { partsOf } from "../../../../src/analysis/parts.ts";
import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { TestWorkspace } from "../../../harness/check.ts";

const parent = "CREATE TABLE users (id uuid PRIMARY KEY);";

describe("the weight of a foreign key without an index", () => {
  const weightOf = async (sql: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
    await workspace.put(Object.entries({ "db/migration/V1__init.sql": sql, ...more }));
    return workspace
      .findings()
      .flatMap(partsOf)
      .map(({ certainty, severity }) => `${certainty} ${severity}`)
      .join();
  };
  const child = (action: string) => `${parent} CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users ${action});`;

  it("is information where nothing more is known", async () => assert.equal(await weightOf(child("")), "likely information"));

  it("is a warning where deletes of the parent are meant", async () =>
    assert.equal(await weightOf(child("ON DELETE CASCADE")), "likely warning"));

  const users = {
    "src/main/java/a/User.java": 'package a; @Entity @Table(name = "users") class User { @Id UUID id; }',
    "src/main/java/a/Users.java": "package a; interface Users extends JpaRepository<User, UUID> { void deleteByIdIn(List<UUID> ids); }",
  };

  // NASA-AMMOS/aerie: who owns a parcel may go, and nobody says that anybody does.
  it("is information where a delete would leave the row, and a warning where parents are deleted", async () => {
    assert.equal(await weightOf(child("ON DELETE SET NULL")), "likely information");
    assert.equal(await weightOf(child("ON DELETE SET NULL"), users), "likely warning");
  });

  // gridsuite/sensitivity-analysis-server: the results of an analysis are deleted at once, and each looks through all that belongs to others.
  it("is information where many parents are deleted at once, and a hint where one is, all are, or nobody calls it", async () => {
    const sql = `CREATE TABLE users (id uuid PRIMARY KEY, tenant uuid, code text UNIQUE);
      CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);`;
    const deleting = (method: string, call = "users.gone(id);") => ({
      "src/main/java/a/User.java": 'package a; @Entity @Table(name = "users") class User { @Id UUID id; UUID tenant; String code; }',
      "src/main/java/a/Ticket.java": 'package a; @Entity @Table(name = "tickets") class Ticket { @Id UUID id; @ManyToOne User owner; }',
      "src/main/java/a/Users.java": `package a; interface Users extends JpaRepository<User, UUID> { ${method} List<User> findByTenant(UUID tenant); }`,
      "src/main/java/a/Tickets.java": "package a; interface Tickets extends JpaRepository<Ticket, UUID> { }",
      "src/main/java/a/Service.java": `package a; @Service class Service { Users users; void go(UUID id) { users.findByTenant(id); ${call} } }`,
    });
    const swept = '@Modifying @Query("delete from User u where u.tenant = :id") void gone(UUID id);';
    assert.equal(await weightOf(sql, deleting(swept)), "likely information");
    assert.equal(await weightOf(sql, deleting(swept, "")), "possible hint");
    for (const condition of [" where u.id = :id", " where u.code = :id", ""])
      assert.equal(await weightOf(sql, deleting(swept.replace(" where u.tenant = :id", condition))), "possible hint", condition);
  });

  it("is none where the column says who wrote the row, unless deletes of writers are meant", async () => {
    for (const column of ["created_by", "last_modified_by_id", "updater_id", "luoja", "submitted_by_id", "ended_by", "sent_by_user_id"])
      assert.equal(await weightOf(child("").replace("owner_id", column)), "", column);
    assert.equal(await weightOf(child("ON DELETE SET NULL").replace("owner_id", "updated_by")), "");
    assert.equal(await weightOf(child("ON DELETE CASCADE").replace("owner_id", "created_by")), "likely warning");
    for (const column of ["creator_group", "owned_by", "assigned_to_id"])
      assert.equal(await weightOf(child("").replace("owner_id", column)), "likely information", column);
  });

  it("is one hint for all columns that say who wrote a row, where writers are deleted", async () => {
    const sql = `${child("").replace("owner_id", "created_by")} CREATE TABLE notes (id uuid PRIMARY KEY, text text,
      created_by uuid REFERENCES users, updated_by uuid REFERENCES users, owner_id uuid REFERENCES users, archived_by uuid REFERENCES users);
      CREATE INDEX ON notes (archived_by);`;
    const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
    await workspace.put(Object.entries({ "db/migration/V1__init.sql": sql, ...users }));
    assert.deepEqual(
      workspace.findings().map(({ message, severity, related }) => [message, severity, related.length]),
      [
        ["tickets.created_by and 2 like it say by whom, without an index: deletes of users read all", "hint", 3],
        ["notes.owner_id references users, and no index starts with it", "hint", 1],
      ],
    );
  });

  it("is none where rows go with the kind that they are of, and a hint where they are asked for by it", async () => {
    const sql =
      "CREATE TABLE parcel_type (id int PRIMARY KEY, name text); CREATE TABLE parcels (id int PRIMARY KEY, type_id int REFERENCES parcel_type ON DELETE CASCADE);";
    const java = (query: string) => ({
      "src/main/java/a/Parcel.java": 'package a; @Entity @Table(name = "parcels") class Parcel { @Id Integer id; Integer typeId; }',
      "src/main/java/a/Parcels.java": `package a; interface Parcels extends JpaRepository<Parcel, Integer> { ${query} }`,
    });
    assert.equal(await weightOf(sql), "");
    assert.equal(await weightOf(sql, java("List<Parcel> findByTypeId(Integer type);")), "possible hint");
  });

  it("is none where the parent is a list of kinds, or the table a library's", async () => {
    const kinds = "CREATE TABLE kinds (id int PRIMARY KEY, name text); INSERT INTO kinds VALUES (1, 'a'), (2, 'b');";
    assert.equal(await weightOf(`${kinds} CREATE TABLE t (id int PRIMARY KEY, kind int REFERENCES kinds);`), "");
    assert.equal(
      await weightOf("CREATE TABLE order_status (id int PRIMARY KEY); CREATE TABLE t (id int, s int REFERENCES order_status);"),
      "",
    );
    assert.equal(await weightOf(`${parent} CREATE TABLE qrtz_x (id int PRIMARY KEY, u uuid REFERENCES users);`), "");
    assert.equal(await weightOf(`${parent} CREATE TABLE shop_qrtz_x (id int PRIMARY KEY, u uuid REFERENCES users);`), "");
    const revisions = "CREATE TABLE revinfo (rev int PRIMARY KEY, revtstmp bigint);";
    const audited = "CREATE TABLE tickets_aud (id int, rev int REFERENCES revinfo, PRIMARY KEY (id, rev));";
    assert.equal(await weightOf(`${revisions} ${audited}`), "");
  });

  it("is a hint where queries ask for one of few kinds", async () => {
    const java = {
      "src/main/java/a/Kind.java": 'package a; @Entity @Table(name = "parcel_type") class Kind { @Id UUID id; }',
      "src/main/java/a/Parcel.java":
        'package a; @Entity @Table(name = "parcels") class Parcel { @Id UUID id; @ManyToOne @JoinColumn(name = "type_id") Kind kind; }',
      "src/main/java/a/Parcels.java":
        "package a; interface Parcels extends JpaRepository<Parcel, UUID> { List<Parcel> findByKind(Kind kind); }",
    };
    const sql = (kinds: string) =>
      `CREATE TABLE ${kinds} (id uuid PRIMARY KEY); CREATE TABLE parcels (id uuid PRIMARY KEY, type_id uuid REFERENCES ${kinds});`;
    assert.equal(await weightOf(sql("parcel_type"), java), "possible hint");
    const ofUsers = { ...java, "src/main/java/a/Kind.java": java["src/main/java/a/Kind.java"].replace("parcel_type", "owners") };
    assert.equal(await weightOf(sql("owners"), ofUsers), "likely information");
  });

  it("is none where the table has few rows by its name, unless they are those of each parent", async () => {
    const table = (name: string, of: string) =>
      `CREATE TABLE ${of} (id uuid PRIMARY KEY); CREATE TABLE ${name} (id uuid PRIMARY KEY, parent_id uuid REFERENCES ${of});`;
    assert.equal(await weightOf(table("message_types", "tenants")), "");
    assert.equal(await weightOf(table("states", "countries")), "");
    // alf.io has categories of tickets for each event, and settings of each category.
    const rows = "likely information";
    assert.equal(await weightOf(table("parcel_states", "parcels")), rows);
    assert.equal(await weightOf(table("user_roles", "tenants")), rows);
    const categories = table("ticket_categories", "events").replace("parent_id", "event_id");
    assert.equal(
      await weightOf(`${categories} CREATE TABLE notes (id uuid, category uuid REFERENCES ticket_categories);`),
      `${rows},${rows}`,
    );
  });

  it("is none where the parent says what codes mean, and more where its rows are things of their own", async () => {
    const shops = (parent: string) => `${parent} CREATE TABLE shops (id uuid PRIMARY KEY, area varchar(60) REFERENCES areas);`;
    const areas = (columns: string) => shops(`CREATE TABLE areas (${columns});`);
    for (const columns of [
      "area_id varchar(16) PRIMARY KEY, description text, welsh_description text, created_at timestamp",
      "code char(2) PRIMARY KEY, area_name varchar(60), active boolean, sort_order int",
    ])
      assert.equal(await weightOf(areas(columns)), "", columns);
    for (const columns of [
      "id varchar(36) PRIMARY KEY, name text",
      "code varchar(16) PRIMARY KEY, name text, email text",
      "code varchar(16) PRIMARY KEY, opened_at timestamp",
    ])
      assert.equal(await weightOf(areas(columns)), "likely information", columns);
    const told = { "performance.yaml": "version: 1\ndatabase:\n  tables:\n    areas: { rows: 400000 }\n" };
    assert.equal(await weightOf(areas("code char(2) PRIMARY KEY, area_name text"), told), "likely information");
  });

  // ls1intum/Hephaestus repeats the workspace in keys, so that rows of two do not mix.
  it("is none for a key that repeats whose its parent is, where the parent's own key has an index or a finding", async () => {
    const parents = "CREATE TABLE links (id uuid PRIMARY KEY, shop_id uuid NOT NULL, UNIQUE (id, shop_id));";
    const jobs = (keys: string, index = "") =>
      `${parents} CREATE TABLE jobs (id uuid PRIMARY KEY, link_id uuid, shop_id uuid, at timestamptz, ${keys}); ${index}`;
    const both = "FOREIGN KEY (link_id, shop_id) REFERENCES links (id, shop_id)";
    assert.equal(await weightOf(jobs(both)), "likely information");
    assert.equal(await weightOf(jobs(both, "CREATE INDEX by_link ON jobs (link_id, at);")), "");
    assert.equal(await weightOf(jobs(both, "CREATE INDEX by_shop ON jobs (shop_id);")), "likely information");
    assert.equal(await weightOf(jobs(`${both}, FOREIGN KEY (link_id) REFERENCES links`)), "likely information");
  });

  it("is a hint where the table keeps what was, unless its rows go with the parent", async () => {
    const kept = (action: string) => child(action).replace("TABLE tickets", "TABLE ticket_history");
    assert.equal(await weightOf(kept("")), "possible hint");
    assert.equal(await weightOf(kept("ON DELETE CASCADE")), "likely warning");
  });

  it("is information where a query filters by the column, and none where none does and no parent is deleted", async () => {
    const entities = {
      "src/main/java/a/User.java": 'package a; @Entity @Table(name = "users") class User { @Id UUID id; }',
      "src/main/java/a/Ticket.java":
        'package a; @Entity @Table(name = "tickets") class Ticket { @Id UUID id; @ManyToOne @JoinColumn(name = "owner_id") User owner; }',
      "src/main/java/a/Users.java": "package a; interface Users extends JpaRepository<User, UUID> {}",
    };
    const repository = (method: string) => ({
      ...entities,
      "src/main/java/a/Tickets.java": `package a; interface Tickets extends JpaRepository<Ticket, UUID> { ${method} }`,
    });
    assert.equal(await weightOf(child(""), repository("List<Ticket> findByOwner(User owner);")), "likely information");
    assert.equal(await weightOf(child(""), repository("")), "");
    const going = child("").replace("id uuid PRIMARY KEY", "id uuid PRIMARY KEY, city uuid REFERENCES cities ON DELETE CASCADE");
    assert.equal(
      await weightOf(`CREATE TABLE cities (id uuid PRIMARY KEY); ${going} CREATE INDEX ON users (city);`, repository("")),
      "possible hint",
    );
    const deleting = { ...repository(""), "src/main/java/a/Users.java": users["src/main/java/a/Users.java"] };
    assert.equal(await weightOf(child(""), deleting), "possible hint");
    // alf.io's clean-up of an event deletes by many keys that nothing else asks for.
    assert.equal(
      await weightOf(child(""), repository('@Modifying @Query("delete from Ticket t where t.owner = :o") void drop(User o);')),
      "likely information",
    );
  });

  it("is no warning where each query that filters by the column finds its rows by the index of another", async () => {
    const java = {
      "src/main/java/a/User.java": 'package a; @Entity @Table(name = "users") class User { @Id UUID id; }',
      "src/main/java/a/Ticket.java":
        'package a; @Entity @Table(name = "tickets") class Ticket { @Id UUID id; String code; @ManyToOne @JoinColumn(name = "owner_id") User owner; }',
      "src/main/java/a/Tickets.java":
        "package a; interface Tickets extends JpaRepository<Ticket, UUID> { Ticket findByCodeAndOwner(String code, User owner); }",
    };
    const schema = (index: string) =>
      `${parent} CREATE TABLE tickets (id uuid PRIMARY KEY, code text, owner_id uuid REFERENCES users); ${index}`;
    assert.equal(await weightOf(schema(""), java), "likely information");
    assert.equal(await weightOf(schema("CREATE INDEX by_code ON tickets (code);"), java), "possible hint");
  });

  describe("of rows that go with their parents", () => {
    const entities = {
      "src/main/java/a/User.java":
        'package a; @Entity @Table(name = "users") class User { @Id UUID id; @OneToMany(cascade = CascadeType.ALL) List<Badge> badges; }',
      "src/main/java/a/Badge.java": 'package a; @Entity @Table(name = "badges") class Badge { @Id UUID id; }',
      "src/main/java/a/Ticket.java": 'package a; @Entity @Table(name = "tickets") class Ticket { @Id UUID id; UUID ownerId; }',
      "src/main/java/a/Users.java": "package a; interface Users extends JpaRepository<User, UUID> {}",
      "src/main/java/a/Badges.java": "package a; interface Badges extends JpaRepository<Badge, UUID> {}",
      "src/main/java/a/Tickets.java": "package a; interface Tickets extends JpaRepository<Ticket, UUID> {}",
    };
    const desk = (body: string, path = "src/main/java/a/Desk.java") => ({
      ...entities,
      [path]: `package a; @Service class Desk<T> { Users users; EntityManager em; JpaRepository<T, UUID> all; JdbcTemplate jdbc;
        void leave(User user, T any) { ${body} } }`,
    });
    const tickets = child("ON DELETE CASCADE");

    it("is none where repositories have both and nobody deletes a parent, not even a test", async () => {
      assert.equal(await weightOf(tickets, entities), "");
      assert.equal(await weightOf(tickets, desk("users.deleteAll();", "src/test/java/a/DeskTest.java")), "");
    });

    it("is a warning where somebody deletes a parent", async () => {
      for (const body of [
        "users.deleteById(user.getId());",
        "em.remove(user);",
        'jdbc.update("delete from users where id = ?", user.id());',
      ])
        assert.equal(await weightOf(tickets, desk(body)), "likely warning", body);
    });

    // JoaoZabarella/woodexcess-api: addresses are never deleted, one of them is no longer the first.
    it("is none where a method of a repository changes parents and is called as if it deleted them", async () => {
      const users = `package a; interface Users extends JpaRepository<User, UUID> {
        @Modifying @Query("update User u set u.id = u.id where u.id = :id") void removeFlagOf(UUID id); }`;
      const calling = desk("users.removeFlagOf(user.getId());");
      assert.equal(await weightOf(tickets, { ...calling, "src/main/java/a/Users.java": users }), "");
    });

    it("is a hint where administrators alone delete parents", async () => {
      const admin = (guard: string) => ({
        ...entities,
        "src/main/java/a/UserController.java": `package a; @RestController class UserController { Users users;
          ${guard} @DeleteMapping("/users/{id}") void leave(@PathVariable UUID id) { users.deleteById(id); } }`,
      });
      assert.equal(await weightOf(tickets, admin("")), "likely warning");
      assert.equal(await weightOf(tickets, admin("@PreAuthorize(\"hasRole('ADMIN')\")")), "possible hint");
    });

    it("is a warning where the parent goes with something else that is deleted", async () => {
      const badges = tickets
        .replace(parent, `${parent} CREATE TABLE badges (id uuid PRIMARY KEY);`)
        .replace("REFERENCES users", "REFERENCES badges");
      assert.equal(await weightOf(badges, entities), "");
      assert.equal(await weightOf(badges, desk("users.delete(user);")), "likely warning");
      const going = badges.replace("badges (id uuid PRIMARY KEY", "badges (id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE");
      const bulk = desk('jdbc.update("delete from users");');
      assert.equal(await weightOf(going, bulk), "likely warning");
    });

    it("is a warning where a function of the database deletes parents for somebody", async () => {
      const forget = "CREATE FUNCTION forget(who uuid) RETURNS void LANGUAGE sql AS $$ DELETE FROM users WHERE id = who $$;";
      assert.equal(await weightOf(`${tickets} ${forget}`, desk('jdbc.queryForList("select forget(?)", user.id());')), "likely warning");
      assert.equal(await weightOf(`${tickets} ${forget}`, entities), "possible hint");
    });

    // sitmun: Spring Data REST deletes whatever a request names.
    it("is a hint where a framework takes deletes", async () => {
      const pom = (artifact: string) =>
        `<project><groupId>a</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>${artifact}</artifactId></dependency></dependencies></project>`;
      const sql = "src/main/resources/db/migration/V1__init.sql";
      const at = async (artifact: string): Promise<string> => {
        const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
        await workspace.put(Object.entries({ "pom.xml": pom(artifact), [sql]: tickets, ...entities }));
        return workspace
          .findings()
          .map(({ severity }) => severity)
          .join();
      };
      assert.equal(await at("spring-boot-starter-web"), "");
      assert.equal(await at("spring-boot-starter-data-rest"), "hint");
    });

    it("is a hint where somebody deletes rows of nobody knows which table, or the parent is no code's that is known", async () => {
      assert.equal(await weightOf(tickets, desk("all.delete(any);")), "possible hint");
      const { "src/main/java/a/User.java": _, "src/main/java/a/Users.java": __, ...others } = entities;
      assert.equal(await weightOf(tickets, others), "possible hint");
    });
  });
});
