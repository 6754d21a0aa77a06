import { unboundedFindAll } from "../../../../src/rules/java/unbounded-find-all.ts";
import { rule } from "../../../harness/rule.ts";

/** An endpoint that asks a mapper, written by MyBatis Generator, by an example. */
const desk = (body: string, parameter = ""): string => `
//- src/main/java/shop/OrderExample.java
package shop;
public class OrderExample {
  public Criteria createCriteria() { return new Criteria(); }
  public void setOrderByClause(String clause) {}
  public static class Criteria { public Criteria andStateEqualTo(String state) { return this; } }
}
//- src/main/java/shop/OrderMapper.java
package shop;
import java.util.List;
public interface OrderMapper {
  List<Order> selectByExample(OrderExample example);
  long countByExample(OrderExample example);
}
//- src/main/resources/shop/OrderMapper.xml
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
<mapper namespace="shop.OrderMapper">
  <select id="selectByExample" parameterType="shop.OrderExample" resultType="shop.Order">
    select id, state from orders
    <if test="_parameter != null"><where><foreach collection="oredCriteria" item="one"><if test="one.valid">state = #{one.value}</if></foreach></where></if>
    <if test="orderByClause != null">order by \${orderByClause}</if>
  </select>
  <select id="countByExample" parameterType="shop.OrderExample" resultType="long">
    select count(*) from orders <if test="_parameter != null"><where>\${clause}</where></if>
  </select>
</mapper>
//- src/main/java/shop/Desk.java
package shop;
import java.util.List;
@RestController
class Desk {
  private final OrderMapper orders;
  Desk(OrderMapper orders) { this.orders = orders; }
  @GetMapping("/orders") List<Order> all(${parameter}) {
${body}
  }
  private void restrict(OrderExample example) {}
}
`;

const MARK = "OrderMapper.selectByExample loads every row of orders for GET /orders";

rule(unboundedFindAll, {
  reports: {
    "an example that describes nothing": desk(`    return orders.selectByExample(new OrderExample());
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${MARK}`),
    "an example that only says the order": desk(`    OrderExample example = new OrderExample();
    example.setOrderByClause("id desc");
    return orders.selectByExample(example);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${MARK}`),
    "no example at all": desk(`    return orders.selectByExample(null);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${MARK}`),
  },
  ignores: {
    "an example with conditions": desk(
      `    OrderExample example = new OrderExample();
    example.createCriteria().andStateEqualTo(state);
    return orders.selectByExample(example);`,
      "String state",
    ),
    "an example that may get conditions elsewhere": desk(`    OrderExample example = new OrderExample();
    restrict(example);
    return orders.selectByExample(example);`),
    "an example that is another one later": desk(
      `    OrderExample example = new OrderExample();
    if (given != null) example = given;
    return orders.selectByExample(example);`,
      "OrderExample given",
    ),
    "an example that somebody gives": desk("    return orders.selectByExample(given);", "OrderExample given"),
    "a page of all": desk(`    PageHelper.startPage(1, 20);
    return orders.selectByExample(new OrderExample());`),
  },
});
