import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

rule(queryInLoop, {
  reports: {
    "what MyBatis-Plus declares": `
//- src/main/java/shop/LineMapper.java
package shop;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
public interface LineMapper extends BaseMapper<Line> {}
//- src/main/java/shop/Lines.java
package shop;
import java.util.List;
class Lines {
  private LineMapper lines;
  void print(List<Long> ids) {
    for (Long id : ids) show(lines.selectById(id));
                           //^^^^^^^^^^^^^^^^^^^^ LineMapper.selectById runs once per element of ids
  }
}
`,
    "one row from a service of MyBatis-Plus, whose getById and getOne send a query": `
//- src/main/java/shop/LineService.java
package shop;
import com.baomidou.mybatisplus.extension.service.IService;
public interface LineService extends IService<Line> {}
//- src/main/java/shop/Lines.java
package shop;
import com.baomidou.mybatisplus.core.conditions.query.QueryWrapper;
import java.util.List;
class Lines {
  private LineService lines;
  void print(List<Long> ids) {
    for (Long id : ids) show(lines.getById(id));
                           //^^^^^^^^^^^^^^^^^ LineService.getById runs once per element of ids
    for (Long id : ids) show(lines.getOne(new QueryWrapper<Line>().eq("order_id", id)));
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LineService.getOne runs once per element of ids
  }
}
`,
    "the mapper that a service of MyBatis-Plus inherits": `
//- src/main/java/shop/LineMapper.java
package shop;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
import org.apache.ibatis.annotations.*;
public interface LineMapper extends BaseMapper<Line> { @Select("select count(*) from line where order_id = #{order}") long ofOrder(long order); }
                                                                                                                         //~~~~~~~ LineMapper.ofOrder is declared here
//- src/main/java/shop/Lines.java
package shop;
import com.baomidou.mybatisplus.extension.service.impl.ServiceImpl;
import java.util.List;
class Lines extends ServiceImpl<LineMapper, Line> {
  long ofOrder(long order) { return baseMapper.ofOrder(order) + this.baseMapper.ofOrder(-order); }
                                  //~~~~~~~~~~~~~~~~~~~~~~~~~ Lines.ofOrder calls LineMapper.ofOrder
}
//- src/main/java/shop/Sums.java
package shop;
import java.util.List;
class Sums {
  private Lines lines;
  void print(List<Long> orders) {
    for (Long order : orders) show(lines.ofOrder(order));
                                 //^^^^^^^^^^^^^^^^^^^^ ofOrder runs LineMapper.ofOrder, and 1 more run, once per element of orders
  }
}
`,
    "MyBatis-Plus's joins, and the project's own mapper above them": `
//- src/main/java/shop/MapperX.java
package shop;
import com.baomidou.mybatisplus.core.conditions.query.QueryWrapper;
import com.github.yulichang.base.MPJBaseMapper;
public interface MapperX<T> extends MPJBaseMapper<T> {
  default T first(String column, Object value) { return selectOne(new QueryWrapper<T>().eq(column, value)); }
                                                      //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ MapperX.first calls MapperX.selectOne
}
//- src/main/java/shop/LineMapper.java
package shop;
public interface LineMapper extends MapperX<Line> {}
//- src/main/java/shop/Lines.java
package shop;
import java.util.List;
class Lines {
  private LineMapper lines;
  void print(List<Long> ids) {
    for (Long id : ids) show(lines.selectById(id));
                           //^^^^^^^^^^^^^^^^^^^^ LineMapper.selectById runs once per element of ids
    for (Long id : ids) show(lines.selectJoinOne(Row.class, rowsOf(id)));
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LineMapper.selectJoinOne runs once per element of ids
    for (Long id : ids) show(lines.first("order_id", id));
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^ first runs MapperX.selectOne once per element of ids
  }
}
`,
  },
  ignores: {
    "a mapper of the same name that no library has": `
//- src/main/java/shop/Lines.java
package shop;
import java.util.List;
class Lines extends Sums<Line> {
  void print(List<Long> orders) { for (Long order : orders) show(baseMapper.ofOrder(order)); }
}
`,
  },
});
