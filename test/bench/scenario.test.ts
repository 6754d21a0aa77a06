import { strict as assert } from "node:assert";
import { benchmarkChoices, slaOf } from "../../src/bench/choices.ts";
import { bestMatch, type Endpoint, matchesEndpoint, parseEndpoint, variablesOf } from "../../src/bench/endpoint.ts";
import { describeRun, formatMs, formatShare } from "../../src/bench/format.ts";
import { completeDraft } from "../../src/bench/panelProtocol.ts";
import { projectBenchmarks } from "../../src/bench/projectBenchmarks.ts";
import { DEFAULTS, readScenario } from "../../src/bench/scenario.ts";
import { checkTarget, remarkOnTarget } from "../../src/bench/target.ts";
import { projectFacts } from "../../src/facts/project/extract.ts";
import { scenarioOf } from "./simulation.ts";

const endpoint = (text: string) => parseEndpoint(text) as Endpoint;

describe("a target", () => {
  const allowed = (text: string) => checkTarget(text, false).ok;

  it("is this machine, however it is spelled", () => {
    for (const text of [
      "http://127.0.0.1:8080",
      "http://localhost",
      "http://LOCALHOST.:80",
      "https://[::1]:8443/api",
      "http://127.1:80",
      "http://2130706433/",
      "http://0x7f.1/",
      "http://[::ffff:127.0.0.1]/",
      "http://127.255.255.254.:80/",
    ])
      assert.ok(allowed(text), text);
  });

  it("is no other machine without a confirmation", () => {
    for (const text of [
      "http://example.org",
      "http://10.0.0.5",
      "http://0.0.0.0:8080",
      "http://localhost.example.org",
      "http://127.0.0.1.example.org",
      "http://[::2]/",
      "http://[::127.0.0.1]/",
      "http://[::ffff:128.0.0.1]/",
      "http://128.0.0.1",
    ]) {
      assert.ok(!allowed(text), text);
      assert.ok(checkTarget(text, true).ok, text);
    }
    const refused = checkTarget("http://example.org/x", false);
    assert.ok(!refused.ok);
    assert.equal(refused.remoteHost, "example.org");
    assert.match(refused.why, /^example\.org is not this machine/);
  });

  it("is refused with a reason when it is none", () => {
    const why = (text: string) => {
      const target = checkTarget(text, true);
      return target.ok ? "" : target.why;
    };
    assert.match(why("8080"), /is not a URL/);
    assert.match(why("ftp://localhost"), /ftp:\/\/ is not supported/);
    assert.match(why("http://me:secret@localhost"), /no user name or password/);
    assert.ok(!why("http://me:secret@localhost").includes("secret"));
    assert.match(why("http://localhost/?a=1"), /query/);
  });
});

describe("the address of a benchmark, while it is typed", () => {
  it("says nothing of an address of this machine", () => {
    for (const text of ["http://127.0.0.1:8080", "https://localhost:8443/api", "http://[::1]"])
      assert.equal(remarkOnTarget(text), undefined, text);
  });

  it("refuses what no run could begin with, and says what is expected", () => {
    for (const text of ["htp:/foo", "ftp://127.0.0.1", "localhost:8080", "file:///etc/hosts"]) {
      const remark = remarkOnTarget(text);
      assert.equal(remark?.isError, true, text);
      assert.match(remark?.message ?? "", /http:\/\/ or https:\/\/ address/, text);
    }
    for (const text of ["", "127.0.0.1:8080", "http://"]) {
      const remark = remarkOnTarget(text);
      assert.equal(remark?.isError, true, text);
      assert.match(remark?.message ?? "", /is not a URL; give one such as http:\/\/127\.0\.0\.1:8080$/, text);
    }
    assert.match(remarkOnTarget("http://me:secret@localhost")?.message ?? "", /^A target holds no user name or password/);
  });

  it("lets another machine pass, and says that its name will be asked for", () => {
    assert.deepEqual(remarkOnTarget("https://shop.example.org"), {
      message: "shop.example.org is not this machine: you will be asked to confirm its name",
      isError: false,
    });
  });
});

describe("a scenario from outside", () => {
  const why = (changes: object) => {
    const read = readScenario({ ...scenarioOf({}), ...changes });
    return read.ok ? "" : read.why;
  };

  it("is taken when it fits", () => assert.equal(why({}), ""));

  it("is refused with the name of each wrong field", () => {
    const request = { endpoint: "GET /x", method: "GET", path: "/x" };
    assert.match(why({ durationMs: 1e9 }), /^durationMs: /);
    assert.match(why({ load: { executor: "constant-vus", vus: 0 } }), /^load\.vus: /);
    assert.match(why({ load: { executor: "constant-arrival-rate", ratePerSecond: 1e6, maxInFlight: 1 } }), /^load\.ratePerSecond: /);
    assert.match(why({ load: { executor: "ramping" } }), /^load\.executor: /);
    assert.match(why({ requests: [] }), /^requests: /);
    assert.match(why({ requests: [{ ...request, method: "TRACE" }] }), /^requests\.0\.method: /);
    assert.match(why({ requests: [{ ...request, path: "x" }] }), /^requests\.0\.path: starts with/);
    assert.match(why({ requests: [{ ...request, path: "/x/{id}" }] }), /has a variable without a value/);
    assert.match(why({ requests: [{ ...request, headers: { "a b": "c" } }] }), /^requests\.0\.headers/);
    assert.match(why({ requests: [{ ...request, headers: { a: "b\r\nc: d" } }] }), /^requests\.0\.headers\.a: /);
    assert.match(why({ surprise: 1 }), /surprise/);
    assert.match(why({ name: 5, timeoutMs: "1s" }), /name: .*; timeoutMs: /);
    assert.ok(!readScenario(undefined).ok && !readScenario("x").ok);
  });
});

describe("an endpoint", () => {
  it("is read from what people write", () => {
    assert.deepEqual(parseEndpoint("  get   /tickets?x=1 "), { method: "GET", path: "/tickets?x=1" });
    for (const text of ["/tickets", "GET tickets", "FETCH /x", "GET /a b", ""]) assert.equal(parseEndpoint(text), undefined);
  });

  it("has variables", () => {
    assert.deepEqual(variablesOf("/a/{id}/b/{x:[0-9]{2}}"), ["{id}", "{x:[0-9]{2}}"]);
    assert.deepEqual(variablesOf("/a?b=c"), []);
  });

  it("matches the calls of its template and no others", () => {
    const matches = (template: string, call: string) => matchesEndpoint(endpoint(template), endpoint(call));
    assert.ok(matches("GET /tickets/{id}", "GET /tickets/42?full=true"));
    assert.ok(matches("GET /tickets/{id}", "GET /tickets/{ticketId}"));
    assert.ok(matches("GET /files/**", "GET /files/a/b"));
    assert.ok(matches("GET /v{version}/x", "GET /v2/x"));
    assert.ok(matches("GET /tickets/", "GET /tickets"));
    assert.ok(!matches("GET /tickets/{id}", "POST /tickets/42"));
    assert.ok(!matches("GET /tickets/{id}", "GET /tickets"));
    assert.ok(!matches("GET /tickets/{id}", "GET /tickets/42/items"));
    assert.ok(!matches("GET /a.c", "GET /abc"));
  });

  it("prefers the template that says more literally", () => {
    const templates = ["GET /tickets/{id}", "GET /tickets/open", "GET /{kind}/{id}"].map((text) => ({ endpoint: endpoint(text) }));
    assert.equal(bestMatch(templates, endpoint("GET /tickets/open"))?.endpoint.path, "/tickets/open");
    assert.equal(bestMatch(templates, endpoint("GET /tickets/9"))?.endpoint.path, "/tickets/{id}");
    assert.equal(bestMatch(templates, endpoint("GET /")), undefined);
  });
});

describe("times and shares", () => {
  it("are written with three digits", () => {
    assert.deepEqual([0.1234, 5.25, 50, 99.96, 412.4, 999.6, 2310].map(formatMs), [
      "0.12 ms",
      "5.25 ms",
      "50 ms",
      "100 ms",
      "412 ms",
      "1 s",
      "2.31 s",
    ]);
    assert.deepEqual([0, 0.00001, 0.0012, 0.045, 1].map(formatShare), ["0 %", "< 0.01 %", "0.12 %", "4.5 %", "100 %"]);
  });
});

describe("the benchmarks of a performance.yaml", () => {
  const read = (text: string) => projectBenchmarks(projectFacts("performance.yaml", text).facts);

  it("become SLAs and scenarios in milliseconds and shares", () => {
    const { slas, scenarios } = read(`version: 1
slas:
  - { endpoint: "GET /tickets/{id}", p95: 200ms, max: 1.5s, errorRate: 0.1%, throughput: 50/s }
scenarios:
  - { name: steady, endpoint: "GET /tickets/{id}", url: "/tickets/7?full=true", rate: 100/s, duration: 1m, warmup: 1s, timeout: 2s, target: "http://127.0.0.1:9000/" }
  - { name: create, url: "https://localhost:8443/tickets", method: POST, headers: { X-Tenant: a }, body: { title: x }, vus: 5 }
`);
    const sla = { p95Ms: 200, maxMs: 1500, errorRate: 0.001, throughputPerSecond: 50 };
    assert.deepEqual(slas, [{ endpoint: "GET /tickets/{id}", sla }]);
    const [steady, create] = scenarios;
    assert.deepEqual(steady, {
      name: "steady",
      target: "http://127.0.0.1:9000",
      load: { executor: "constant-arrival-rate", ratePerSecond: 100, maxInFlight: 200 },
      warmupMs: 1000,
      durationMs: 60_000,
      timeoutMs: 2000,
      maxRequests: DEFAULTS.maxRequests,
      requests: [{ endpoint: "GET /tickets/{id}", method: "GET", path: "/tickets/7?full=true", sla }],
    });
    assert.equal(create?.target, "https://localhost:8443");
    assert.deepEqual(create?.load, { executor: "constant-vus", vus: 5 });
    assert.deepEqual(create?.requests, [
      { endpoint: "POST /tickets", method: "POST", path: "/tickets", headers: { "X-Tenant": "a" }, body: '{"title":"x"}' },
    ]);
    for (const draft of scenarios) assert.ok(readScenario(completeDraft(draft, draft.target ?? "", new Map())).ok, draft.name);
  });

  it("are none in an empty one", () => assert.deepEqual(read(""), { slas: [], scenarios: [] }));
});

describe("what can be run", () => {
  const at = { file: "src/A.java", start: 1, end: 2 };
  const slas = [{ endpoint: "GET /tickets/{id}", sla: { p95Ms: 200 } }];
  const { target: _, ...draft } = scenarioOf({ name: "browse" });

  it("is scenarios, endpoints with an SLA, then other GET endpoints", () => {
    const endpoints = ["GET /tickets/{ticketId}", "GET /stats", "POST /login", "GET /stats"].map((text) => ({ ...endpoint(text), at }));
    const choices = benchmarkChoices({ slas, scenarios: [draft] }, endpoints);
    assert.deepEqual(
      choices.map(({ kind, label, detail, variables }) => [kind, label, detail, ...variables]),
      [
        ["scenario", "browse", "100 requests/s for 10 s"],
        ["sla", "GET /tickets/{id}", "p95 200 ms", "{id}"],
        ["endpoint", "GET /stats", "A.java"],
      ],
    );
    assert.equal(describeRun(scenarioOf({ load: { executor: "constant-vus", vus: 1 }, durationMs: 120_000 })), "1 user for 2 min");
  });

  it("becomes a valid scenario with a target and values", () => {
    const [choice] = benchmarkChoices({ slas, scenarios: [] }, []);
    assert.ok(choice !== undefined);
    const scenario = completeDraft(choice.draft, "http://localhost:8080", new Map([["{id}", "a/b ž"]]));
    assert.ok(readScenario(scenario).ok);
    assert.equal(scenario.requests[0]?.path, "/tickets/a%2Fb%20%C5%BE");
    assert.equal(scenario.requests[0]?.endpoint, "GET /tickets/{id}");
  });

  it("finds the SLA of a concrete call", () => {
    assert.equal(slaOf(endpoint("GET /tickets/5"), slas)?.sla.p95Ms, 200);
    assert.equal(slaOf(endpoint("GET /other"), slas), undefined);
  });
});
