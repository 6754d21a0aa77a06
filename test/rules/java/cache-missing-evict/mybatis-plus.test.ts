import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../../harness/rule.ts";
import { pomIn } from "../../config/builds.ts";
import { CACHING } from "./cachedTickets.ts";

/** Parameters that MyBatis-Plus keeps, a cache of some of them, and what a request does with one. */
const records = (change: string): string => `
//- src/main/java/shop/Param.java
package shop;
@TableName("sys_param")
class Param { Long id; String value; }
//- src/main/java/shop/Note.java
package shop;
class Note { Long id; }
//- src/main/java/shop/ParamMapper.java
package shop;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
interface ParamMapper extends BaseMapper<Param> {}
//- src/main/java/shop/ParamService.java
package shop;
import com.baomidou.mybatisplus.extension.service.IService;
interface ParamService extends IService<Param> {}
//- src/main/java/shop/ParamServiceImpl.java
package shop;
import com.baomidou.mybatisplus.extension.service.impl.ServiceImpl;
@Service
class ParamServiceImpl extends ServiceImpl<ParamMapper, Param> implements ParamService {}
//- src/main/java/shop/NoteService.java
package shop;
import com.baomidou.mybatisplus.extension.service.IService;
interface NoteService extends IService<Note> {}
//- src/main/java/shop/SiteConfig.java
package shop;
@Service
public class SiteConfig {
  private final ParamMapper mapper;
  @Cacheable("siteConfig") public List<Param> all() { return mapper.selectList(null); }
}
//- src/main/java/shop/ParamController.java
package shop;
@RestController
class ParamController {
  private final ParamService service;
  private final NoteService other;
  private final SiteConfig site;
  @GetMapping("/site") List<Param> site() { return site.all(); }
  @PutMapping("/params") void change(@RequestBody Param param, Note note) {
                                                ${change}
  }
}
`;
rule(cacheMissingEvict, {
  reports: {
    // pig-mesh/pig: the settings of a site are some of the parameters.
    "records of MyBatis-Plus, by the class that they are": `${CACHING}${records("service.updateById(param);\n                                              //^^^^^^^^^^^^^^^^^^^^^^^^^ PUT /params writes sys_param and leaves siteConfig as it was")}`,
    // gz-yami/mall4j: the class of the rows, their statements and who writes them are three modules.
    "a statement of a mapper, in a module beside those of its rows and of who writes": `
${pomIn("rows").trimEnd()}
${pomIn("params", "rows").trimEnd()}
${pomIn("desk", "params", "rows", "spring-boot-starter-web").trimEnd()}
${CACHING.replace("//- src/", "//- params/src/")}
//- rows/src/main/java/shop/Param.java
package shop;
@TableName("sys_param")
public class Param { Long id; String value; }
//- params/src/main/java/shop/ParamMapper.java
package shop;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
public interface ParamMapper extends BaseMapper<Param> {
  @Select("SELECT value FROM sys_param ORDER BY id") List<String> values();
}
//- params/src/main/java/shop/ParamService.java
package shop;
import com.baomidou.mybatisplus.extension.service.IService;
public interface ParamService extends IService<Param> {}
//- params/src/main/java/shop/SiteConfig.java
package shop;
@Service
public class SiteConfig {
  private final ParamMapper mapper;
  @Cacheable("siteConfig") public List<String> all() { return mapper.values(); }
}
//- desk/src/main/java/shop/ParamController.java
package shop;
@RestController
class ParamController {
  private final ParamService service;
  private final SiteConfig site;
  @GetMapping("/site") List<String> site() { return site.all(); }
  @PutMapping("/params") void change(@RequestBody Param param) {
    service.updateById(param);
  //^^^^^^^^^^^^^^^^^^^^^^^^^ PUT /params writes sys_param and leaves siteConfig as it was
  }
}
`,
  },
  ignores: {
    "records of MyBatis-Plus of another class": `${CACHING}${records("other.updateById(note);")}`,
    "records of MyBatis-Plus, one that is new beside one that is asked for": `${CACHING}${records("service.save(param);").replace("mapper.selectList(null)", "List.of(mapper.selectById(1L))")}`,
  },
});
