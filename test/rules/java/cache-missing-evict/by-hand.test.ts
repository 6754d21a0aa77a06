import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../../harness/rule.ts";
import { CACHING, controller, DOMAIN, SAVE, service } from "./cachedTickets.ts";

const missed = (cache: string): string =>
  SAVE.replace(
    "tickets.save(ticket);",
    `tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ PUT /tickets/{id} writes tickets and leaves ${cache} as it was`,
  );

/** The tickets, whose reader keeps them by itself. */
const kept = (reader: string): string =>
  DOMAIN.replace(CACHING, "").replace(/package shop;\n@Service\npublic class TicketReader \{[\s\S]*?\n\}\n/, `package shop;\n${reader}\n`);

const byManager = kept(`import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
@Service
public class TicketReader {
  private static final String NAME = "ticketList";
  private final TicketRepository tickets;
  private final CacheManager manager;
  public List<Ticket> all() {
    Cache cache = manager.getCache(NAME);
    List<Ticket> known = cache.get("all", List.class);
    if (known == null) {
      known = tickets.findAll();
      cache.put("all", known);
    }
    return known;
  }
}`);

const caffeine = (more = "", built = ".maximumSize(10)"): string =>
  kept(`import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
@Service
public class TicketReader {
  private final TicketRepository tickets;
  private final Cache<String, List<Ticket>> cache = Caffeine.newBuilder()${built}.build();
  public List<Ticket> all() { return cache.get("all", key -> tickets.findAll()); }
${more}
}`);

rule(cacheMissingEvict, {
  reports: {
    "a cache of Spring's that code asks and fills": `${byManager}${controller}${service(missed("ticketList"))}`,
    "a field of Caffeine's": `${caffeine()}${controller}${service(missed("TicketReader.cache"))}`,
    "a field of Guava's that is filled behind the question": `${kept(`import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
@Service
public class TicketReader {
  private final TicketRepository tickets;
  private final Cache<String, List<Ticket>> cache = CacheBuilder.newBuilder().build();
  public List<Ticket> all() {
    List<Ticket> known = cache.getIfPresent("all");
    if (known != null) return known;
    List<Ticket> read = tickets.findAll();
    cache.put("all", read);
    return read;
  }
}`)}${controller}${service(missed("TicketReader.cache"))}`,
  },
  ignores: {
    "the writer empties the cache of Spring's": `${byManager}${controller}${service(
      SAVE.replace("tickets.save(ticket);", 'tickets.save(ticket);\n        manager.getCache("ticketList").clear();').concat(
        "\n    private final CacheManager manager;",
      ),
      "import org.springframework.cache.CacheManager;",
    )}`,
    "the writer puts what it has written": `${byManager}${controller}${service(
      SAVE.replace("tickets.save(ticket);", 'tickets.save(ticket);\n        manager.getCache("ticketList").put(id, ticket);').concat(
        "\n    private final CacheManager manager;",
      ),
      "import org.springframework.cache.CacheManager;",
    )}`,
    "the class of the field empties it for the writer": `${caffeine("  public void forget() { cache.invalidateAll(); }")}${controller}${service(
      `${SAVE.replace("tickets.save(ticket);", "tickets.save(ticket);\n        reader.forget();")}\n    private final TicketReader reader;`,
    )}`,
    // PowerJob keeps names of workflows for a minute, and the job of a run until it ends.
    "entries that go by themselves": `${caffeine("", ".expireAfterWrite(Duration.ofMinutes(1))")}${controller}${service(SAVE)}`,
    "a cache that its class empties when something else ends": `${caffeine('  public void ended() { cache.invalidate("all"); }')}${controller}${service(SAVE)}`,
    // alfio-event/alf.io: a cache of one minute that the configuration makes
    "a cache that is handed in": `${caffeine("  TicketReader(Cache<String, List<Ticket>> cache) { this.cache = cache; }").replace(" = Caffeine.newBuilder().maximumSize(10).build()", "")}${controller}${service(SAVE)}`,
    "a map that is asked for something else": `${kept(`import org.springframework.cache.CacheManager;
@Service
public class TicketReader {
  private final TicketRepository tickets;
  private final Map<String, String> cache;
  public List<Ticket> all() { cache.get("a"); cache.put("a", "b"); return tickets.findAll(); }
}`)}${controller}${service(SAVE)}`,
    "a cache that is asked, and filled by others": `${caffeine().replace('cache.get("all", key -> tickets.findAll())', 'cache.getIfPresent("all") == null ? tickets.findAll() : List.of()')}${controller}${service(SAVE)}`,
  },
});
