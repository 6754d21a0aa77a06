import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A data access object that has Spring's template from the class above it, and one that asks it for each key. */
const herbs = (base: string, body: string, mark: string): string => `
//- src/HerbDao.java
import java.util.*;
import org.springframework.jdbc.core.namedparam.*;
import org.springframework.jdbc.core.support.*;
class HerbDao extends ${base} {
  private String byId;
  Herb load(Long id) { return ${body}; }
}
//- src/Herb.java
class Herb { Long id; }
//- src/Garden.java
import java.util.*;
class Garden {
  private HerbDao herbs;
  void water(List<Long> ids) {
    for (Long id : ids) herbs.load(id);
                      //^^^^^^^^^^^^^^ ${mark}
  }
}
`;

/** Documents of MongoDB, by Spring's template and by a repository. */
const seeds = (body: string): string => `
//- src/Seed.java
import java.util.*;
class Seed { String id; List<String> tags; void setTags(List<String> tags) { this.tags = tags; } }
//- src/SeedRepository.java
import java.util.stream.Stream;
import org.springframework.data.mongodb.repository.*;
interface SeedRepository extends MongoRepository<Seed, String> {
  Stream<Seed> findByShelf(String shelf);
  @Query("{ 'shelf': ?0 }") long countOn(String shelf);
}
//- src/Store.java
import java.util.*;
import org.springframework.data.mongodb.core.MongoTemplate;
class Store {
  private MongoTemplate template;
  private SeedRepository seeds;
${body}
}
`;

rule(queryInLoop, {
  reports: {
    "the template of JdbcDaoSupport": herbs(
      "JdbcDaoSupport",
      "getJdbcTemplate().query(byId, (row, i) -> new Herb(), id).get(0)",
      "load runs JdbcTemplate.query once per element of ids",
    ),
    "the template with named parameters": herbs(
      "NamedParameterJdbcDaoSupport",
      'getNamedParameterJdbcTemplate().queryForObject(byId, Map.of("id", id), (row, i) -> new Herb())',
      "load runs NamedParameterJdbcTemplate.queryForObject once per element of ids",
    ),
    "a document of MongoDB for each key": seeds(`
  void all(List<String> ids) {
    for (String id : ids) template.findById(id, Seed.class);
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MongoTemplate.findById runs once per element of ids
  }`),
  },
  ignores: {
    "documents by all keys at once": seeds(`
  List<Seed> all(List<String> ids) {
    return template.find(new Query(Criteria.where("id").in(ids)), Seed.class);
  }`),
  },
});

rule(saveInLoop, {
  reports: {
    "documents that a repository saves one by one": seeds(`
  void clean(String shelf) {
    seeds.findByShelf(shelf).forEach(seed -> {
      seed.setTags(null);
      seeds.save(seed);
    //^^^^^^^^^^^^^^^^ SeedRepository.save sends a statement for every element of seeds.findByShelf(…)
    });
  }`),
    "documents that the template saves one by one": seeds(`
  void clean() {
    for (Seed seed : template.findAll(Seed.class)) {
      seed.setTags(null);
      template.save(seed);
    //^^^^^^^^^^^^^^^^^^^ MongoTemplate.save sends a statement for every element of template.findAll(…)
    }
  }`),
  },
  ignores: {
    "lists that are inserted as a whole": seeds(`
  void add(List<List<Seed>> boxes) {
    for (List<Seed> box : boxes) template.insert(box, Seed.class);
  }`),
  },
});
