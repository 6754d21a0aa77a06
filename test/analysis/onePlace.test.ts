import assert from "node:assert/strict";
import { oncePerFile, oncePerPlace } from "../../src/analysis/onePlace.ts";
import { claimsOf, planned } from "../../src/analysis/planned.ts";
import type { PlanClaim, PlanVerdict } from "../../src/model/persistence/scans/planClaim.ts";
import type { Finding, Fix, Severity } from "../../src/rules/finding.ts";

const claimOn = (table: string): PlanClaim => ({ kind: "missingIndex", schema: "public", table, queries: [], index: undefined });

const findingOn = (table: string, severity: Severity = "information"): Finding => ({
  rule: "sql/missing-index-for-query",
  file: "Rows.java",
  span: { start: 10, end: 20 },
  severity,
  certainty: "likely",
  message: `find filters ${table}`,
  cost: "",
  related: [],
  fixes: [],
  claim: claimOn(table),
});

const verdict = (said: PlanVerdict["verdict"]): PlanVerdict => ({ verdict: said, text: said, sized: false, asProposed: true });

/** What the planner says of the table of a claim. */
const says =
  (of: Readonly<Record<string, PlanVerdict["verdict"]>>) =>
  ({ table }: PlanClaim): PlanVerdict | undefined => {
    const said = of[table];
    return said && verdict(said);
  };

const fix = (title: string): Fix => ({ title, safe: false, edits: () => undefined });

describe("findings that mean one thing in a file", () => {
  const at = (start: number, severity: Severity, inFile = "duplicate"): Finding => ({
    ...findingOn(`letters at ${start}`, severity),
    span: { start, end: start + 5 },
    inFile,
    fixes: [{ ...fix(`Drop ${start}`), joined: (others) => fix(`Drop ${1 + others.length}`) }],
  });

  it("are one for each severity and kind, with the others where they are and one fix for all", () => {
    const alone = findingOn("parcels");
    const all = oncePerFile([at(10, "warning"), alone, at(20, "hint"), at(30, "warning"), at(40, "warning", "prefix"), at(50, "warning")]);
    assert.deepEqual(
      all.map(({ span, message }) => `${span.start} ${message}`),
      [
        "10 find filters parcels",
        "20 find filters letters at 20",
        "40 find filters letters at 40",
        "10 find filters letters at 10; 2 more alike",
      ],
    );
    const [together] = all.slice(-1);
    assert.deepEqual(
      together?.related.map(({ at, message }) => `${at.start} ${message}`),
      ["30 find filters letters at 30", "50 find filters letters at 50"],
    );
    assert.deepEqual(
      together?.fixes.map(({ title }) => title),
      ["Drop 3", "Drop 10", "Drop 30", "Drop 50"],
    );
  });

  it("are one however loud each is, where one thing causes them, and show the way to each", () => {
    const way = (start: number, message: string) => ({ at: { file: "Rows.java", start, end: start + 1 }, message });
    const due = (start: number, severity: Severity, to: string): Finding => {
      const { inFile, ...rest } = at(start, severity);
      return { ...rest, onceFor: to, fixes: [], related: [way(1, "begins here"), way(start + 2, "goes on here")] };
    };
    const all = oncePerFile([due(10, "hint", "Ledger"), due(20, "warning", "Ledger"), due(30, "warning", "Journal")]);
    assert.deepEqual(
      all.map(({ span, severity, message }) => `${span.start} ${severity} ${message}`),
      ["30 warning find filters letters at 30", "20 warning find filters letters at 20; 1 more alike"],
    );
    assert.deepEqual(
      all[1]?.related.map(({ at, message }) => `${at.start} ${message}`),
      ["1 begins here", "22 goes on here", "10 find filters letters at 10", "12 goes on here"],
    );
  });

  it("stand at the place that weighs most", () => {
    const [together] = oncePerFile([at(10, "warning"), { ...at(20, "warning"), weight: 3 }, { ...at(30, "warning"), weight: 2 }]);
    assert.equal(together?.message, "find filters letters at 20; 2 more alike");
  });

  it("are counted by what they are put together from, and once where two schemas have one script", () => {
    const place = at(10, "warning");
    const [twice] = oncePerPlace([place, { ...place }], () => true);
    assert.equal(twice?.message, "find filters letters at 10");
    const [both] = oncePerPlace([at(20, "warning"), { ...at(20, "warning"), message: "find filters stamps" }], () => true);
    const [all, ...others] = oncePerFile([place, both as Finding, at(30, "warning")]);
    assert.deepEqual(others, []);
    assert.equal(all?.message, "find filters letters at 10; 3 more alike");
    assert.equal(all?.parts?.length, 4);
  });

  it("are what the planner leaves of them", () => {
    const [both] = oncePerFile([at(10, "warning"), at(30, "warning")]);
    assert.ok(both !== undefined);
    const left = planned(both, says({ "letters at 10": "withdrawn", "letters at 30": "confirmed" }), false);
    assert.equal(`${left.span.start} ${left.message}`, "30 find filters letters at 30");
  });
});

describe("findings of one place", () => {
  const [both, ...others] = oncePerPlace([findingOn("letters"), findingOn("parcels", "warning")], () => true);
  assert.ok(both !== undefined && others.length === 0);

  it("are one, the loudest, with the others beside it", () => {
    assert.equal(both.message, "find filters parcels; 1 more alike");
    assert.deepEqual(
      both.related.map(({ message }) => message),
      ["find filters letters"],
    );
  });

  it("have the first fix of each of them behind those of the loudest, what is titled alike once", () => {
    const ofLetters = { ...findingOn("letters"), fixes: [fix("Create index on letters"), fix("Create index on letters concurrently")] };
    const ofParcels = { ...findingOn("parcels", "warning"), fixes: [fix("Create index on parcels"), fix("Order by id")] };
    const ofStamps = { ...findingOn("stamps"), fixes: [fix("Order by id")] };
    const [all] = oncePerPlace([ofLetters, ofParcels, ofStamps], () => true);
    assert.deepEqual(
      all?.fixes.map(({ title }) => title),
      ["Create index on parcels", "Order by id", "Create index on letters"],
    );
  });

  it("have a claim each, of which what is withdrawn goes", () => {
    assert.deepEqual(
      claimsOf(both).map(({ table }) => table),
      ["parcels", "letters"],
    );
    const left = planned(both, says({ letters: "confirmed", parcels: "withdrawn" }), false);
    assert.equal(left.message, "find filters letters");
    assert.equal(left.severity, "information");
    assert.equal(left.plan?.verdict, "confirmed");
  });

  it("are withdrawn where nothing is left", () => {
    const left = planned(both, says({ letters: "withdrawn", parcels: "withdrawn" }), false);
    assert.equal(left.plan?.verdict, "withdrawn");
    assert.equal(left.message, "find filters parcels; 1 more alike");
  });

  it("keep the severity that the project has chosen", () => {
    const hint = { ...both, severity: "hint" } as const;
    assert.equal(planned(hint, says({ parcels: "withdrawn", letters: "confirmed" }), true).severity, "hint");
  });

  it("stay two where a place means one thing", () => {
    assert.equal(oncePerPlace([findingOn("letters"), findingOn("parcels")], () => false).length, 2);
  });
});
