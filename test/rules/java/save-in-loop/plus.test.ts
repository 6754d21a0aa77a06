import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A record of MyBatis-Plus with its mapper and its service, and a class that uses both. */
const racks = (members: string): string => `
//- src/main/java/racks/Rack.java
package racks;
import com.baomidou.mybatisplus.annotation.*;
@TableName("rack")
class Rack { @TableId private Long id; private String zone; Long getId() { return id; } void setZone(String zone) {} }
//- src/main/java/racks/RackMapper.java
package racks;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
import org.apache.ibatis.annotations.*;
public interface RackMapper extends BaseMapper<Rack> { @Select("select * from rack where zone = #{zone}") Rack first(String zone); }
//- src/main/java/racks/RackService.java
package racks;
import com.baomidou.mybatisplus.extension.service.IService;
public interface RackService extends IService<Rack> {}
//- src/main/java/racks/Moves.java
package racks;
import java.util.*;
class Moves {
    private RackMapper mapper;
    private RackService service;
${members}
}
`;

rule(saveInLoop, {
  reports: {
    "a row for each, by a mapper": racks(`
    void move(List<Rack> racks, String zone) {
        for (Rack rack : racks) {
            rack.setZone(zone);
            mapper.updateById(rack);
          //^^^^^^^^^^^^^^^^^^^^^^^ RackMapper.updateById sends a statement for every element of racks
        }
        racks.stream().filter(rack -> rack.getId() == null).forEach(mapper::insert);
                                                                  //^^^^^^^^^^^^^^ RackMapper.insert sends a statement for every element of racks
    }`),
    "a row for each, by a service": racks(`
    void drop(List<Long> ids) {
        for (Long id : ids) service.removeById(id);
                          //^^^^^^^^^^^^^^^^^^^^^^ 💡 RackService.removeById sends a statement for every element of ids
    }`),
    "a chain for each, and a condition for each": racks(`
    void move(List<Rack> racks, String zone) {
        for (Rack rack : racks) {
            service.lambdaUpdate().eq(Rack::getId, rack.getId()).set(Rack::getZone, zone).update();
                                                                                        //^^^^^^^^ LambdaUpdateChainWrapper.update sends a statement for every element of racks
        }
        for (Rack rack : racks) service.update(new LambdaUpdateWrapper<Rack>().eq(Rack::getId, rack.getId()).set(Rack::getZone, zone));
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RackService.update sends a statement for every element of racks
    }`),
  },
  ignores: {
    "all at once": racks(`
    void move(List<List<Rack>> parts) {
        for (List<Rack> part : parts) service.saveBatch(part);
        for (List<Rack> part : parts) service.updateBatchById(part);
    }`),
    "the parts of a long list, each at once": racks(`
    void add(List<List<Rack>> parts) {
        for (List<Rack> part : parts) mapper.insert(part);
    }`),
    "the first that fits": racks(`
    void take(List<Rack> racks) {
        for (Rack rack : racks) {
            if (rack.getId() > 5) {
                mapper.updateById(rack);
                return;
            }
        }
    }`),
    "each by itself, so that one that fails harms no other": racks(`
    void add(List<Rack> racks) {
        for (Rack rack : racks) {
            try { mapper.insert(rack); } catch (RuntimeException e) { System.err.println(e); }
        }
    }`),
  },
  fixes: {
    "a row for each, by a service": `
//- src/main/java/racks/Moves.java
package racks;
import java.util.*;
class Moves {
    private RackMapper mapper;
    private RackService service;

    void drop(List<Long> ids) {
        service.removeByIds(ids);
    }
}
`,
  },
});
