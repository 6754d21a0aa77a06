import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../../harness/rule.ts";
import { DOMAIN } from "./cachedTickets.ts";

/** Who deletes tickets, one and many. */
const desk = (endpoints: string): string => `
//- src/main/java/shop/TicketDesk.java
package shop;
@RestController
class TicketDesk {
    private final TicketService service;
${endpoints}
}
`;
const MANY = `    @DeleteMapping("/tickets") void all(@RequestBody List<Long> ids) { service.deleteAll(ids); }`;
const ONE = `    @DeleteMapping("/tickets/{id}") void one(@PathVariable Long id) { service.delete(id); }`;
const SHOWN = `    @GetMapping("/tickets/{id}/gone") void shown(@PathVariable Long id) { service.delete(id); }`;

const service = (annotation = "", said = ""): string => `
//- src/main/java/shop/TicketService.java
package shop;

${annotation === "" ? "" : "import org.springframework.cache.annotation.CacheEvict;\n\n"}@Service
public class TicketService {
    private final TicketRepository tickets;
${annotation}    public void delete(Long id) {
        deleteAll(List.of(id));
    }
${annotation}    public void deleteAll(List<Long> ids) {
        tickets.deleteAllById(ids);
${said}    }
}
`;
const found = (message: string): string => `      //^^^^^^^^^^^^^^^^^^^^^^^^^^ ${message}\n`;
const EVICT = `    @CacheEvict(cacheNames = "ticketList", allEntries = true)\n`;

rule(cacheMissingEvict, {
  reports: {
    // ita-social-projects/GreenCity
    "two ways of which one runs through the method of the other": `${DOMAIN}${desk(`${MANY}\n${ONE}`)}${service(
      "",
      found("💡 DELETE /tickets and 1 more write tickets and leave ticketList as it was"),
    )}`,
    "a way through its own class, which a page goes, too": `${DOMAIN}${desk(`${MANY}\n${SHOWN}`)}${service(
      "",
      found("DELETE /tickets and 1 more write tickets and leave ticketList as it was"),
    )}`,
  },
  ignores: {
    "both ways empty the cache": `${DOMAIN}${desk(`${MANY}\n${ONE}`)}${service(EVICT)}`,
  },
  fixes: {
    "two ways of which one runs through the method of the other": {
      "Empty ticketList after TicketService.deleteAll and 1 more": service(EVICT),
    },
  },
});
