import { mapGrowsForever } from "../../../src/rules/java/map-grows-forever.ts";
import { rule } from "../../harness/rule.ts";

const limiter = (body: string, annotation = "@Component"): string => `
//- src/main/java/shop/Limiter.java
package shop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.filter.OncePerRequestFilter;
${annotation}
class Limiter extends OncePerRequestFilter {
${body}
}
`;
const filter = (body: string): string => `
  @Override protected void doFilterInternal(HttpServletRequest in, HttpServletResponse to, FilterChain next) {
    ${body}
    next.doFilter(in, to);
  }`;
const COUNTS = "  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();";

rule(mapGrowsForever, {
  reports: {
    "a counter for each address": limiter(`${COUNTS}
                                         //^^^^^^ Limiter.counts keeps an entry for every client address and gives none up
${filter(`String from = in.getRemoteAddr();
    counts.computeIfAbsent(from, any -> new AtomicInteger()).incrementAndGet();
  //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ an entry for each client address is added here`)}`),
    "a key that has the address in it, in a filter that is registered elsewhere": limiter(
      `  private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();
                                          //^^^^ Limiter.SEEN keeps an entry for every client address and gives none up
${filter(`String key = in.getMethod() + ":" + clientIp(in);
    SEEN.merge(key, 1, Integer::sum);`)}
  private String clientIp(HttpServletRequest in) { return in.getHeader("X-Forwarded-For"); }`,
      "",
    ),
    "entries that are read and replaced, and never taken out": limiter(`${COUNTS}
                                         //^^^^^^ Limiter.counts keeps an entry for every value of a header and gives none up
${filter(`AtomicInteger known = counts.get(in.getHeader("X-Device"));
    if (known == null || counts.containsKey("")) counts.put(in.getHeader("X-Device"), new AtomicInteger());
    this.counts.compute(in.getHeader("X-Device"), (key, old) -> old == null ? new AtomicInteger() : old);
    for (AtomicInteger one : counts.values()) one.get();`)}`),
    "a key that a private method is given, and two maps of a class": limiter(`${COUNTS}
                                         //^^^^^^ Limiter.counts keeps an entry for every client address and gives none up; 1 more in this class
  private final Map<String, Long> last = new ConcurrentHashMap<>();
                                //~~~~ last keeps one for every client address, too
${filter('allow("login:" + in.getRemoteAddr());')}
  private void allow(String key) { counts.computeIfAbsent(key, any -> new AtomicInteger()); last.put(key, System.nanoTime()); }`),
    "a lock for each user": `
//- src/main/java/shop/Orders.java
package shop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
@RestController
class Orders {
  private final Map<Long, Object> locks = new ConcurrentHashMap<>();
                                //^^^^^ Orders.locks keeps an entry for every user and gives none up
  @PostMapping("/orders") void order(Long userId) { synchronized (locks.computeIfAbsent(userId, any -> new Object())) { place(); } }
}
`,
  },
  ignores: {
    "entries that are taken out": limiter(`${COUNTS}
${filter("counts.computeIfAbsent(in.getRemoteAddr(), any -> new AtomicInteger());")}
  @Scheduled(fixedRate = 60000) void forget() { counts.entrySet().removeIf(one -> one.getValue().get() == 0); }`),
    "entries that a function takes out": limiter(`${COUNTS}
${filter("counts.compute(in.getRemoteAddr(), (from, old) -> old == null ? new AtomicInteger() : null);")}`),
    "entries that an iterator may take out": limiter(`${COUNTS}
${filter("counts.putIfAbsent(in.getRemoteAddr(), new AtomicInteger()); sweep(counts.values().iterator());")}`),
    "a map that is emptied, replaced, or kept small": limiter(`
  private final Map<String, AtomicInteger> emptied = new ConcurrentHashMap<>();
  private Map<String, AtomicInteger> replaced = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> small = new ConcurrentHashMap<>();
${filter(`emptied.putIfAbsent(in.getRemoteAddr(), new AtomicInteger());
    replaced.putIfAbsent(in.getRemoteAddr(), new AtomicInteger());
    if (small.size() < 1000) small.putIfAbsent(in.getRemoteAddr(), new AtomicInteger());`)}
  void reset() { emptied.clear(); replaced = new ConcurrentHashMap<>(); }`),
    "a map that others have": limiter(`${COUNTS}
${filter("counts.putIfAbsent(in.getRemoteAddr(), new AtomicInteger()); Sweeper.watch(counts);")}`),
    "a map that Lombok hands out": limiter(`  @Getter ${COUNTS.trim()}
${filter("counts.putIfAbsent(in.getRemoteAddr(), new AtomicInteger());")}`),
    "a map that forgets by itself": limiter(`
  private final Map<String, AtomicInteger> last = new java.util.LinkedHashMap<>() {
    @Override protected boolean removeEldestEntry(Map.Entry<String, AtomicInteger> eldest) { return size() > 1000; }
  };
${filter("last.putIfAbsent(in.getRemoteAddr(), new AtomicInteger());")}`),
    "keys that are few": limiter(`${COUNTS}
${filter('counts.putIfAbsent(in.getMethod() + " " + in.getServletPath(), new AtomicInteger());')}`),
    "keys that a public method is given by anybody": limiter(`${COUNTS}
${filter("allow(in.getMethod());")}
  public void allow(String key) { counts.computeIfAbsent(key, any -> new AtomicInteger()); counts.get(String.valueOf(key)); }`),
    "a map of one request": limiter(
      `${COUNTS}
  void note(HttpServletRequest in) { counts.putIfAbsent(in.getRemoteAddr(), new AtomicInteger()); }`,
      "@RequestScope @Component",
    ),
    "entries of the start": limiter(`${COUNTS}
  @PostConstruct void fill() { for (String ip : trusted()) counts.put(ip, new AtomicInteger()); }`),
    "a local of the name": limiter(`${COUNTS}
${filter("Map<String, AtomicInteger> counts = new java.util.HashMap<>(); counts.put(in.getRemoteAddr(), new AtomicInteger());")}`),
  },
});
