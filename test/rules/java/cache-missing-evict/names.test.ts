import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../../harness/rule.ts";
import { controller, DOMAIN, SAVE, service } from "./cachedTickets.ts";

const missed = SAVE.replace(
  "tickets.save(ticket);",
  `tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`,
);

const named = (name: string, imports = ""): string =>
  DOMAIN.replace('@Cacheable("ticketList")', `@Cacheable(${name})`).replace(
    "//- src/main/java/shop/TicketReader.java\npackage shop;",
    `//- src/main/java/shop/TicketReader.java\npackage shop;${imports}`,
  );

const names = (modifiers: string): string => `
//- src/main/java/shop/names/CacheNames.java
package shop.names;
public final class CacheNames { ${modifiers} static final String LIST = "ticketList"; }`;

const FIXED = `
//- src/main/java/shop/TicketService.java
package shop;

import org.springframework.cache.annotation.CacheEvict;

@Service
public class TicketService {
    private final TicketRepository tickets;
    @CacheEvict(cacheNames = "ticketList", allEntries = true)
    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.setPrice(price);
        tickets.save(ticket);
    }
}
`;

rule(cacheMissingEvict, {
  reports: {
    // InseeFr/Queen-Back-Office
    "a cache that a constant of the project names": `${named("CacheNames.LIST", "\nimport shop.names.CacheNames;")}${names("public")}${controller}${service(missed)}`,
    "a constant that another package does not see": `${named("CacheNames.LIST", "\nimport shop.names.CacheNames;")}${names("")}${controller}${service(missed)}`,
    "a constant of the class that reads the cache": `${named("LIST").replace("public class TicketReader {", 'public class TicketReader {\n  private static final String LIST = "ticketList";')}${controller}${service(missed)}`,
    "another cache is emptied, by its constant": `${named("CacheNames.LIST", "\nimport shop.names.CacheNames;")}${names("public").replace("; }", '; public static final String ONE = "ticketOne"; }')}${controller}${service(
      `    @CacheEvict(value = CacheNames.ONE, allEntries = true)\n${missed}`,
      "\nimport org.springframework.cache.annotation.CacheEvict;\nimport shop.names.CacheNames;\n",
    )}`,
  },
  ignores: {
    "a cache that a constant names is emptied": `${named("CacheNames.LIST", "\nimport shop.names.CacheNames;")}${names("public")}${controller}${service(
      `    @CacheEvict(cacheNames = CacheNames.LIST, allEntries = true)\n${SAVE}`,
      "\nimport org.springframework.cache.annotation.CacheEvict;\nimport shop.names.CacheNames;\n",
    )}`,
  },
  fixes: {
    "a cache that a constant of the project names": FIXED.replace('"ticketList"', "CacheNames.LIST").replace(
      "CacheEvict;\n",
      "CacheEvict;\nimport shop.names.CacheNames;\n",
    ),
    "a constant that another package does not see": FIXED,
    "a constant of the class that reads the cache": FIXED,
    "another cache is emptied, by its constant": FIXED.replace("package shop;\n\nimport", "package shop;\n\nimport")
      .replace('@CacheEvict(cacheNames = "ticketList"', "@CacheEvict(value = {CacheNames.ONE, CacheNames.LIST}")
      .replace("CacheEvict;\n", "CacheEvict;\nimport shop.names.CacheNames;\n"),
  },
});
