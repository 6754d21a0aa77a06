import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { ENTITIES, SCHEMA } from "../ticketShop.ts";

rule(missingIndexForQuery, {
  reports: {
    "SQL of an interface that is no Spring Data repository": `${SCHEMA}
//- src/main/java/shop/Tickets.java
package shop;
interface Tickets {
  String SELECT = "select t.* from tickets t ";
  @Query(SELECT + "join users u on u.id = t.owner_id where code = :code")
  Ticket byCode(@Bind("code") String code);
       //^^^^^^ 💡 byCode filters tickets by code without an index
}
`,
    "a text that JDBC is handed": `${SCHEMA}
//- src/main/java/shop/TicketDao.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
class TicketDao {
  private final JdbcTemplate jdbc;
  Ticket byCode(String code) {
    String sql = "select * from tickets where code = ?";
    return jdbc.queryForObject(sql, mapper, code);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 byCode filters tickets by code without an index
  }
}
`,
    "a text that JDBC itself prepares": `${SCHEMA}
//- src/main/java/shop/TicketDao.java
package shop;
import java.sql.*;
class TicketDao {
  private static final String BY_CODE = "select * from tickets where code = ?";
  boolean isKnown(Connection connection, String code) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_CODE)) {
      statement.setString(1, code);
      try (ResultSet rows = statement.executeQuery()) { return rows.next(); }
                          //^^^^^^^^^^^^^^^^^^^^^^^^ 💡 isKnown filters tickets by code without an index
    }
  }
}
`,
    "criteria that a method of a base class is handed": `${SCHEMA}${ENTITIES}
//- src/main/java/shop/Base.java
package shop;
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
abstract class Base<T> {
  protected EntityManager em;
  protected List<T> list(CriteriaQuery<T> criteria) { return em.createQuery(criteria.distinct(true)).getResultList(); }
}
//- src/main/java/shop/TicketStore.java
package shop;
import jakarta.persistence.criteria.*;
class TicketStore extends Base<Ticket> {
  List<Ticket> byCode(String code) {
    CriteriaBuilder build = em.getCriteriaBuilder();
    CriteriaQuery<Ticket> query = build.createQuery(Ticket.class);
    Root<Ticket> ticket = query.from(Ticket.class);
    query.where(build.equal(ticket.get("code"), code));
    return list(query);
         //^^^^^^^^^^^ 💡 byCode filters tickets by code without an index
  }
}
`,
    Querydsl: `${SCHEMA}${ENTITIES}
//- src/main/java/shop/TicketSearch.java
package shop;
import static shop.QTicket.ticket;
import com.querydsl.jpa.impl.JPAQueryFactory;
class TicketSearch {
  private final JPAQueryFactory factory;
  List<Ticket> newest(String code) {
    return factory.selectFrom(ticket).where(ticket.code.eq(code)).orderBy(ticket.createdAt.desc()).limit(20).fetch();
                                                                                                           //^^^^^^^ 💡 newest reads tickets by code in order of created_at without an index
  }
}
`,
    "a specification": `${SCHEMA}${ENTITIES}
//- src/main/java/shop/TicketSearch.java
package shop;
class TicketSearch {
  private final TicketRepository tickets;
  List<Ticket> specified(String code) { return tickets.findAll((root, query, cb) -> cb.equal(root.get("code"), code)); }
                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 specified filters tickets by code without an index
}
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID>, JpaSpecificationExecutor<Ticket> {}
`,
    jOOQ: `${SCHEMA}
//- src/main/java/shop/TicketSearch.java
package shop;
import static shop.db.Tables.TICKETS;
import org.jooq.DSLContext;
class TicketSearch {
  private final DSLContext dsl;
  boolean isKnown(String code) {
    return dsl.fetchExists(dsl.selectOne().from(TICKETS).where(TICKETS.CODE.eq(code)));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 isKnown filters tickets by code without an index
  }
}
`,
  },
  ignores: {
    // airsonic-advanced
    "a change that Liquibase runs once": `${SCHEMA}
//- src/main/java/shop/AddCodes.java
package shop;
import java.sql.*;
class AddCodes implements CustomSqlChange {
  boolean isKnown(Connection connection, String code) throws SQLException {
    PreparedStatement statement = connection.prepareStatement("select * from tickets where code = ?");
    return statement.executeQuery().next();
  }
}
`,
    "predicates that are not known": `${SCHEMA}${ENTITIES}
//- src/main/java/shop/TicketSearch.java
package shop;
import static shop.QTicket.ticket;
import com.querydsl.jpa.impl.JPAQueryFactory;
class TicketSearch {
  private final JPAQueryFactory factory;
  private final TicketRepository tickets;
  private final EntityManager em;
  List<Ticket> maybe(String code) { return factory.selectFrom(ticket).where(ticket.code.eq(code), more()).fetch(); }
  List<Ticket> specified(Specification<Ticket> own) { return tickets.findAll(own.and((root, query, cb) -> cb.equal(root.get("code"), code))); }
  List<Ticket> criteria(String code) {
    CriteriaQuery<Ticket> query = em.getCriteriaBuilder().createQuery(Ticket.class);
    Root<Ticket> root = query.from(Ticket.class);
    return em.createQuery(query.where(root.get("code").in(code), more(root))).getResultList();
  }
}
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID>, JpaSpecificationExecutor<Ticket> {}
`,
    // finos/waltz's tools: somebody runs them by hand.
    "a program with a main of its own": `${SCHEMA}
//- src/main/java/shop/RemoveTickets.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
class RemoveTickets {
  private final JdbcTemplate jdbc;
  public static void main(String[] args) { new RemoveTickets().run(); }
  void run() { jdbc.queryForList("select id from tickets where code = 'old'", String.class); }
}
`,
    // finos/waltz's generators of samples
    "a delete by a constant in code that nothing reaches": `${SCHEMA}
//- src/main/java/shop/Samples.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
class Samples {
  private final JdbcTemplate jdbc;
  void remove() { jdbc.update("delete from tickets where code = 'sample'"); }
}
`,
    // alf.io's DataMigrator: an index for a query that is sent once.
    "a migration of data in Java": `${SCHEMA}
//- src/main/java/shop/TicketMigrator.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
class TicketMigrator {
  private final JdbcTemplate jdbc;
  void migrate() { jdbc.queryForList("select id from tickets where code = 'old'", String.class); }
}
`,
  },
});
