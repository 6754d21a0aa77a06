import { strict as assert } from "node:assert";
import { LatencyHistogram } from "../../src/bench/histogram.ts";
import { minimumSamples, quantileRanks, wilson } from "../../src/bench/statistics.ts";
import { type Evidence, judge, overall } from "../../src/bench/verdict.ts";

/** Latencies 1, 2, … n hundredths of `upToMs`: the q-quantile is q · upToMs. */
function evenly(n: number, upToMs: number): LatencyHistogram {
  const histogram = LatencyHistogram.create();
  for (let i = 1; i <= n; i++) histogram.record((i * upToMs) / n);
  return histogram;
}

const calm = { lagP99Ms: 0, lagMaxMs: 0, utilisation: 0.1, dropped: 0, scheduled: 1000 };
const evidence = (response: LatencyHistogram, more: Partial<Evidence> = {}): Evidence => ({
  count: response.count,
  failed: 0,
  timeouts: 0,
  response,
  ratePerSecond: 100,
  askedPerSecond: 100,
  generator: calm,
  ...more,
});
const verdicts = (checks: ReturnType<typeof judge>) => checks.map(({ metric, verdict }) => `${metric} ${verdict}`);

describe("intervals of percentiles", () => {
  it("have the ranks that tables of the binomial distribution give", () => {
    // Percentile points of the interval by sample size, from the standard tables: p95 of 1000 is 93.6 to 96.4, of 10,000 94.6 to 95.4.
    assert.deepEqual(quantileRanks(1000, 0.95), { lower: 936, upper: 964 });
    const large = quantileRanks(10_000, 0.95);
    assert.ok(Math.abs(large.lower - 9457) <= 1 && Math.abs(large.upper - 9543) <= 1, JSON.stringify(large));
    // Fair coin, 10 throws: P(X ≤ 1) = 11/1024 = 1.07 %, P(X ≤ 2) = 5.5 %; so ranks 2 and 9.
    assert.deepEqual(quantileRanks(10, 0.5), { lower: 2, upper: 9 });
  });

  it("have no upper end below the least number of samples", () => {
    assert.deepEqual([minimumSamples(0.5), minimumSamples(0.95), minimumSamples(0.99)], [6, 72, 368]);
    for (const share of [0.5, 0.95, 0.99]) {
      const least = minimumSamples(share);
      assert.equal(quantileRanks(least, share).upper, least);
      assert.equal(quantileRanks(least - 1, share).upper, least, "one beyond the sample");
    }
  });

  it("cover the true percentile in 95 of 100 samples", () => {
    // The k-th of n uniform samples lies below q exactly when Binomial(n, q) ≥ k: the cover is counted on seeded samples.
    const random = seeded(7);
    let covered = 0;
    const rounds = 2000;
    for (let round = 0; round < rounds; round++) {
      const sample = Float64Array.from({ length: 500 }, random).sort();
      const { lower, upper } = quantileRanks(500, 0.95);
      if ((sample[lower - 1] as number) <= 0.95 && 0.95 <= (sample[upper - 1] as number)) covered++;
    }
    assert.ok(covered / rounds >= 0.94, `${covered} of ${rounds}`);
  });

  it("survive no sample and ten million", () => {
    assert.deepEqual(quantileRanks(0, 0.99), { lower: 0, upper: 1 });
    const { lower, upper } = quantileRanks(10_000_000, 0.5);
    assert.ok(Math.abs(lower - (5e6 - 3099)) <= 2 && Math.abs(upper - (5e6 + 3099)) <= 3, `${lower} ${upper}`);
  });
});

describe("the interval of an error rate", () => {
  it("is Wilson's", () => {
    const round = ({ lower, upper }: { lower: number; upper: number }) => [lower, upper].map((share) => Number((share * 100).toFixed(3)));
    assert.deepEqual(round(wilson(0, 1000)), [0, 0.383]);
    assert.deepEqual(round(wilson(10, 1000)), [0.544, 1.831]);
    assert.equal(wilson(5, 5).upper, 1);
  });
});

describe("a verdict", () => {
  const thousand = evenly(1000, 1000);

  it("passes and fails by the whole interval only", () => {
    // p95 of 1000: ranks 936 and 964, so 936 to 964 ms.
    const at = (p95Ms: number) => judge({ p95Ms }, evidence(thousand))[0]?.verdict;
    assert.deepEqual([at(930), at(950), at(970)], ["FAIL", "INCONCLUSIVE", "PASS"]);
  });

  it("says how many samples it had, its interval and why it is unsure", () => {
    const [check] = judge({ p99Ms: 2000 }, evidence(evenly(100, 1000)));
    assert.equal(check?.samples, 100);
    assert.equal(check?.verdict, "INCONCLUSIVE");
    assert.equal(check?.upper, null);
    assert.equal(check?.note, "the percentile needs at least 368");
    const [between] = judge({ p95Ms: 950 }, evidence(thousand));
    assert.deepEqual(
      [between?.lower, between?.upper, between?.note].map((value) => (typeof value === "number" ? Math.round(value) : value)),
      [936, 964, null],
    );
  });

  it("counts failures as slower than any limit", () => {
    const failing = (failed: number) => judge({ p95Ms: 5000 }, evidence(thousand, { count: 1000 + failed, failed }))[0];
    assert.equal(failing(10)?.verdict, "PASS");
    assert.equal(failing(52)?.verdict, "INCONCLUSIVE");
    const broken = failing(200);
    assert.deepEqual([broken?.verdict, broken?.measured, broken?.note], ["FAIL", null, "16.7 % of the requests failed"]);
  });

  it("counts timeouts as failures, though their wait is in the latencies", () => {
    const response = evenly(900, 100);
    for (let i = 0; i < 100; i++) response.record(1000);
    const [check] = judge({ p95Ms: 2000 }, evidence(response, { failed: 100, timeouts: 100 }));
    assert.equal(check?.verdict, "FAIL");
  });

  it("blames the server for no delay of the generator", () => {
    const lagging = { ...calm, lagP99Ms: 20 };
    assert.equal(judge({ p95Ms: 930 }, evidence(thousand, { generator: lagging }))[0]?.verdict, "INCONCLUSIVE");
    assert.equal(judge({ p95Ms: 900 }, evidence(thousand, { generator: lagging }))[0]?.verdict, "FAIL");
    assert.equal(judge({ p95Ms: 500 }, evidence(thousand, { generator: { ...calm, utilisation: 0.95 } }))[0]?.verdict, "INCONCLUSIVE");
    assert.equal(judge({ p95Ms: 970 }, evidence(thousand, { generator: { ...lagging, utilisation: 0.95 } }))[0]?.verdict, "PASS");
  });

  it("passes nothing when requests were never sent", () => {
    const checks = judge({ p95Ms: 970, errorRate: 0.1 }, evidence(thousand, { generator: { ...calm, dropped: 50 } }));
    assert.deepEqual(verdicts(checks), ["p95 INCONCLUSIVE", "errorRate INCONCLUSIVE"]);
    assert.equal(checks[0]?.note, "50 of 1000 requests were not sent: too many were in flight");
  });

  it("judges error rates", () => {
    const rate = (failed: number, errorRate: number) => judge({ errorRate }, evidence(thousand, { count: 1000, failed }))[0]?.verdict;
    assert.deepEqual([rate(0, 0.01), rate(0, 0.001), rate(10, 0.01), rate(30, 0.01)], ["PASS", "INCONCLUSIVE", "INCONCLUSIVE", "FAIL"]);
    assert.deepEqual([rate(0, 0), rate(1, 0)], ["PASS", "FAIL"]);
  });

  it("holds the slowest answer of the run to a maximum", () => {
    const at = (maxMs: number, more: Partial<Evidence> = {}) => judge({ maxMs }, evidence(thousand, more))[0]?.verdict;
    assert.deepEqual([at(1000), at(999)], ["PASS", "FAIL"]);
    assert.equal(at(5000, { count: 1001, failed: 1 }), "FAIL");
    assert.equal(at(999, { generator: { ...calm, lagMaxMs: 5 } }), "INCONCLUSIVE");
  });

  it("holds the run to a throughput, where it asked for as much", () => {
    const at = (throughputPerSecond: number, more: Partial<Evidence> = {}) =>
      judge({ throughputPerSecond }, evidence(thousand, more))[0]?.verdict;
    // A run of 10 s at 100/s ends with its last answer, a little later than 10 s.
    assert.equal(at(100, { ratePerSecond: 99.6 }), "PASS");
    assert.equal(at(100, { ratePerSecond: 80 }), "FAIL");
    assert.equal(at(200), "INCONCLUSIVE");
    assert.equal(at(200, { askedPerSecond: undefined }), "FAIL");
    assert.equal(at(200, { askedPerSecond: undefined, generator: { ...calm, utilisation: 0.9 } }), "INCONCLUSIVE");
  });

  it("is unsure of nothing at all", () => {
    const sla = { p50Ms: 1, maxMs: 1, errorRate: 0.5, throughputPerSecond: 50 };
    const nothing = judge(sla, evidence(LatencyHistogram.create(), { ratePerSecond: 0 }));
    assert.deepEqual(verdicts(nothing), ["p50 INCONCLUSIVE", "max INCONCLUSIVE", "errorRate INCONCLUSIVE", "throughput INCONCLUSIVE"]);
    assert.deepEqual(new Set(nothing.map(({ measured }) => measured)), new Set([null]));
  });

  it("is the worst of its parts", () => {
    assert.equal(overall(["PASS", "INCONCLUSIVE", null]), "INCONCLUSIVE");
    assert.equal(overall(["PASS", "FAIL", "INCONCLUSIVE"]), "FAIL");
    assert.equal(overall([null]), null);
  });
});

describe("the histogram", () => {
  it("is exact to three digits on values of every size", () => {
    const random = seeded(3);
    const values = Float64Array.from({ length: 20_000 }, () => 10 ** (random() * 6 - 2));
    const histogram = LatencyHistogram.create();
    for (const value of values) histogram.record(value);
    values.sort();
    for (const share of [0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1]) {
      const exact = values[Math.ceil(share * values.length) - 1] as number;
      const off = Math.abs(histogram.quantileMs(share) - exact);
      assert.ok(off <= exact * 0.001 + 0.001, `${share}: ${histogram.quantileMs(share)} for ${exact}`);
    }
    assert.equal(histogram.maxMs, values.at(-1));
  });

  it("comes back from its kept form", () => {
    const histogram = evenly(5000, 300);
    const back = LatencyHistogram.decode(histogram.encode());
    assert.equal(back.count, 5000);
    for (const share of [0.5, 0.99, 1]) assert.ok(Math.abs(back.quantileMs(share) - histogram.quantileMs(share)) <= 0.3);
  });
});

/** A small linear congruential generator: the same samples at every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
