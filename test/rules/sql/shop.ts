/** Two tables with their entities, for rules over queries: what a case adds are indexes and the methods of a repository. */
const TABLES = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY, email varchar(200) NOT NULL, city text, blocked boolean NOT NULL);
CREATE TABLE tickets (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users (id),
  code text NOT NULL,
  note text,
  created_at timestamptz NOT NULL
);
`.trimEnd();

const ENTITIES = `
//- src/main/java/shop/User.java
package shop;
@Entity @Table(name = "users")
class User { @Id UUID id; String email; String city; boolean blocked; }
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket {
  @Id UUID id;
  @ManyToOne @JoinColumn(name = "owner_id") User owner;
  String code;
  String note;
  Instant createdAt;
}
`.trimEnd();

export interface Shop {
  /** Methods of a repository of tickets. */
  readonly tickets?: string;
  /** Methods of a repository of users. */
  readonly users?: string;
  /** Statements of a second migration. */
  readonly sql?: string;
  /** Rows that the project declares, by table. */
  readonly rows?: Readonly<Record<string, number>>;
}

export function shop({ tickets, users, sql, rows }: Shop): string {
  const repository = (name: string, entity: string, methods: string | undefined): string =>
    methods === undefined
      ? ""
      : `\n//- src/main/java/shop/${name}.java\npackage shop;\ninterface ${name} extends JpaRepository<${entity}, UUID> {\n${methods}\n}`;
  const migration = sql === undefined ? "" : `\n//- src/main/resources/db/migration/V2__more.sql\n${sql}`;
  const declared = Object.entries(rows ?? {}).map(([table, count]) => `    ${table}: { rows: ${count} }`);
  const project = declared.length === 0 ? "" : `\n//- performance.yaml\ndatabase:\n  tables:\n${declared.join("\n")}`;
  return `${TABLES}${migration}${project}${ENTITIES}${repository("TicketRepository", "Ticket", tickets)}${repository("UserRepository", "User", users)}\n`;
}
