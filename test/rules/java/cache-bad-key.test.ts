import { cacheBadKey } from "../../../src/rules/java/cache-bad-key.ts";
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
    "two methods without parameters in one cache": service(`
  @Cacheable("locales") public Map<String, Locale> byTag() { return read(); }
//^^^^^^^^^^^^^^^^^^^^^ Locales.byTag and Locales.byId keep different answers in locales under the same key
  @Cacheable("locales") public Map<Long, Locale> byId() { return read(); }
//^^^^^^^^^^^^^^^^^^^^^ Locales.byId and Locales.byTag keep different answers in locales under the same key`),
    "a parameter that the key leaves out": service(`
  @Cacheable(cacheNames = "names", key = "#id") public String name(Long id, String language) { return read(id, language); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ language is not part of the key of Locales.name in names`),
    "a request in the key": service(`
  @Cacheable("names") public String name(Long id, HttpServletRequest request) { return read(id); }
//^^^^^^^^^^^^^^^^^^^ request is part of the key of Locales.name: HttpServletRequest is another at each request`),
  },
  ignores: {
    "caches and keys of their own": service(`
  @Cacheable("byTag") public Map<String, Locale> byTag() { return read(); }
  @Cacheable("byId") public Map<Long, Locale> byId() { return read(); }
  @Cacheable(cacheNames = "both", key = "'tag'") public Map<Long, Locale> tagged() { return read(); }
  @Cacheable(cacheNames = "both", key = "'id'") public Map<Long, Locale> numbered() { return read(); }`),
    "a parameter that decides nothing, and a key of all": service(`
  @Cacheable(cacheNames = "names", key = "#id") public String name(Long id, String unused) { return read(id); }
  @Cacheable(cacheNames = "others", key = "#id") public String other(Long id, Logger logger) { logger.info("read"); return read(id); }
  @Cacheable(cacheNames = "all", key = "{#id, #language}") public String all(Long id, String language) { return read(id, language); }`),
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
