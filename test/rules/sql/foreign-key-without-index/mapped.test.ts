import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { rule } from "../../../harness/rule.ts";

const hibernate = (ddlAuto: "create" | "update" | "validate"): string => `
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=${ddlAuto}
spring.datasource.url=jdbc:postgresql://localhost/shop
`;
const TAG = `//- src/main/java/shop/Tag.java
package shop;
import jakarta.persistence.*;
@Entity class Tag { @Id Long id; }
`;

rule(foreignKeyWithoutIndex, {
  reports: {
    "a reference in an entity that Hibernate makes the table of": `${hibernate("update")}//- src/main/java/shop/User.java
package shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
@Entity class User { @Id Long id; }
            //~~~~ the parent; ON DELETE NO ACTION
//- src/main/java/shop/Ticket.java
package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

@Entity
public class Ticket {
  @Id Long id;
  @ManyToOne User owner;
                //^^^^^ 💡 ticket.owner_id references user, and no index starts with it
}
`,
    // OpenLMIS/openlmis-stockmanagement: an index on adjustments of lines of an inventory, for a page that was slow
    "a collection of what a repository's entity leads to": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE counts (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint PRIMARY KEY, count_id bigint NOT NULL REFERENCES counts);
CREATE INDEX lines_count ON lines (count_id);
CREATE TABLE adjustments (id bigint PRIMARY KEY, quantity int, line_id bigint,
  FOREIGN KEY (line_id) REFERENCES lines
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 adjustments.line_id references lines, and no index starts with it
);
//- src/main/java/shop/Count.java
package shop;
@Entity @Table(name = "counts") class Count { @Id Long id; @OneToMany(mappedBy = "count", cascade = ALL) List<Line> lines; }
//- src/main/java/shop/Line.java
package shop;
@Entity @Table(name = "lines")
class Line { @Id Long id; @ManyToOne Count count; @OneToMany(cascade = ALL) @JoinColumn(name = "line_id") List<Adjustment> adjustments; }
//- src/main/java/shop/Adjustment.java
package shop;
@Entity @Table(name = "adjustments") class Adjustment { @Id Long id; int quantity; }
//- src/main/java/shop/Counts.java
package shop;
interface Counts extends JpaRepository<Count, Long> {}
`,
    "the far side of a join table": `${hibernate("create")}${TAG}//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.Set;
@Entity class Ticket {
  @Id Long id;
  @ManyToMany Set<Tag> tags;
                     //^^^^ 💡 ticket_tags.tags_id references tag, and no index starts with it
}
`,
    "the far side of a join table with a name": `${hibernate("create")}${TAG}//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.util.Set;
@Entity class Ticket {
  @Id Long id;
  @ManyToMany
  @JoinTable(
      name = "tagged",
      joinColumns = @JoinColumn(name = "ticket"),
      inverseJoinColumns = @JoinColumn(name = "tag")
  )
  Set<Tag> tags;
         //^^^^ 💡 tagged.tag references tag, and no index starts with it
}
`,
    "the owner of a list of values": `${hibernate("create")}//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.List;
@Entity class Ticket {
  @Id Long id;
  @ElementCollection
  @CollectionTable(name = "notes")
  List<String> notes;
             //^^^^^ 💡 notes.ticket_id references ticket, and no index starts with it
}
`,
    "a collection of a class that is none of an entity": `${hibernate("create")}//- src/main/java/shop/Noted.java
package shop;
import jakarta.persistence.*;
import java.util.List;
@MappedSuperclass class Noted {
  @Id Long id;
  @ElementCollection
  @CollectionTable(name = "notes", joinColumns = @JoinColumn(name = "noted"))
  List<String> notes;
             //^^^^^ notes.noted references ticket, and no index starts with it
}
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
@Entity class Ticket extends Noted { }
`,
  },
  ignores: {
    "a reference in an entity with an index, a unique one, and one that only a script checks": `${hibernate("update")}//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
@Entity @Table(indexes = @Index(columnList = "parent_id, code"))
class Ticket {
  @Id Long id;
  String code;
  @ManyToOne Ticket parent;
  @OneToOne(optional = false) Ticket twin;
  @ManyToOne @JoinColumn(foreignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT)) Ticket loose;
}
`,
    "a reference in an entity of a table that others make": `${hibernate("validate")}//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
@Entity class Ticket { @Id Long id; @ManyToOne Ticket parent; }
`,
  },
  fixes: {
    "the far side of a join table": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.Set;
@Entity class Ticket {
  @Id Long id;
  @ManyToMany
  @JoinTable(indexes = @Index(name = "idx_ticket_tags_tags_id", columnList = "tags_id")) Set<Tag> tags;
}
`,
    "the far side of a join table with a name": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.util.Set;
@Entity class Ticket {
  @Id Long id;
  @ManyToMany
  @JoinTable(
      name = "tagged",
      joinColumns = @JoinColumn(name = "ticket"),
      inverseJoinColumns = @JoinColumn(name = "tag"),
      indexes = @Index(name = "idx_tagged_tag", columnList = "tag")
  )
  Set<Tag> tags;
}
`,
    "the owner of a list of values": `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
import java.util.List;
@Entity class Ticket {
  @Id Long id;
  @ElementCollection
  @CollectionTable(name = "notes", indexes = @Index(name = "idx_notes_ticket_id", columnList = "ticket_id"))
  List<String> notes;
}
`,
    "a reference in an entity that Hibernate makes the table of": `
//- src/main/java/shop/Ticket.java
package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

@Entity
@Table(indexes = @Index(name = "idx_ticket_owner_id", columnList = "owner_id"))
public class Ticket {
  @Id Long id;
  @ManyToOne User owner;
}
`,
  },
});
