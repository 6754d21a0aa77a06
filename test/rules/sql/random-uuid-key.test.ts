import { randomUuidKey } from "../../../src/rules/sql/random-uuid-key.ts";
import { rule } from "../../harness/rule.ts";

const entity = (annotations: string): string => `
//- src/main/java/shop/AuditLog.java
package shop;
import java.util.UUID;
@Entity @Table(name = "audit_log")
class AuditLog { ${annotations} UUID id; Instant at; }
//- src/main/java/shop/AuditLogRepository.java
package shop;
import java.util.UUID;
interface AuditLogRepository extends JpaRepository<AuditLog, UUID> {}
`;

rule(randomUuidKey, {
  reports: {
    "a default of a table that keeps what happens": `
//- db/migration/V1__init.sql
CREATE TABLE audit_log (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), at timestamptz);
                      --^^ audit_log.id is a random UUID: inserts into audit_log hit pages all over its index
`,
    "a table that is said to be large": `
//- performance.yaml
version: 1
database: { tables: { orders: { rows: 80M } } }
//- db/migration/V1__init.sql
CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT uuid_generate_v4());
                   --^^
`,
    "a key that Hibernate makes": `${entity("@Id @GeneratedValue").trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE audit_log (id uuid PRIMARY KEY, at timestamptz);
                      --^^
`,
    "a key that Hibernate makes, in the style that it has by itself": `${entity("@Id @GeneratedValue(strategy = GenerationType.UUID) @UuidGenerator(style = UuidGenerator.Style.RANDOM)").trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE audit_log (id uuid PRIMARY KEY, at timestamptz);
                      --^^
`,
  },
  ignores: {
    "a thing, and a large table with keys in the order of time": `
//- performance.yaml
version: 1
database: { tables: { orders: { rows: 80M } } }
//- db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), created_at timestamptz);
CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT uuidv7());
CREATE TABLE audit_log (id bigserial PRIMARY KEY, uid uuid DEFAULT gen_random_uuid(), at timestamptz);
`,
    "a log that is said to fit into memory": `
//- performance.yaml
version: 1
database: { tables: { audit_log: { rows: 2M } } }
//- db/migration/V1__init.sql
CREATE TABLE audit_log (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), at timestamptz);
`,
    "a key that Hibernate makes in the order of time": `${entity("@Id @UuidGenerator(style = UuidGenerator.Style.TIME) @GeneratedValue").trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE audit_log (id uuid PRIMARY KEY, at timestamptz);
`,
    "a key that the application gives, or a generator of its own": `${entity("@Id").trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE audit_log (id uuid PRIMARY KEY, at timestamptz);
`,
    "a generator of its own": `${entity('@Id @GeneratedValue(generator = "ordered")').trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE audit_log (id uuid PRIMARY KEY, at timestamptz);
`,
  },
});
