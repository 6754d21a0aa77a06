import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Rows of MyBatis-Plus, what finds them, and a class with one method. */
const farm = (body: string, imports: string, holder = "HenMapper") => `//- src/main/java/farm/Hen.java
package farm;
import com.baomidou.mybatisplus.annotation.TableId;
import lombok.Data;
@Data public class Hen {
  @TableId private Long id;
  private String name;
}
//- src/main/java/farm/Egg.java
package farm;
import lombok.Data;
@Data public class Egg {
  private Long henId;
  private String henCode;
}
//- src/main/java/farm/HenMapper.java
package farm;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
public interface HenMapper extends BaseMapper<Hen> {}
//- src/main/java/farm/HenService.java
package farm;
import com.baomidou.mybatisplus.extension.service.IService;
public interface HenService extends IService<Hen> {}
${nest(body, imports, holder)}`;

const nest = (body: string, imports: string, holder = "HenMapper") => `//- src/main/java/farm/Nest.java
package farm;

${imports}

class Nest {
    private ${holder} hens;

${body}

    private void show(Hen hen) {
    }
}
`;

const FUNCTIONS = `import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;`;

rule(queryInLoop, {
  reports: {
    "rows of a mapper by a value of each element": farm(
      `    void print(List<Egg> eggs) {
        for (Egg egg : eggs) {
            show(hens.selectById(egg.getHenId()));
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 HenMapper.selectById runs once per element of eggs
        }
    }`,
      "import java.util.List;",
    ),
    "rows of a service by the elements themselves": farm(
      `    void print(List<Long> ids) {
        ids.forEach(id -> show(hens.getById(id)));
                             //^^^^^^^^^^^^^^^^ 💡 HenService.getById runs once per element of ids
    }`,
      "import java.util.List;",
      "HenService",
    ),
    "a value that is no key of the map, and elements that nobody can count before": farm(
      `    void print(List<Egg> eggs, Iterable<Egg> others) {
        for (Egg egg : eggs) {
            show(hens.selectById(egg.getHenCode()));
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ HenMapper.selectById runs once per element of eggs
        }
        for (Egg egg : others) {
            show(hens.selectById(egg.getHenId()));
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ HenMapper.selectById runs once per element of others
        }
    }`,
      "import java.util.List;",
    ),
  },
  ignores: {
    "all rows of a mapper": farm(
      `    void print(List<Long> ids) {
        for (Hen hen : hens.selectBatchIds(ids)) show(hen);
    }`,
      "import java.util.List;",
    ),
  },
  fixes: {
    // MyBatis-Plus makes `IN ()` of no keys, which is an error.
    "rows of a mapper by a value of each element": nest(
      `    void print(List<Egg> eggs) {
        Map<Long, Hen> hensById = eggs.isEmpty()
                ? Collections.emptyMap()
                : hens.selectBatchIds(eggs.stream().map(Egg::getHenId).distinct().collect(Collectors.toList())).stream()
                        .collect(Collectors.toMap(Hen::getId, Function.identity()));
        for (Egg egg : eggs) {
            show(hensById.get(egg.getHenId()));
        }
    }`,
      FUNCTIONS,
    ),
    "rows of a service by the elements themselves": nest(
      `    void print(List<Long> ids) {
        Map<Long, Hen> hensById = ids.isEmpty()
                ? Collections.emptyMap()
                : hens.listByIds(ids).stream()
                        .collect(Collectors.toMap(Hen::getId, Function.identity()));
        ids.forEach(id -> show(hensById.get(id)));
    }`,
      FUNCTIONS,
      "HenService",
    ),
  },
});
