import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A mapper of MyBatis with its XML, a DAO of JDBI, and a class that uses both. */
const bins = (members: string): string => `
//- src/main/resources/BinMapper.xml
<mapper namespace="bins.BinMapper">
  <insert id="add">insert into bin (code, zone) values (#{code}, #{zone})</insert>
  <insert id="addAll">insert into bin (code, zone) values <foreach collection="list" item="one" separator=",">(#{one.code}, #{one.zone})</foreach></insert>
  <select id="byCode" resultType="bins.Bin">select code, zone from bin where code = #{code}</select>
</mapper>
//- src/main/java/bins/BinMapper.java
package bins;
import java.util.List;
interface BinMapper { int add(Bin bin); int addAll(List<Bin> bins); Bin byCode(String code); }
//- src/main/java/bins/BinDao.java
package bins;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.*;
interface BinDao {
  @SqlUpdate("insert into bin (code, zone) values (:code, :zone)") void insert(String code, String zone);
  @SqlBatch("insert into bin (code, zone) values (:code, :zone)") void insertAll(List<String> code, String zone);
}
//- src/main/java/bins/Bin.java
package bins;
record Bin(String code, String zone) {}
//- src/main/java/bins/Bins.java
package bins;
import java.util.List;
class Bins {
  private BinMapper mapper;
  private BinDao dao;
${members}
}
`;

rule(saveInLoop, {
  reports: {
    "an INSERT of an XML mapper for each": bins(`
  void add(List<Bin> all) { for (Bin bin : all) mapper.add(bin); }
                                              //^^^^^^^^^^^^^^^ BinMapper.add sends a statement for every element of all`),
    "an INSERT in an annotation for each": bins(`
  void add(List<String> codes) { codes.forEach(code -> dao.insert(code, "A")); }
                                                     //^^^^^^^^^^^^^^^^^^^^^ BinDao.insert sends a statement for every element of codes`),
  },

  ignores: {
    "a statement for many rows": bins(`
  void add(List<List<Bin>> chunks) {
    for (List<Bin> chunk : chunks) mapper.addAll(chunk);
  }`),
    "a batch": bins(`
  void add(List<List<String>> chunks) {
    for (List<String> chunk : chunks) dao.insertAll(chunk, "A");
  }`),
    "a read": bins("  void look(List<String> codes) { for (String code : codes) mapper.byCode(code); }"),
  },
});
