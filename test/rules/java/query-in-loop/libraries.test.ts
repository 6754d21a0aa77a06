import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

const tasksOf = (packageName: string, base: string): string => `
//- src/shop/Task.java
package shop;
import jakarta.persistence.*;
@Entity class Task { @Id String id; String name; }
//- src/shop/TaskRepository.java
package shop;
import ${packageName}.${base};
interface TaskRepository extends ${base}<Task, String> { Task findByName(String name); }`;

rule(queryInLoop, {
  reports: {
    "a library's own base of repositories": `${tasksOf("org.example.data", "QueryableRepository")}
//- src/shop/Reader.java
package shop;
import java.util.List;
class Reader {
  TaskRepository tasks;
  void all(List<String> names) {
    names.forEach(this::check);
                //^^^^^^^^^^^ check runs TaskRepository.existsById once per element of names
    for (String name : names) tasks.findByName(name);
                            //^^^^^^^^^^^^^^^^^^^^^^ TaskRepository.findByName runs once per element of names
  }
  private void check(String id) { if (!tasks.existsById(id)) throw new IllegalStateException(); }
}
`,
    "a repository of Spring Data's key-value module that JPA implements": `${tasksOf("org.springframework.data.keyvalue.repository", "KeyValueRepository")}
//- src/shop/Reader.java
package shop;
import java.util.List;
class Reader {
  TaskRepository tasks;
  void all(List<String> names) {
    for (String name : names) tasks.findByName(name);
                            //^^^^^^^^^^^^^^^^^^^^^^ TaskRepository.findByName runs once per element of names
  }
}
`,
    "records and DAOs that jOOQ generates": `
//- src/shop/Bins.java
package shop;
import static shop.db.Tables.BIN;
import shop.db.tables.daos.*;
import shop.db.tables.records.BinRecord;
import java.util.*;
import org.jooq.DSLContext;
class Bins {
  private final DSLContext dsl;
  private final PartDao parts;
  void refresh(List<BinRecord> bins) {
    for (BinRecord bin : bins) bin.refresh();
                             //^^^^^^^^^^^^^ BinRecord.refresh runs once per element of bins
  }
  List<String> labels() {
    return dsl.selectFrom(BIN).where(BIN.OPEN.eq(true)).fetch().stream().map(bin -> bin.fetchParent(Keys.BIN_HALL).getLabel()).toList();
                                                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UpdatableRecord.fetchParent runs once per element of dsl.selectFrom(…).where(…).fetch()
  }
  void print(List<Long> ids) {
    for (Long id : ids) System.out.println(parts.fetchByBinId(id));
                                         //^^^^^^^^^^^^^^^^^^^^^^ PartDao.fetchByBinId runs once per element of ids
  }
}
`,
    // spring-cloud-dataflow's lists of jobs with their runs.
    "what Spring Batch keeps of its runs": `
//- src/shop/Runs.java
package shop;
import java.util.*;
import org.springframework.batch.core.*;
import org.springframework.batch.core.explore.JobExplorer;
class Runs {
  private final JobExplorer explorer;
  List<JobExecution> last(String name) {
    List<JobExecution> found = new ArrayList<>();
    explorer.getJobInstances(name, 0, 50).forEach(instance -> found.addAll(explorer.getJobExecutions(instance)));
                                                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JobExplorer.getJobExecutions runs once per element of explorer.getJobInstances(…)
    return found;
  }
}
`,
    "a statement of an XML mapper": `
//- src/main/java/shop/LineMapper.java
package shop;
public interface LineMapper { Line first(Long orderId); int purge(Long orderId); }
                                 //~~~~~ related
//- src/main/resources/mapper/LineMapper.xml
<mapper namespace="shop.LineMapper">
  <select id="first" resultType="shop.Line">select * from line where order_id = #{orderId} limit 1</select>
  <delete id="purge">delete from line where order_id = #{orderId}</delete>
</mapper>
//- src/main/java/shop/Lines.java
package shop;
import java.util.List;
class Lines {
  private LineMapper lines;
  void print(List<Long> orders) {
    for (Long order : orders) show(lines.first(order));
                                 //^^^^^^^^^^^^^^^^^^ LineMapper.first runs once per element of orders
    for (Long order : orders) lines.purge(order);
  }
}
`,
    "what tk.mybatis declares": `
//- src/main/java/shop/LineMapper.java
package shop;
import tk.mybatis.mapper.common.Mapper;
public interface LineMapper extends Mapper<Line> {}
//- src/main/java/shop/Lines.java
package shop;
import java.util.List;
class Lines {
  private LineMapper lines;
  void print(List<Long> ids) {
    for (Long id : ids) show(lines.selectByPrimaryKey(id));
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LineMapper.selectByPrimaryKey runs once per element of ids
  }
}
`,
    "EntityManager, JdbcTemplate, JdbcClient and jOOQ": `
//- src/shop/Reports.java
package shop;
import java.util.List;
import jakarta.persistence.EntityManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.jooq.DSLContext;
class Reports {
  EntityManager em; JdbcTemplate jdbc; JdbcClient client; DSLContext dsl;
  void run(List<Long> ids) {
    for (Long id : ids) em.find(Report.class, id);
                      //^^^^^^^^^^^^^^^^^^^^^^^^^ EntityManager.find runs once per element of ids
    for (Long id : ids) em.createQuery("from Report r where r.parent = :p", Report.class).setParameter("p", id).getResultList();
                                                                                                              //^^^^^^^^^^^^^^^ TypedQuery.getResultList runs once per element of ids
    for (Long id : ids) jdbc.queryForObject("select count(*) from t where id = ?", Integer.class, id);
                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JdbcTemplate.queryForObject runs once per element of ids
    for (Long id : ids) client.sql("select name from t where id = ?").param(id).query(String.class).single();
                                                                                                  //^^^^^^^^ MappedQuerySpec.single runs once per element of ids
    for (Long id : ids) dsl.selectFrom(T).where(T.ID.eq(id)).fetchOne();
                                                           //^^^^^^^^^^ Select.fetchOne runs once per element of ids
  }
}
class Report {}
`,
    "a generic base repository declared elsewhere": `
//- src/base/BaseRepository.java
package base;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.NoRepositoryBean;
@NoRepositoryBean
public interface BaseRepository<T> extends CrudRepository<T, Long> {}
//- src/shop/TagRepository.java
package shop;
import base.BaseRepository;
interface TagRepository extends BaseRepository<Tag> {}
//- src/shop/Tag.java
package shop;
class Tag {}
//- src/shop/Tags.java
package shop;
import java.util.List;
class Tags {
  TagRepository tags;
  void touch(List<Long> ids) {
    ids.forEach(id -> { if (id > 0) { try { tags.findById(id); } finally { } } });
                                          //^^^^^^^^^^^^^^^^^ TagRepository.findById runs once per element of ids
  }
}
`,
    "JDBI: a handle, and an interface with statements": `
//- src/shop/UserDao.java
package shop;
import java.util.*;
import org.jdbi.v3.sqlobject.statement.*;
public interface UserDao {
  @SqlQuery("select * from users where id = :id") Optional<User> find(long id);
  @SqlBatch("insert into users (id) values (:id)") void add(List<Long> id);
}
//- src/shop/Users.java
package shop;
import java.util.*;
import org.jdbi.v3.core.Jdbi;
import org.springframework.web.bind.annotation.*;
@RestController
class Users {
  private Jdbi jdbi;
  @PostMapping("/users")
  public void load(@RequestBody List<Long> ids) {
    jdbi.useHandle(handle -> {
      for (Long id : ids) {
        handle.createQuery("select * from users where id = :id").bind("id", id).mapTo(User.class).one();
                                                                                                //^^^^^ Query.one runs once per element of ids
      }
    });
  }
  @PostMapping("/users/2")
  public void extended(@RequestBody List<Long> ids) {
    jdbi.useExtension(UserDao.class, dao -> ids.forEach(id -> dao.find(id)));
                                                            //^^^^^^^^^^^^ UserDao.find runs once per element of ids
  }
  @PostMapping("/users/3")
  public void add(@RequestBody List<Long> ids) { jdbi.onDemand(UserDao.class).add(ids); }
}
`,
    "Querydsl and jOOQ": `${OWNERS}
//- src/shop/Search.java
package shop;
import static shop.QCustomer.customer;
import static shop.db.Tables.ORDERS;
import java.util.*;
import com.querydsl.jpa.impl.JPAQueryFactory;
import org.jooq.*;
import org.springframework.web.bind.annotation.*;
@RestController
class Search {
  private JPAQueryFactory factory;
  private DSLContext dsl;
  @PostMapping("/search")
  public void load(@RequestBody List<String> emails) {
    for (String email : emails) {
      Customer found = factory.selectFrom(customer).where(customer.email.eq(email)).fetchOne();
                                                                                  //^^^^^^^^^^ JPAQuery.fetchOne runs once per element of emails
    }
  }
  @GetMapping("/orders")
  public void orders() {
    for (Customer one : factory.selectFrom(customer).fetch()) {
      dsl.selectFrom(ORDERS).where(ORDERS.CUSTOMER_ID.eq(one.getId())).fetch();
                                                                     //^^^^^^^ Select.fetch runs once per element of factory.selectFrom(…).fetch()
    }
  }
}
`,
  },
  ignores: {
    "a repository of source code, which another library has": `
//- src/shop/Mirrors.java
package shop;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import vendor.inventory.*;
class Mirrors {
  List<String> branches(List<Repository> all) { return all.stream().map(one -> one.getFullBranch()).toList(); }
}
class Releases {
  List<String> urls(List<vendor.inventory.Repository> all) { return all.stream().map(one -> one.getUrl()).toList(); }
}
`,
    // alf.io writes its statements of constants: the first of them says what the statement is.
    "a statement put together of constants that writes": `
//- src/shop/Texts.java
package shop;
interface Texts { String UPDATE = "update ticket set name = :name"; String WHERE = " where id = :id"; }
//- src/shop/TicketNames.java
package shop;
import ch.digitalfondue.npjt.Bind;
import ch.digitalfondue.npjt.Query;
interface TicketNames {
  @Query(Texts.UPDATE + Texts.WHERE) int rename(@Bind("id") long id, @Bind("name") String name);
  @Query(Texts.UPDATE) int renameAll(@Bind("name") String name);
}
//- src/shop/Renaming.java
package shop;
import java.util.List;
class Renaming {
  TicketNames names;
  void all(List<Long> ids) { for (Long id : ids) { names.rename(id, "x"); names.renameAll("y"); } }
}
`,
    // thingsboard's relations: what is deleted comes back as rows.
    "a statement that deletes and returns": `
//- src/shop/Purge.java
package shop;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
class Purge {
  private static final String DELETE = "DELETE FROM orders WHERE id = ? RETURNING id";
  JdbcTemplate jdbc;
  void all(List<Long> ids) {
    for (Long id : ids) {
      jdbc.query(DELETE, rows -> {}, id);
      jdbc.queryForList("delete from orders where id = ? returning id", Long.class, id);
    }
  }
}
`,
    "a method of the same name on something that is no repository": `
//- src/shop/Names.java
package shop;
import java.util.List;
class Names {
  String findById(Long id) { return ""; }
  void all(List<Long> ids) { for (Long id : ids) findById(id); }
}
`,
    "a receiver of unknown type": `
//- src/shop/Unknown.java
package shop;
import java.util.List;
class Unknown {
  void all(List<Long> ids) { for (Long id : ids) somewhere().findById(id); }
}
`,
  },
});
