import assert from "node:assert/strict";
import { redisInLoop } from "../../../src/rules/java/redis-in-loop.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const service = (body: string): string => `
//- src/shop/RankingService.java
package shop;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
@RestController
class RankingService {
  private final StringRedisTemplate redis;
${body}
}
`;

rule(redisInLoop, {
  reports: {
    "a read for each key": service(`
  void show(List<String> keys) {
    for (String key : keys) print(redis.opsForValue().get(key));
                                                    //^^^^^^^^ ValueOperations.get runs once per element of keys
  }`),
    "a read through what a variable or a field holds": service(`
  private final HashOperations<String, String, Long> amounts = redis.opsForHash();
  void fields(List<String> names) {
    for (String name : names) print(amounts.get("stock", name));
                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^ HashOperations.get runs once per element of names
  }
  List<String> values(List<String> keys) {
    ValueOperations<String, String> values = redis.opsForValue();
    return keys.stream().map(values::get).toList();
                           //^^^^^^^^^^^ ValueOperations.get runs once per element of keys
  }`),
    "other clients": service(`
  private final JedisPooled jedis;
  private final RedissonClient redisson;
  void jedis(List<String> keys) { for (String key : keys) print(jedis.hgetAll(key)); }
                                                              //^^^^^^^^^^^^^^^^^^ JedisPooled.hgetAll runs once per element of keys
  void map(RMap<String, String> map, List<String> keys) { keys.forEach(key -> print(map.get(key))); }
                                                                                  //^^^^^^^^^^^^ RMap.get runs once per element of keys`),
    // oneul0/kbo-ticketing-platform asks for each seat whether it is in its block.
    "collections of Redisson, which look like those in memory": service(`
  private final RedissonClient redisson;
  void seats(List<String> seats) {
    RSet<String> block = redisson.getSet("block");
    for (String seat : seats) print(block.contains(seat));
                                  //^^^^^^^^^^^^^^^^^^^^ RSet.contains runs once per element of seats
  }
  void ranks(RScoredSortedSet<String> scores, List<String> names) { names.forEach(name -> print(scores.rank(name))); }
                                                                                              //^^^^^^^^^^^^^^^^^ RScoredSortedSet.rank runs once per element of names`),
    // vlongle29/cinema-booking-backend holds each seat, and notes that it does.
    "several commands in one loop, which one pipeline sends": service(`
  void hold(List<String> seats) {
    for (String seat : seats) {
      redis.opsForValue().setIfAbsent(seat, "held");
                        //^^^^^^^^^^^^^^^^^^^^^^^^^ ValueOperations.setIfAbsent and 2 more run once per element of seats
      redis.opsForSet().add("held", seat);
      note(seat);
    }
    for (String seat : seats) tell(seat);
                            //^^^^^^^^^^ tell runs StringRedisTemplate.convertAndSend once per element of seats
  }
  private void note(String seat) { redis.expire(seat, TTL); }
  private void tell(String seat) { redis.convertAndSend("seats", seat); }`),
    "a write in a helper": service(`
  void keep(List<String> keys) { keys.forEach(key -> keepOne(key)); }
                                                   //^^^^^^^^^^^^ keepOne runs StringRedisTemplate.expire once per element of keys
  private void keepOne(String key) { redis.expire(key, Duration.ofDays(1)); }`),
    "operations on one key that are kept": service(`
  void fields(List<String> names) {
    BoundHashOperations<String, String, Long> amounts = redis.boundHashOps("stock");
    for (String name : names) print(amounts.get(name));
                                  //^^^^^^^^^^^^^^^^^ BoundHashOperations.get runs once per element of names
  }`),
  },
  ignores: {
    "a pipeline of Jedis": service(`
  private final Pipeline pipeline;
  void send(List<String> keys) { for (String key : keys) pipeline.get(key); }`),
    "one of many that an interface may be": service(`
  private final List<Sink> sinks;
  void open() { for (Sink sink : sinks) sink.open(); }
}
interface Sink { void open(); }
class FileSink implements Sink { public void open() {} }
class TableSink implements Sink { public void open() {} }
class QueueSink implements Sink { public void open() {} }
class RedisSink implements Sink {
  private final StringRedisTemplate redis;
  public void open() { redis.delete("marks"); }`),
    // dhis2's caches are in memory or in Redis, and three calls above them nobody knows.
    "a store that may be in memory, far below": service(`
  private final Store store;
  void show(List<String> keys) { for (String key : keys) first(key); }
  private String first(String key) { return second(key); }
  private String second(String key) { return store.get(key); }
}
interface Store { String get(String key); }
class MemoryStore implements Store { public String get(String key) { return key; } }
class RedisStore implements Store {
  private final StringRedisTemplate redis;
  public String get(String key) { return read(key); }
  private String read(String key) { return redis.opsForValue().get(key); }`),
    "one command for all keys": service(`
  void show(List<String> keys) { for (String value : redis.opsForValue().multiGet(keys)) print(value); }`),
    "a pipeline": service(`
  void keep(List<String> keys) {
    redis.executePipelined((RedisCallback<Object>) connection -> { for (String key : keys) redis.expire(key, DAY); return null; });
    redis.executePipelined(connection -> { for (String key : keys) redis.expire(key, DAY); return null; });
  }`),
  },
});

it("java/redis-in-loop warns of what somebody waits for, and informs of what a clock does", async () => {
  const severities = async (entry: string): Promise<readonly string[]> => {
    const checked = new TestWorkspace([redisInLoop]);
    await checked.put(parseFixture(service(`  ${entry} void refresh() { for (String key : names()) redis.delete(key); }`)).files);
    return checked.findings().map(({ severity }) => severity);
  };
  assert.deepEqual(await severities('@PostMapping("/refresh")'), ["warning"]);
  // pdhuy2k3/booking-platform: what a manager of locks has to offer, which nobody asks for.
  assert.deepEqual(await severities(""), ["information"]);
  // TencentBlueKing/bk-job, kbo-ticketing-platform: what is put into Redis when the application starts.
  assert.deepEqual(await severities("@PostConstruct"), ["hint"]);
  assert.deepEqual(await severities("@Scheduled(fixedRate = 60_000)"), ["information"]);
  // metersphere: a round of each project asks another machine as well.
  const withHttp = `private RestTemplate rest;
  @PostMapping("/all") void all() { for (String key : names()) refresh(key); }
  private void refresh(String key) { rest.getForObject("/state", String.class); redis.delete(key); }`;
  const checked = new TestWorkspace([redisInLoop]);
  await checked.put(parseFixture(service(withHttp)).files);
  assert.deepEqual(
    checked.findings().map(({ severity }) => severity),
    ["information"],
  );
  // Each round waits on purpose.
  const withPause = `@PostMapping("/move") void move() { for (String key : names()) settle(key); }
  private void settle(String key) { while (!redis.hasKey(key)) pause(); }
  private void pause() { try { Thread.sleep(100); } catch (InterruptedException e) { throw new IllegalStateException(e); } }`;
  assert.deepEqual(await severities(`${withPause}\n  private`), ["information", "information"]);
});

describe("java/redis-in-loop", () => {
  it("counts the round trips of one loop, and says who waits for them", async () => {
    const checked = new TestWorkspace([redisInLoop]);
    const body = `@PostMapping("/hold") void hold(List<String> seats) {
      for (String seat : seats) { redis.opsForValue().set(seat, "held"); redis.expire(seat, TTL); }
    }`;
    await checked.put(parseFixture(service(body)).files);
    const told = checked.findings().map(({ cost, related }) => [cost, ...related.map(({ message }) => message)]);
    assert.deepEqual(told, [
      ["2 × N round trips to Redis, N = elements of seats", "once per element of seats", "expire runs here too", "POST /hold"],
    ]);
  });

  const rankOf = async (body: string): Promise<string> => {
    const workspace = new TestWorkspace([redisInLoop]);
    const around = `private boolean failed; Outcome outcome; private final Logger log = LoggerFactory.getLogger(RankingService.class);
  @PostMapping("/keep") void keep(List<String> keys) { ${body} }`;
    await workspace.put(parseFixture(service(around)).files);
    return workspace
      .findings()
      .map(({ severity, certainty }) => `${severity} ${certainty}`)
      .join();
  };
  const clear = "redis.delete(key);";

  // my-spring-boot-experiments puts what it cannot read aside.
  it("is a hint where something has gone wrong before", async () => {
    for (const body of [
      `for (String key : keys) { if (key == null) { log.warn("no key"); ${clear} continue; } }`,
      `if (failed) { for (String key : keys) { ${clear} } }`,
      `if (!outcome.isSuccessful()) for (String key : keys) ${clear}`,
      `if (outcome.succeeded()) { log.info("kept"); } else { for (String key : keys) { ${clear} } }`,
      `try { log.info("kept"); } catch (RuntimeException e) { for (String key : keys) ${clear} }`,
    ])
      assert.equal(await rankOf(body), "hint possible", body);
  });

  it("stays loud where nothing has", async () => {
    for (const body of [
      `for (String key : keys) { if (key != null) { log.info("key"); ${clear} } }`,
      `if (!failed) { for (String key : keys) { ${clear} } }`,
      `if (outcome.isSuccessful()) for (String key : keys) ${clear}`,
      `try { for (String key : keys) ${clear} } catch (RuntimeException e) { log.error("lost", e); }`,
    ])
      assert.equal(await rankOf(body), "warning proven", body);
  });
});
