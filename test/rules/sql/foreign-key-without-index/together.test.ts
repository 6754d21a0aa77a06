import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { rule } from "../../../harness/rule.ts";

const SHOPS = "CREATE TABLE shops (id uuid PRIMARY KEY);\nCREATE TABLE desks (id uuid PRIMARY KEY);";

const MAPPED = `
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=update
spring.datasource.url=jdbc:postgresql://localhost/shop
//- src/main/java/a/Shop.java
package a;
import jakarta.persistence.*;
@Entity
class Shop { @Id Long id; }
//- src/main/java/a/Desk.java
package a;
import jakarta.persistence.*;
@Entity
class Desk { @Id Long id; }`;

rule(foreignKeyWithoutIndex, {
  reports: {
    "the keys of one script, with one migration for all": `
//- db/migration/V1__init.sql
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops, desk_id uuid REFERENCES desks);
                                                    --^^^^^^^^^^^^^^^^ 💡 calls.shop_id references shops, and no index starts with it; 2 more alike
                                                                                   --~~~~~~~~~~~~~~~~ calls.desk_id references desks, and no index starts with it
CREATE TABLE visits (id uuid PRIMARY KEY, desk_id uuid REFERENCES desks);
                                                     --~~~~~~~~~~~~~~~~ visits.desk_id references desks, and no index starts with it
`,
    "the keys of two scripts, each told where it is": `
//- db/migration/V1__init.sql
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops);
                                                    --^^^^^^^^^^^^^^^^ 💡 calls.shop_id references shops, and no index starts with it
//- db/migration/V2__visits.sql
CREATE TABLE visits (id uuid PRIMARY KEY, desk_id uuid REFERENCES desks);
                                                     --^^^^^^^^^^^^^^^^ 💡 visits.desk_id references desks, and no index starts with it
`,
    "those of deletes that go through apart from the others": `
//- db/migration/V1__init.sql
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops, desk_id uuid REFERENCES desks ON DELETE CASCADE);
                                                    --^^^^^^^^^^^^^^^^ 💡 calls.shop_id references shops, and no index starts with it
                                                                                   --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 calls.desk_id references desks, and no index starts with it
`,
    "at the largest table, where sizes are known": `
//- performance.yaml
version: 1
database:
  tables:
    calls: { rows: 200000 }
    visits: { rows: 900000 }
//- db/migration/V1__init.sql
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops);
                                                    --~~~~~~~~~~~~~~~~ calls.shop_id references shops, and no index starts with it
CREATE TABLE visits (id uuid PRIMARY KEY, desk_id uuid REFERENCES desks);
                                                     --^^^^^^^^^^^^^^^^ 💡 visits.desk_id references desks, and no index starts with it; 1 more alike
`,
    "one index for a key that begins another one": `
//- db/migration/V1__init.sql
CREATE TABLE shops (id uuid PRIMARY KEY);
CREATE TABLE desks (shop_id uuid, place int, PRIMARY KEY (shop_id, place));
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops, place int, FOREIGN KEY (shop_id, place) REFERENCES desks);
                                                    --^^^^^^^^^^^^^^^^ 💡 calls.shop_id references shops, and no index starts with it; 1 more alike
`,
    "the keys of a change log": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops, desk_id uuid REFERENCES desks);
                                                    --^^^^^^^^^^^^^^^^ 💡
`,
    "the keys of an entity": `${MAPPED}
//- src/main/java/a/Call.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "calls")
class Call {
  @Id Long id;
  @ManyToOne Shop shop;
                //^^^^ 💡 calls.shop_id references shop, and no index starts with it; 1 more alike
  @ManyToOne Desk desk;
                //~~~~ calls.desk_id references desk, and no index starts with it
}
`,
    "the keys of an entity that has indexes": `${MAPPED}
//- src/main/java/a/Call.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "calls", indexes = @Index(name = "by_code", columnList = "code"))
class Call {
  @Id Long id;
  String code;
  @ManyToOne Shop shop;
                //^^^^ 💡
  @ManyToOne Desk desk;
}
`,
  },
  ignores: {
    "keys that have their indexes": `
//- db/migration/V1__init.sql
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid UNIQUE REFERENCES shops, desk_id uuid UNIQUE REFERENCES desks);
`,
  },
  applied: {
    "the keys of one script, with one migration for all": {
      difference: [
        "+ index CREATE INDEX idx_calls_desk_id ON public.calls USING btree (desk_id)",
        "+ index CREATE INDEX idx_calls_shop_id ON public.calls USING btree (shop_id)",
        "+ index CREATE INDEX idx_visits_desk_id ON public.visits USING btree (desk_id)",
      ],
    },
  },
  fixes: {
    "the keys of one script, with one migration for all": `
//- db/migration/V2__add_3_indexes.sql
CREATE INDEX idx_calls_shop_id ON calls (shop_id);
CREATE INDEX idx_calls_desk_id ON calls (desk_id);
CREATE INDEX idx_visits_desk_id ON visits (desk_id);
`,
    "one index for a key that begins another one": `
//- db/migration/V2__add_index_calls_shop_id_place.sql
CREATE INDEX idx_calls_shop_id_place ON calls (shop_id, place);
`,
    "the keys of a change log": {
      "Create 2 indexes": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops, desk_id uuid REFERENCES desks);

--changeset UNKNOWN:add_2_indexes
CREATE INDEX idx_calls_shop_id ON calls (shop_id);
CREATE INDEX idx_calls_desk_id ON calls (desk_id);
`,
      "Create 2 indexes concurrently": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
${SHOPS}
CREATE TABLE calls (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops, desk_id uuid REFERENCES desks);

--changeset UNKNOWN:add_2_indexes runInTransaction:false dbms:postgresql
DROP INDEX CONCURRENTLY IF EXISTS idx_calls_shop_id;
CREATE INDEX CONCURRENTLY idx_calls_shop_id ON calls (shop_id);
DROP INDEX CONCURRENTLY IF EXISTS idx_calls_desk_id;
CREATE INDEX CONCURRENTLY idx_calls_desk_id ON calls (desk_id);
`,
    },
    "the keys of an entity": `
//- src/main/java/a/Call.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "calls", indexes = {
  @Index(name = "idx_calls_shop_id", columnList = "shop_id"),
  @Index(name = "idx_calls_desk_id", columnList = "desk_id")
})
class Call {
  @Id Long id;
  @ManyToOne Shop shop;
  @ManyToOne Desk desk;
}
`,
    "the keys of an entity that has indexes": `
//- src/main/java/a/Call.java
package a;
import jakarta.persistence.*;
@Entity
@Table(name = "calls", indexes = {
  @Index(name = "by_code", columnList = "code"),
  @Index(name = "idx_calls_shop_id", columnList = "shop_id"),
  @Index(name = "idx_calls_desk_id", columnList = "desk_id")
})
class Call {
  @Id Long id;
  String code;
  @ManyToOne Shop shop;
  @ManyToOne Desk desk;
}
`,
  },
});
