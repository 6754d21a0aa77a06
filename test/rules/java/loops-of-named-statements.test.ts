import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { saveInLoop } from "../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../harness/rule.ts";

/** A DAO that sends the statements of an XML mapper by their names. */
const dao = (head: string, members: string): string => `
//- src/main/java/berth/BerthDao.java
package berth;
import java.util.List;
import org.apache.ibatis.session.*;
import org.mybatis.spring.*;
import org.mybatis.spring.support.*;
import com.ibatis.sqlmap.client.*;
import org.springframework.orm.ibatis.support.*;
import org.egovframe.rte.psl.dataaccess.*;
class BerthDao ${head} {
${members}
}
class Berth { Long getId() { return 1L; } }
interface BerthMapper { int insert(Berth berth); }
//- src/main/resources/mapper/BerthMapper.xml
<mapper namespace="berth.BerthMapper">
  <insert id="insert">insert into berth (id) values (#{id})</insert>
</mapper>
`;

rule(queryInLoop, {
  reports: {
    "a statement by its name": dao(
      "",
      `
  private SqlSessionTemplate session;
  void show(List<Berth> berths) {
    for (Berth berth : berths) {
      List<String> ropes = session.selectList("Rope.ofBerth", berth.getId());
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SqlSessionTemplate.selectList runs once per element of berths
    }
  }`,
    ),
    "one of the session that a DAO inherits": dao(
      "extends SqlSessionDaoSupport",
      `
  void show(List<Berth> berths) {
    for (Berth berth : berths) print(getSqlSession().selectOne("Rope.first", berth.getId()));
                                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SqlSession.selectOne runs once per element of berths
  }
  void print(Object rope) {}`,
    ),
    "one of a DAO that inherits the statements": dao(
      "extends EgovAbstractMapper",
      `
  void show(List<Berth> berths) {
    for (Berth berth : berths) print(selectList("Rope.ofBerth", berth.getId()));
                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BerthDao.selectList runs once per element of berths
  }
  void print(Object rope) {}`,
    ),
    "one of iBATIS": dao(
      "extends SqlMapClientDaoSupport",
      `
  void show(List<Berth> berths) {
    for (Berth berth : berths) print(getSqlMapClientTemplate().queryForObject("Rope.first", berth.getId()));
                                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SqlMapClientTemplate.queryForObject runs once per element of berths
  }
  void print(Object rope) {}`,
    ),
  },
  ignores: {
    "a method of the same name that sends nothing": dao(
      "",
      `
  private Shelf shelf;
  void show(List<Berth> berths) { for (Berth berth : berths) shelf.selectOne("Rope.first", berth.getId()); }
  static class Shelf { Object selectOne(String name, Long id) { return name + id; } }`,
    ),
  },
});

rule(saveInLoop, {
  reports: {
    "an INSERT by its name": dao(
      "",
      `
  private SqlSessionTemplate session;
  void keep(List<Berth> berths) {
    for (Berth berth : berths) session.insert("Berth.add", berth);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SqlSessionTemplate.insert sends a statement for every element of berths
  }`,
    ),
    "a mapper of a session that sends at once": dao(
      "",
      `
  void keep(SqlSessionFactory factory, List<Berth> berths) {
    BerthMapper mapper = factory.openSession(true).getMapper(BerthMapper.class);
    for (Berth berth : berths) mapper.insert(berth);
                             //^^^^^^^^^^^^^^^^^^^^ BerthMapper.insert sends a statement for every element of berths
  }`,
    ),
  },
  ignores: {
    "a mapper of a session that groups its statements": dao(
      "",
      `
  void keep(SqlSessionFactory factory, List<Berth> berths) {
    SqlSession session = factory.openSession(ExecutorType.BATCH);
    BerthMapper mapper = session.getMapper(BerthMapper.class);
    for (Berth berth : berths) mapper.insert(berth);
    session.flushStatements();
  }`,
    ),
    "the session itself": dao(
      "",
      `
  void keep(SqlSessionFactory factory, List<Berth> berths) {
    SqlSession session = factory.openSession(ExecutorType.BATCH, false);
    for (Berth berth : berths) session.insert("Berth.add", berth);
    session.commit();
  }`,
    ),
    "a mapper that whoever calls took from such a session": dao(
      "",
      `
  void keep(BerthMapper batchMapper, List<Berth> berths) {
    for (Berth berth : berths) batchMapper.insert(berth);
  }`,
    ),
  },
});
