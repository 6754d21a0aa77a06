import assert from "node:assert/strict";
import { projectFacts } from "../../../src/facts/project/extract.ts";
import { NO_PROJECT_FACTS } from "../../../src/facts/project/projectFacts.ts";

/** Problems as "the text they point at: message". */
function problemsIn(text: string): readonly string[] {
  return projectFacts("performance.yaml", text).problems.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);
}

describe("performance.yaml", () => {
  it("is read with its units", () => {
    const text = `version: 1
rules: { java/query-in-loop: "off", sql/redundant-index: hint }
overrides:
  - files: [legacy/**]
    rules:
      sql/redundant-index: "off"
ignore: [tools/]
tests: judge
database:
  dialect: postgresql
  tables:
    tickets: { rows: 1.2M }
    users: { rows: 50_000 }
    roles: { rows: 4 }
slas:
  - { endpoint: GET /tickets, p50: 20ms, p90: 50ms, p95: 0.1s, p99: 1m, max: 1h, errorRate: 0.1%, throughput: 600/m }
scenarios:
  - name: list
    endpoint: GET /tickets
    rate: 100/s
    duration: 10s
    warmup: 1s
    timeout: 250ms
    target: http://127.0.0.1:8080/
  - name: create
    method: POST
    url: /tickets?x=1
    headers: { Content-Type: application/json }
    body: { seat: [1, "a"] }
    vus: 5
  - { name: plain, url: "http://localhost:1/x", body: text }
baseline: .performance/baseline.json
`;
    const { facts, problems, unparsed } = projectFacts("performance.yaml", text);
    assert.deepEqual([problems, unparsed], [[], []]);
    const plainRules = (rules: typeof facts.rules) => rules.map(({ rule, level, at }) => [rule, level, text.slice(at.start, at.end)]);
    assert.deepEqual(plainRules(facts.rules), [
      ["java/query-in-loop", "off", "java/query-in-loop"],
      ["sql/redundant-index", "hint", "sql/redundant-index"],
    ]);
    assert.deepEqual(
      facts.overrides.map(({ files, rules }) => [files, plainRules(rules)]),
      [[["legacy/**"], [["sql/redundant-index", "off", "sql/redundant-index"]]]],
    );
    assert.deepEqual([facts.ignore, facts.tests, facts.baseline], [["tools/"], "judge", ".performance/baseline.json"]);
    assert.deepEqual(
      facts.database.tables.map(({ name, rows }) => [name, rows]),
      [
        ["tickets", 1_200_000],
        ["users", 50_000],
        ["roles", 4],
      ],
    );
    const [sla] = facts.slas;
    assert.deepEqual(
      [sla?.p50Ms, sla?.p90Ms, sla?.p95Ms, sla?.p99Ms, sla?.maxMs, sla?.errorRate, sla?.throughputPerSecond],
      [20, 50, 100, 60_000, 3_600_000, 0.001, 10],
    );
    assert.deepEqual(
      facts.scenarios.map(({ at: _, ...scenario }) => scenario),
      [
        {
          name: "list",
          endpoint: "GET /tickets",
          method: "GET",
          url: "/tickets",
          headers: {},
          body: undefined,
          executor: "constant-arrival-rate",
          vus: undefined,
          ratePerSecond: 100,
          durationMs: 10_000,
          warmupMs: 1_000,
          timeoutMs: 250,
          target: "http://127.0.0.1:8080",
        },
        {
          name: "create",
          endpoint: "POST /tickets",
          method: "POST",
          url: "/tickets?x=1",
          headers: { "Content-Type": "application/json" },
          body: '{"seat":[1,"a"]}',
          executor: "constant-vus",
          vus: 5,
          ratePerSecond: undefined,
          durationMs: 30_000,
          warmupMs: 5_000,
          timeoutMs: 10_000,
          target: undefined,
        },
        {
          name: "plain",
          endpoint: "GET /x",
          method: "GET",
          url: "http://localhost:1/x",
          headers: {},
          body: "text",
          executor: "constant-vus",
          vus: 1,
          ratePerSecond: undefined,
          durationMs: 30_000,
          warmupMs: 5_000,
          timeoutMs: 10_000,
          target: undefined,
        },
      ],
    );
  });

  for (const [text, ...wanted] of [
    ["version: 1\nrulse: {}\n", 'rulse: performance.yaml has no key "rulse"; did you mean "rules"?'],
    [
      "version: 1\nx: {}\n",
      'x: performance.yaml has no key "x"; it has version, rules, overrides, ignore, tests, database, migrations, statistics, slas, scenarios, baseline',
    ],
    ["versoin: 1\n", 'versoin: performance.yaml has no key "versoin"; did you mean "version"?'],
    ["rules: {}\n", 'rules: performance.yaml needs "version"'],
    ["version: 2\n", 'version: "version" is 1, not "2"'],
    [
      "version: 1\nrules: { a/b: warn }\n",
      'a/b: "a/b" is one of off, hint, information, warning, error, not "warn"; did you mean "warning"?',
    ],
    ["version: 1\nrules: { a/b: false }\n", 'a/b: "a/b" is one of off, hint, information, warning, error, not "false"'],
    ["version: 1\nrules: off\n", 'rules: "rules" is a mapping, not "off"'],
    ["version: 1\nignore: tools\n", 'ignore: "ignore" is a list, not "tools"'],
    ["version: 1\nignore: [1]\n", '1: ignore[0] is a text, not "1"'],
    ["version: 1\noverrides:\n  - rules: {}\n", 'rules: overrides[0] needs "files"'],
    ["version: 1\noverrides:\n  - files: []\n    rules: {}\n", 'files: "files" is too small or empty'],
    ["version: 1\ndatabase:\n  tables:\n    t: { row: 1 }\n", 'row: database.tables.t has no key "row"; did you mean "rows"?'],
    ["version: 1\ndatabase: { tables: { t: { rows: many } } }\n", 'rows: "rows" is a number of rows, for example 50000 or "1.2M"'],
    ["version: 1\ndatabase: { tables: { t: { rows: -1 } } }\n", 'rows: "rows" is a number of rows, for example 50000 or "1.2M"'],
    ["version: 1\nslas: [{ endpoint: GET /a, p95: 200 }]\n", 'p95: "p95" is a duration with its unit, for example "200ms" or "1.5s"'],
    ["version: 1\nslas: [{ endpoint: GET /a, p95: 200 s m }]\n", 'p95: "p95" is a duration with its unit, for example "200ms" or "1.5s"'],
    ["version: 1\nslas: [{ endpoint: GET /a, errorRate: 5 }]\n", 'errorRate: "errorRate" is a share, for example "0.1%" or 0.001'],
    ["version: 1\nslas: [{ endpoint: /a }]\n", 'endpoint: "endpoint" is method and path, for example "GET /tickets"'],
    ["version: 1\nscenarios: [{ name: a }]\n", "name: scenarios[0] needs an endpoint or a url"],
    ["version: 1\nscenarios: [{ name: a, url: /, vus: 1, rate: 1 }]\n", 'rate: "rate" has both vus and rate'],
    ["version: 1\nscenarios: [{ name: a, url: /, vus: 1.5 }]\n", 'vus: "vus" is a whole number, not "1.5"'],
    [
      "version: 1\nscenarios: [{ name: a, url: /, target: localhost }]\n",
      'target: "target" is scheme, host and port, for example http://127.0.0.1:8080',
    ],
    ["version: 1\n---\nversion: 1\n", "v: Only the first document is read"],
    ["- a\n", "-: performance.yaml is a mapping, not a list"],
    ["version: 1\nversion: 1\n", 'version: The key "version" is here twice; the last one counts'],
  ] as const) {
    it(`says what is wrong in ${JSON.stringify(text.replace("version: 1\n", ""))}`, () => {
      assert.deepEqual(problemsIn(text), wanted);
    });
  }

  it("loses nothing but what is wrong", () => {
    const text = `version: 1
rules: { a/b: wrong, c/d: "off" }
slas: [{ p95: 1s }, { endpoint: GET /a, p95: soon, p99: 2s }, wrong, { endpoint: GET /b }]
database: { tables: { t: { rows: many }, u: { rows: 5 } }, dialct: mysql }
tests: sometimes
`;
    const { facts, problems } = projectFacts("performance.yaml", text);
    assert.equal(problems.length, 7);
    assert.deepEqual(
      [
        facts.rules.map(({ rule }) => rule),
        facts.slas.map(({ endpoint, p99Ms }) => [endpoint, p99Ms]),
        facts.database.tables.map(({ name }) => name),
      ],
      [
        ["c/d"],
        [
          ["GET /a", 2_000],
          ["GET /b", undefined],
        ],
        ["u"],
      ],
    );
    assert.equal(facts.tests, undefined);
  });

  it("points at the keys behind a byte order mark, CRLF and characters outside the BMP", () => {
    assert.deepEqual(problemsIn("\ufeff# 😀\r\nversion: 1\r\nrulse: {}\r\n"), [
      'rulse: performance.yaml has no key "rulse"; did you mean "rules"?',
    ]);
  });

  for (const text of ["", "\ufeff", "# nothing yet\n", "---\n"]) {
    it(`takes ${JSON.stringify(text)} for a file that says nothing`, () => {
      assert.deepEqual(projectFacts("performance.yaml", text), { facts: NO_PROJECT_FACTS, unparsed: [], problems: [] });
    });
  }

  it("reads what it can of broken YAML", () => {
    const { facts, problems, unparsed } = projectFacts("performance.yaml", 'version: 1\nignore: [a]\nrules: { "a/b": off\n');
    assert.ok(problems.length > 0 && unparsed.length > 0);
    assert.deepEqual(facts.ignore, ["a"]);
  });
});
