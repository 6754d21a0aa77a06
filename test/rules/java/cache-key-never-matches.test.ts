import { cacheKeyNeverMatches } from "../../../src/rules/java/cache-key-never-matches.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";

const service = (body: string): string => `
//- src/shop/Users.java
package shop;
@Service
class Users {
${body}
}
//- src/shop/User.java
package shop;
class User { Long id; String email; }
`;

rule(cacheKeyNeverMatches, {
  reports: {
    "an eviction by a value of another type": service(`
  @Cacheable(cacheNames = "users", key = "#id") public User find(Long id) { return read(id); }
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Users.find reads users
  @CacheEvict(cacheNames = "users", key = "#email") public void forget(String email) {}
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Users.forget touches users by String, Users.find reads it by Long`),
    "an eviction by the object whose number reads": service(`
  @Cacheable("users") public User find(Long id) { return read(id); }
  @CacheEvict("users") public void save(User user) { write(user); }
//^^^^^^^^^^^^^^^^^^^^ Users.save touches users by User, Users.find reads it by Long`),
    "an eviction without parameters": service(`
  @Cacheable("users") public User find(Long id) { return read(id); }
  @CacheEvict("users") public void forget() {}
//^^^^^^^^^^^^^^^^^^^^ Users.forget touches users by nothing, Users.find reads it by Long`),
    "two parameters, one of them evicted by": service(`
  @Cacheable("users") public User find(Long id, String email) { return read(id); }
  @Caching(evict = @CacheEvict(cacheNames = "users", key = "#user.id")) public void save(User user) {}
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Users.save touches users by Long, Users.find reads it by (Long, String)`),
    "a text that is put together, where a number reads": service(`
  @Cacheable(cacheNames = "users", key = "#id") public User find(Long id) { return read(id); }
  @CacheEvict(cacheNames = "users", key = "#tenant + '-' + #id") public void forget(String tenant, Long id) {}
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Users.forget touches users by String, Users.find reads it by Long`),
    "texts that begin otherwise": service(`
  @Cacheable(cacheNames = "users", key = "'user:' + #id") public User find(Long id) { return read(id); }
  @CacheEvict(cacheNames = "users", key = "'users:' + #id") public void forget(Long id) {}
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Users.forget touches users by 'users:' + …, Users.find reads it by 'user:' + …`),
    "a key that compares by identity": service(`
  @Cacheable("users") public User find(User example) { return read(example); }
//^^^^^^^^^^^^^^^^^^^ User is the key of users and has no equals: no call finds another's entry`),
  },
  ignores: {
    "two classes, of which one may be the other": service(`
  @Cacheable("users") public Badge badge(User user) { return read(user); }
  @CacheEvict("users") public void forget(Guest guest) {}`)
      .replace("class User {", "class User { public boolean equals(Object other) { return true; }")
      .concat("//- src/shop/Guest.java\npackage shop;\nclass Guest extends User {}\n"),
    "keys of one type, written in two ways": service(`
  @Cacheable("users") public User find(long id) { return read(id); }
  @CacheEvict(cacheNames = "users", key = "#user.id") public void save(User user) {}
  @CachePut(cacheNames = "users", key = "#p0") public User put(Long id) { return read(id); }`),
    "texts that may begin alike": service(`
  @Cacheable(cacheNames = "users", key = "'user' + #id") public User find(String id) { return read(id); }
  @CacheEvict(cacheNames = "users", key = "'user:' + #id") public void forget(Long id) {}
  @CacheEvict(cacheNames = "users", key = "'user:7'") public void forgetSeven() {}`),
    "a text that a caller may have put together": service(`
  @Cacheable(cacheNames = "users", key = "#key") public User find(String key) { return read(key); }
  @CacheEvict(cacheNames = "users", key = "'user:' + #id") public void forget(Long id) {}
  @CacheEvict(cacheNames = "users", key = "#tenant + ':' + #id") public void forget(String tenant, Long id) {}`),
    "a number that becomes its own text, which Redis makes of it anyway": service(`
  @Cacheable(cacheNames = "users", key = "#id") public User find(Long id) { return read(id); }
  @CacheEvict(cacheNames = "users", key = "'' + #id") public void forget(Long id) {}`),
    "all entries, and keys that cannot be read": service(`
  @Cacheable(cacheNames = "users", key = "#root.methodName + #id") public User find(Long id) { return read(id); }
  @CacheEvict(cacheNames = "users", allEntries = true) public void forget() {}
  @CacheEvict("users") public void forgetOne(String email) {}`),
    // Raclez/ryu-blog-webflux: a total under a key of its own, days under theirs, in one cache.
    "a parameter that may be the text which others write down": service(`
  @Cacheable(cacheNames = "views", key = "'views:total'") public Long total() { return count(); }
  @CachePut(cacheNames = "views", key = "#day") public Long put(String day) { return count(day); }`),
    "caches that nothing switches on, which is said once": `${pom("spring-boot-starter-web", "spring-boot-starter-cache").trimEnd()}
//- src/main/java/shop/Application.java
package shop;
@SpringBootApplication class Application {}
${service(`
  @Cacheable(cacheNames = "users", key = "#id") public User find(Long id) { return read(id); }
  @CacheEvict(cacheNames = "users", key = "#email") public void forget(String email) {}`).replace(
  "src/shop/Users",
  "src/main/java/shop/Users",
)}`,
    "values that compare themselves": `${service(`  @Cacheable("users") public User find(Query query) { return read(query); }
  @Cacheable("others") public User find(Filter filter) { return read(filter); }`)}//- src/shop/Query.java
package shop;
record Query(String text) {}
//- src/shop/Filter.java
package shop;
@Data class Filter { String text; }
`,
    "a generator of its own": `${service(`  @Cacheable("users") public User find(Long id) { return read(id); }
  @CacheEvict("users") public void forget() {}`)}//- src/shop/Caches.java
package shop;
import org.springframework.cache.interceptor.KeyGenerator;
@Configuration class Caches { @Bean KeyGenerator keys() { return null; } }
`,
  },
});
