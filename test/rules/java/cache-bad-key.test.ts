import assert from "node:assert/strict";
import { cacheBadKey } from "../../../src/rules/java/cache-bad-key.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const service = (body: string): string => `
//- src/shop/Locales.java
package shop;
import java.util.Map;
@Service
class Locales {
${body}
}
`;

rule(cacheBadKey, {
  reports: {
    "answers that are kept for many values of a parameter": service(`
  @Cacheable(cacheNames = "pages", key = "#tag", condition = "#page < 9")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ page is not part of the key of Locales.at in pages
  public Locale at(String tag, int page) { return look(tag, page); }`),
    "two methods without parameters in one cache": service(`
  @Cacheable("locales") public Map<String, Locale> byTag() { return read(); }
//^^^^^^^^^^^^^^^^^^^^^ Locales.byTag and Locales.byId keep different answers in locales under the same key
  @Cacheable("locales") public Map<Long, Locale> byId() { return read(); }
//^^^^^^^^^^^^^^^^^^^^^ Locales.byId and Locales.byTag keep different answers in locales under the same key`),
    "a parameter that the key leaves out": service(`
  @Cacheable(cacheNames = "names", key = "#id") public String name(Long id, String language) { return read(id, language); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ language is not part of the key of Locales.name in names`),
    "a parameter that is logged as well, and one that decides who fails": service(`
  @Cacheable(cacheNames = "names", key = "#id") public String name(Long id, String language) { log.debug(language); return read(id, language); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ language is not part of the key of Locales.name in names
  @Cacheable(cacheNames = "ours", key = "#id") public String ours(Long id, String who) { if (!owns(who, id)) throw new Denied(who); return read(id); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ who is not part of the key of Locales.ours in ours`),
    "a key that asks for nothing that the method is given": service(`
  @Cacheable(cacheNames = "names", key = "T(shop.Tenant).current()") public String name(String tag) { return read(tag); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tag is not part of the key of Locales.name in names
  @Cacheable(cacheNames = "all", key = "'all'") public List<Locale> all(UUID tenant) { return readAll(tenant); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tenant is not part of the key of Locales.all in all`),
    "two methods under one key that asks for nothing": service(`
  @Cacheable(cacheNames = "tags", key = "T(shop.Tenant).current()") public List<Locale> listed() { return read(); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Locales.listed and Locales.counted keep different answers in tags under the same key
  @Cacheable(cacheNames = "tags", key = "T(shop.Tenant).current()") public Map<String, Long> counted() { return count(); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Locales.counted and Locales.listed keep different answers in tags under the same key`),
    "a page without its size": service(`
  @Cacheable(cacheNames = "pages", key = "#pageable.pageNumber") public Page<Locale> page(Pageable pageable) { return read(pageable); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the key of Locales.page in pages has the number of a page and not its size`),
    "a request in the key": service(`
  @Cacheable("names") public String name(Long id, HttpServletRequest request) { return read(id); }
//^^^^^^^^^^^^^^^^^^^ request is part of the key of Locales.name: HttpServletRequest is another at each request`),
    "an answer by who asks": service(`
  @Cacheable("favourites") public List<Locale> favourites() { return read(SecurityContextHolder.getContext().getAuthentication().getName()); }
//^^^^^^^^^^^^^^^^^^^^^^^^ Locales.favourites answers by SecurityContextHolder, which is not part of its key in favourites`),
    // jeecgboot/JeecgBoot: the constant of a library
    "a cache whose name is not read": service(`
  @Cacheable(cacheNames = Caches.FAVOURITES) public List<Locale> favourites() { return read(SecurityContextHolder.getContext().getAuthentication().getName()); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Locales.favourites answers by SecurityContextHolder, which is not part of its key in a cache`),
    "an answer by the language, which another method asks": service(`
  @Cacheable(cacheNames = "menus", key = "#id") public Menu menu(Long id) { return read(id, language()); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Locales.menu answers by LocaleContextHolder, which is not part of its key in menus
  private String language() { return LocaleContextHolder.getLocale().getLanguage(); }`),
  },
  ignores: {
    "keys of their own, and a parameter that decides nothing": service(`
  @Cacheable(cacheNames = "tags", key = "'listed'") public List<Locale> listed() { return read(); }
  @Cacheable(cacheNames = "tags", key = "'counted'") public Map<String, Long> counted() { return count(); }
  @Cacheable(cacheNames = "told", key = "'told'") public List<Locale> told(String who) { log.info("{} asks", who); return read(); }
  @Cacheable(cacheNames = "first", key = "'first'", condition = "#page == 0") public List<Locale> first(int page) { return at(page); }
  @Cacheable(cacheNames = "held", key = "@keys.of('held')") public Locale held(String tag) { return look(tag); }`),
    "who asks, in the key or in the log": service(`
  @Cacheable(cacheNames = "favourites", key = "@users.current()") public List<Locale> favourites() { return read(SecurityContextHolder.getContext()); }
  @Cacheable("counts") public Long count() { log.info("{} counts", SecurityContextHolder.getContext()); return read(); }`),
    // Seen on airsonic-advanced, which keeps exact searches only.
    "answers that are kept for one value of a parameter": service(`
  @Cacheable(cacheNames = "exact", key = "#tag", condition = "#exact") public Locale find(String tag, boolean exact) { return look(tag, exact); }
  @Cacheable(cacheNames = "first", key = "#tag", condition = "#page == 0 && #tag.length() > 2") public Locale at(String tag, int page) { return look(tag, page); }`),
    "a page with its size, and a whole page": service(`
  @Cacheable(cacheNames = "pages", key = "#page.pageNumber + '-' + #page.pageSize") public Page<Locale> page(Pageable page) { return read(page); }
  @Cacheable(cacheNames = "all", key = "#page") public Page<Locale> all(Pageable page) { return read(page); }`),
    // Seoleeder/owls-pick gives a query what its configuration says.
    "a value that configuration gives at every call": `
//- src/shop/Limits.java
package shop;
@ConfigurationProperties("limits") record Limits(int least, Top top) { record Top(int least) {} }
//- src/shop/Locale.java
package shop;
@Entity class Locale { @Id Long id; }
//- src/shop/LocaleRepository.java
package shop;
interface LocaleRepository extends JpaRepository<Locale, Long> { List<Locale> findByTagAndUsesGreaterThan(String tag, int least); }
//- src/shop/Locales.java
package shop;
@Service
class Locales {
  private final LocaleRepository locales;
  Locales(LocaleRepository locales) { this.locales = locales; }
  @Cacheable(cacheNames = "used", key = "#tag") public List<Locale> used(String tag, int least) {
    return locales.findByTagAndUsesGreaterThan(tag, least);
  }
}
//- src/shop/LocaleController.java
package shop;
@RestController
class LocaleController {
  private final Locales locales;
  private final Limits limits;
  LocaleController(Locales locales, Limits limits) { this.locales = locales; this.limits = limits; }
  @GetMapping("/used") List<Locale> used(@RequestParam String tag) { return locales.used(tag, limits.least()); }
  @GetMapping("/top") List<Locale> top(@RequestParam String tag) { return locales.used(tag, limits.top().least()); }
}
`,
    "caches and keys of their own": service(`
  @Cacheable("byTag") public Map<String, Locale> byTag() { return read(); }
  @Cacheable("byId") public Map<Long, Locale> byId() { return read(); }
  @Cacheable(cacheNames = "both", key = "'tag'") public Map<Long, Locale> tagged() { return read(); }
  @Cacheable(cacheNames = "both", key = "'id'") public Map<Long, Locale> numbered() { return read(); }`),
    "a parameter that decides nothing, and a key of all": service(`
  @Cacheable(cacheNames = "names", key = "#id") public String name(Long id, String unused) { return read(id); }
  @Cacheable(cacheNames = "others", key = "#id") public String other(Long id, Logger logger) { logger.info("read"); return read(id); }
  @Cacheable(cacheNames = "all", key = "{#id, #language}") public String all(Long id, String language) { return read(id, language); }`),
    "a parameter that is only logged, or said of a failure": service(`
  @Cacheable(cacheNames = "names", key = "#id") public String name(Long id, String who) { log.info("{} asks for {}", who, id); return read(id); }
  @Cacheable(cacheNames = "all", key = "#id") public String found(Long id, String who) {
    if (id < 0) throw new IllegalArgumentException("asked by " + who);
    return find(id).orElseThrow(() -> new NotFound(id, who));
  }`),
    // box/mojito's CustomKeyGenerator puts the method's name into every key.
    "a generator of its own": `${service(`
  @Cacheable("locales") public Map<String, Locale> byTag() { return read(); }
  @Cacheable("locales") public Map<Long, Locale> byId() { return read(); }`)}//- src/shop/Keys.java
package shop;
import org.springframework.cache.interceptor.KeyGenerator;
class Keys implements KeyGenerator {}
`,
  },
});

it("java/cache-bad-key is a warning where one answer is given to all requests", async () => {
  const severities = async (given: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([cacheBadKey]);
    const locales = service(`
  @Cacheable(cacheNames = "names", key = "T(shop.Tenant).current()") public String name(String tag) { return read(tag); }`);
    await workspace.put(
      parseFixture(`${locales}
//- src/shop/LocaleController.java
package shop;
@RestController
class LocaleController {
  private Locales locales;
  @GetMapping("/locales/{tag}") String name(@PathVariable String tag) { return locales.name(${given}); }
}
`).files,
    );
    return workspace.findings().map(({ severity }) => severity);
  };
  assert.deepEqual(await severities("tag"), ["warning"]);
  assert.deepEqual(await severities('"de"'), []);
});
