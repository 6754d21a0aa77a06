import { nestedSelectPerRow } from "../../../src/rules/java/nested-select-per-row.ts";
import { rule } from "../../harness/rule.ts";

const mapper = (methods: string, xml: string): string => `
//- src/main/java/a/OrderMapper.java
package a;
import java.util.List;
import org.apache.ibatis.annotations.*;
@Mapper
public interface OrderMapper {
${methods}
}
//- src/main/resources/mapper/OrderMapper.xml
<mapper namespace="a.OrderMapper">
  <resultMap id="plain" type="a.Order"><id property="id" column="id"/></resultMap>
${xml}
  <select id="linesOf" resultType="a.Line">select * from order_line where order_id = #{id}</select>
</mapper>
`;

const WITH_LINES = `  <resultMap id="withLines" type="a.Order" extends="plain"><collection property="lines" column="id" select="linesOf"/></resultMap>`;

rule(nestedSelectPerRow, {
  reports: {
    "a collection, with the request that comes to it": `${mapper(
      `  List<Order> ofOwner(long owner);
            //^^^^^^^ OrderMapper.ofOwner sends linesOf once per row, for lines (GET /orders)`,
      `${WITH_LINES}
  <select id="ofOwner" resultMap="withLines">select * from orders where owner_id = #{owner}</select>`,
    )}
//- src/main/java/a/Orders.java
package a;
import java.util.List;
import org.springframework.web.bind.annotation.*;
@RestController
class Orders {
  private OrderMapper mapper;
  @GetMapping("/orders") List<Order> of(@RequestParam long owner) { return mapper.ofOwner(owner); }
}
`,
    "what the result map of another mapper brings, and an association": mapper(
      `  List<Order> all();
            //^^^ OrderMapper.all sends one once per distinct value, for owner
  List<Order> more();
            //^^^^ OrderMapper.more sends linesOf once per row, for lines and 1 more`,
      `  <resultMap id="withOwner" type="a.Order"><association property="owner" column="owner_id" select="a.OwnerMapper.one"/></resultMap>
  <resultMap id="withBoth" type="a.Order" extends="a.OrderMapper.withOwner"><collection property="lines" column="id" select="linesOf"/></resultMap>
  <select id="all" resultMap="withOwner">select * from orders</select>
  <select id="more" resultMap="a.OrderMapper.withBoth">select * from orders</select>`,
    ),
    // CatalogueOfLife/backend: the sources of a release, in the place of those of the dataset
    "a property that a result map has in the place of the one above it": mapper(
      `  List<Order> all();
            //^^^ OrderMapper.all sends openLinesOf once per row, for lines`,
      `${WITH_LINES}
  <resultMap id="withOpenLines" type="a.Order" extends="withLines"><collection property="lines" column="id" select="openLinesOf"/></resultMap>
  <select id="all" resultMap="withOpenLines">select * from orders</select>`,
    ),
    annotations: `
//- src/main/java/a/OrderMapper.java
package a;
import java.util.List;
import org.apache.ibatis.annotations.*;
@Mapper
public interface OrderMapper {
  @Select("select * from orders where state = #{state}")
  @Results({@Result(property = "id", column = "id"), @Result(property = "lines", column = "id", many = @Many(select = "a.LineMapper.linesOf"))})
  List<Order> inState(String state);
            //^^^^^^^ OrderMapper.inState sends linesOf once per row, for lines
}
`,
    "results that another method of the mapper names": `
//- src/main/java/a/OrderMapper.java
package a;
import java.util.List;
import org.apache.ibatis.annotations.*;
@Mapper
public interface OrderMapper {
  @Select("select * from orders where id = #{id}")
  @Results(id = "whole", value = {@Result(property = "lines", column = "id", many = @Many(select = "linesOf"))})
  Order one(long id);
  @Select("select * from orders where state = #{state}")
  @ResultMap("whole")
  List<Order> inState(String state);
            //^^^^^^^ OrderMapper.inState sends linesOf once per row, for lines
}
`,
  },
  ignores: {
    "results of another name": `
//- src/main/java/a/OrderMapper.java
package a;
import java.util.List;
import org.apache.ibatis.annotations.*;
@Mapper
public interface OrderMapper {
  @Select("select * from orders where id = #{id}")
  @Results(id = "whole", value = {@Result(property = "lines", column = "id", many = @Many(select = "linesOf"))})
  Order one(long id);
  @Select("select * from orders where state = #{state}")
  @Results(id = "light", value = {@Result(property = "id", column = "id")})
  List<Order> inState(String state);
  @Select("select * from orders")
  @ResultMap("light")
  List<Order> all();
}
`,
    "one row, and rows whose parts are joined": mapper(
      "  Order one(long id);\n  List<Order> joined();",
      `  <resultMap id="withLines" type="a.Order"><collection property="lines" column="id" select="linesOf"/></resultMap>
  <resultMap id="whole" type="a.Order"><id property="id" column="id"/><collection property="lines" ofType="a.Line"><id property="id" column="line_id"/></collection></resultMap>
  <select id="one" resultMap="withLines">select * from orders where id = #{id}</select>
  <select id="joined" resultMap="whole">select o.id, l.id line_id from orders o join order_line l on l.order_id = o.id</select>`,
    ),
    "what is sent when it is looked at": mapper(
      "  List<Order> all();",
      `  <resultMap id="withLines" type="a.Order"><collection property="lines" column="id" select="linesOf" fetchType="lazy"/></resultMap>
  <select id="all" resultMap="withLines">select * from orders</select>`,
    ),
    "nested statements that are lazy in all maps": `${mapper(
      "  List<Order> all();",
      `  <resultMap id="withLines" type="a.Order"><collection property="lines" column="id" select="linesOf"/></resultMap>
  <select id="all" resultMap="withLines">select * from orders</select>`,
    )}
//- src/main/resources/application.properties
mybatis.configuration.lazy-loading-enabled=true
`,
    // apache/shenyu.
    "nested statements that MyBatis's own settings make lazy": `${mapper(
      "  List<Order> all();",
      `  <resultMap id="withLines" type="a.Order"><collection property="lines" column="id" select="linesOf"/></resultMap>
  <select id="all" resultMap="withLines">select * from orders</select>`,
    )}
//- src/main/resources/mybatis/mybatis-config.xml
<configuration><settings><setting name="lazyLoadingEnabled" value="true"/></settings></configuration>
`,
    "result maps that extend each other": mapper(
      "  List<Order> all();",
      `  <resultMap id="a" type="a.Order" extends="b"></resultMap>
  <resultMap id="b" type="a.Order" extends="a"></resultMap>
  <select id="all" resultMap="a">select * from orders</select>`,
    ),
  },
});
