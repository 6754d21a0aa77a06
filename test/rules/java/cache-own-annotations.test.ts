import { cacheKeyNeverMatches } from "../../../src/rules/java/cache-key-never-matches.ts";
import { cacheMissingEvict } from "../../../src/rules/java/cache-missing-evict.ts";
import { uncachedHotEndpoint } from "../../../src/rules/java/uncached-hot-endpoint.ts";
import { rule } from "../../harness/rule.ts";
import { controller, DOMAIN, SAVE, service } from "./cache-missing-evict/cachedTickets.ts";

/** Annotations of a project's own that carry Spring's. */
const OWN = `
//- src/main/java/shop/Kept.java
package shop;
import org.springframework.cache.annotation.*;
@Cacheable
public @interface Kept {
  @AliasFor(annotation = Cacheable.class, attribute = "cacheNames") String[] in();
  @AliasFor(annotation = Cacheable.class) String key() default "";
}
//- src/main/java/shop/EmptiesTickets.java
package shop;
import org.springframework.cache.annotation.*;
@Caching(evict = @CacheEvict(cacheNames = "ticketList", allEntries = true))
public @interface EmptiesTickets {}
`;

const own = (workspace: string): string => `${workspace.replace('@Cacheable("ticketList")', '@Kept(in = "ticketList")')}${OWN}`;

rule(cacheMissingEvict, {
  reports: {
    "a cache that the project's own annotation names": own(
      `${DOMAIN}${controller}${service(
        SAVE.replace(
          "tickets.save(ticket);",
          `tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`,
        ),
      )}`,
    ),
  },
  ignores: {
    "a method whose own annotation empties it": own(
      `${DOMAIN}${controller}${service(SAVE.replace("public void", "@EmptiesTickets public void"))}`,
    ),
    "an annotation that carries none": `${DOMAIN.replace('@Cacheable("ticketList")', "@Kept")}${controller}${service(SAVE)}
//- src/main/java/shop/Kept.java
package shop;
public @interface Kept {}
`,
  },
});

rule(cacheKeyNeverMatches, {
  reports: {
    "a key that the project's own annotation hands on": `
//- src/main/java/shop/Users.java
package shop;
@Service
class Users {
  @Kept(in = "users", key = "#id") public User find(Long id) { return read(id); }
//~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Users.find reads users
  @CacheEvict(cacheNames = "users", key = "#email") public void forget(String email) {}
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Users.forget touches users by String, Users.find reads it by Long
}
//- src/main/java/shop/User.java
package shop;
class User { Long id; }
${OWN}`,
  },
  ignores: {
    "the same key": `
//- src/main/java/shop/Users.java
package shop;
@Service
class Users {
  @Kept(in = "users", key = "#id") public User find(Long id) { return read(id); }
  @CacheEvict(cacheNames = "users", key = "#id") public void forget(Long id) {}
}
//- src/main/java/shop/User.java
package shop;
class User { Long id; }
${OWN}`,
  },
});

const counted = (annotation: string): string => `${DOMAIN}
//- src/main/java/shop/Stats.java
package shop;
@Service
public class Stats {
  private final TicketRepository tickets;
  ${annotation} public long total() { return tickets.count(); }
}
//- src/main/java/shop/StatsController.java
package shop;
@RestController
class StatsController {
  private final Stats stats;
  @GetMapping("/stats") `;

rule(uncachedHotEndpoint, {
  reports: {
    "an annotation that empties alone": `${counted("@EmptiesTickets")}long total() { return stats.total(); }
                           //^^^^^ 💡 GET /stats runs TicketRepository.count at each request, uncached
}${OWN}`,
  },
  ignores: {
    "what the project's own annotation keeps": `${counted('@Kept(in = "stats")')}long total() { return stats.total(); }
}${OWN}`,
  },
});
