import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const repository = (methods: string) => `//- src/main/java/farm/EggRepository.java
package farm;

import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface EggRepository extends JpaRepository<Egg, Long> {
${methods}
}
`;

const nest = (body: string, imports: string) => `//- src/main/java/farm/Nest.java
package farm;

${imports}

class Nest {
    private EggRepository eggs;

    int count(List<Long> hens) {
        int count = 0;
${body}
        return count;
    }
}
`;

const farm = (methods: string, body: string) => `//- src/main/java/farm/Egg.java
package farm;
import jakarta.persistence.*;
@Entity
public class Egg {
  @Id private Long id;
  private Long henId;
  public Long getHenId() { return henId; }
}
${repository(methods)}${nest(body, "import java.util.List;")}`;

const MAPS = `import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;`;

rule(queryInLoop, {
  reports: {
    "a derived query that says what it finds": farm(
      "    List<Egg> findEggsByHenId(Long henId);",
      `        for (Long hen : hens) {
            count += eggs.findEggsByHenId(hen).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 EggRepository.findEggsByHenId runs once per element of hens
        }`,
    ),
    "a derived query whose batch variant has the usual name": farm(
      `    List<Egg> queryEggsByHenId(Long henId);
    List<Egg> findByHenIdIn(Collection<Long> hens);`,
      `        for (Long hen : hens) {
            count += eggs.queryEggsByHenId(hen).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 EggRepository.queryEggsByHenId runs once per element of hens
        }`,
    ),
    // gridsuite/user-admin-server
    "a query that promises never to be asked for null": farm(
      "    List<Egg> findByHenId(@NonNull Long henId);",
      `        for (Long hen : hens) {
            count += eggs.findByHenId(hen).size();
                   //^^^^^^^^^^^^^^^^^^^^^ 💡 EggRepository.findByHenId runs once per element of hens
        }`,
    ),
    "whether there is one": farm(
      "    boolean existsByHenId(Long henId);",
      `        for (Long hen : hens) {
            if (eggs.findById(hen).isPresent()) count++;
              //^^^^^^^^^^^^^^^^^^ 💡 EggRepository.findById runs once per element of hens
        }
        for (Long hen : hens) {
            if (eggs.findById(hen).isEmpty()) count--;
              //^^^^^^^^^^^^^^^^^^ 💡 EggRepository.findById runs once per element of hens
        }`,
    ).replace("public Long getHenId", "public Long getId() { return id; }\n  public Long getHenId"),
    "the first rows of each element": farm(
      `    List<Egg> findTop3ByHenId(Long henId);
    List<Egg> findDistinctEggsByHenId(Long henId);`,
      `        for (Long hen : hens) {
            count += eggs.findTop3ByHenId(hen).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^ EggRepository.findTop3ByHenId runs once per element of hens
        }
        for (Long hen : hens) {
            count += eggs.findDistinctEggsByHenId(hen).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ EggRepository.findDistinctEggsByHenId runs once per element of hens
        }`,
    ),
  },
  ignores: {
    "all of them at once": farm(
      "    List<Egg> findEggsByHenIdIn(Collection<Long> hens);",
      "        count += eggs.findEggsByHenIdIn(hens).size();",
    ),
  },
  fixes: {
    "a derived query that says what it finds": `${repository(`    List<Egg> findEggsByHenId(Long henId);

    List<Egg> findEggsByHenIdIn(Collection<Long> henIds);`)}${nest(
      `        Map<Long, List<Egg>> eggsByHenId = eggs.findEggsByHenIdIn(hens).stream()
                .collect(Collectors.groupingBy(Egg::getHenId));
        for (Long hen : hens) {
            count += eggsByHenId.getOrDefault(hen, List.of()).size();
        }`,
      MAPS,
    )}`,
    "a query that promises never to be asked for null": `${repository(`    List<Egg> findByHenId(@NonNull Long henId);

    List<Egg> findByHenIdIn(@NonNull Collection<Long> henIds);`)}${nest(
      `        Map<Long, List<Egg>> eggsByHenId = eggs.findByHenIdIn(hens).stream()
                .collect(Collectors.groupingBy(Egg::getHenId));
        for (Long hen : hens) {
            count += eggsByHenId.getOrDefault(hen, List.of()).size();
        }`,
      MAPS,
    )}`,
    "whether there is one": nest(
      `        Map<Long, Egg> eggsById = eggs.findAllById(hens).stream()
                .collect(Collectors.toMap(Egg::getId, Function.identity()));
        for (Long hen : hens) {
            if (eggsById.containsKey(hen)) count++;
        }
        for (Long hen : hens) {
            if (eggs.findById(hen).isEmpty()) count--;
        }`,
      MAPS.replace("import java.util.stream", "import java.util.function.Function;\nimport java.util.stream"),
    ),
    "a derived query whose batch variant has the usual name": nest(
      `        Map<Long, List<Egg>> eggsByHenId = eggs.findByHenIdIn(hens).stream()
                .collect(Collectors.groupingBy(Egg::getHenId));
        for (Long hen : hens) {
            count += eggsByHenId.getOrDefault(hen, List.of()).size();
        }`,
      MAPS,
    ),
  },
});
