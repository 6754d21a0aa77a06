import assert from "node:assert/strict";
import { uncachedReads } from "../../../src/model/caching/uncachedReads.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { modelOf } from "../../harness/model.ts";

describe("what methods say about caching", () => {
  const CLASS = `
//- a/S.java
package a;
class S {
  private final CacheManager manager;
  private final LoadingCache<String, Integer> loading;
  private final StringRedisTemplate redis;
  private final Map<String, Integer> priceCache;
  private final Map<String, Integer> prices;
  @Cacheable("x") int annotated() { return 1; }
  @CacheEvict("x") int evicting() { return 1; }
  int managed() { return manager.getCache("x").get("k", () -> 1); }
  int caffeine() { return loading.get("k"); }
  Object inRedis() { return redis.opsForValue().get("k"); }
  int memo() { return priceCache.computeIfAbsent("k", k -> 1); }
  int map() { return prices.get("k"); }
  void writes() { priceCache.put("k", 1); }
  Object headers() { return ResponseEntity.ok().cacheControl(CacheControl.maxAge(1, DAYS)).body(1); }
  Object forbids() { return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(1); }
  Object tag(WebRequest request) { return request.checkNotModified("1") ? null : 1; }
  Object mine() { return users.getCurrentUser(); }
  Object secured() { return SecurityContextHolder.getContext().getAuthentication(); }
}
`;

  it("is read from annotations, from caches in the body, and from headers", async () => {
    const { caching } = await modelOf(CLASS);
    const cached = (method: string) => caching.of(`a.S#${method}`)?.cached;
    assert.deepEqual(["annotated()", "evicting()", "managed()", "caffeine()", "inRedis()", "memo()", "map()", "writes()"].map(cached), [
      "annotation",
      undefined,
      "body",
      "body",
      "body",
      "body",
      undefined,
      undefined,
    ]);
    assert.deepEqual(["headers()", "forbids()", "tag(WebRequest)"].map(cached), ["headers", undefined, "headers"]);
    assert.equal(caching.of("a.S#nothing()"), undefined);
  });

  it("tells whose answer it is", async () => {
    const { caching } = await modelOf(CLASS);
    assert.deepEqual(
      ["mine()", "secured()", "map()"].map((method) => caching.of(`a.S#${method}`)?.personal),
      [true, true, false],
    );
  });

  it("is switched on by an annotation anywhere", async () => {
    const workspace = new TestWorkspace([]);
    const { caching } = workspace.workspace.model;
    assert.equal(caching.isEnabled(), false);
    await workspace.put([["a/C.java", "package a; @EnableCaching class C {}"]]);
    assert.deepEqual([caching.isEnabled(), caching.setsHeaders()], [true, false]);
    await workspace.put([["a/C.java", "package a; import org.springframework.web.servlet.mvc.WebContentInterceptor; class C {}"]]);
    assert.deepEqual([caching.isEnabled(), caching.setsHeaders()], [false, true]);
  });

  it("is looked up again when the method appears or changes", async () => {
    const workspace = new TestWorkspace([]);
    const { caching } = workspace.workspace.model;
    assert.equal(caching.of("a.S#m()"), undefined);
    await workspace.put([["a/S.java", "package a; class S { CacheManager c; int m() { return 1; } }"]]);
    assert.equal(caching.of("a.S#m()")?.cached, undefined);
    await workspace.put([["a/S.java", 'package a; class S { CacheManager c; int m() { c.getCache("x"); return 1; } }']]);
    assert.equal(caching.of("a.S#m()")?.cached, "body");
  });
});

describe("reads that no cache stands before", () => {
  it("are found nearest first, through interfaces, with the way; circles end", async () => {
    const model = await modelOf(`
//- a/Repo.java
package a;
interface Repo extends CrudRepository<Object, Long> { long countByName(String name); }
//- a/Numbers.java
package a;
interface Numbers { long far(); }
//- a/RealNumbers.java
package a;
class RealNumbers implements Numbers { Repo repo; S s; public long far() { s.start(); return repo.countByName("x"); } }
//- a/S.java
package a;
class S {
  Repo repo; Numbers numbers;
  void start() { numbers.far(); near(); cached(); personal(); }
  long near() { return repo.count(); }
  @Cacheable("c") long cached() { return repo.count(); }
  long personal() { getCurrentUser(); return repo.count(); }
  void getCurrentUser() {}
}
`);
    const reads = uncachedReads(model.reads, model.calls, model.caching, "a.S#start()");
    assert.deepEqual(
      reads?.map(({ site, path }) => `${site.work?.label} by ${path.map(({ method }) => method.declared.method.name).join(" > ")}`),
      ["Repo.count by start > near", "Repo.countByName by start > far > far"],
    );
    assert.equal(uncachedReads(model.reads, model.calls, model.caching, "a.S#cached()"), undefined);
  });
});
