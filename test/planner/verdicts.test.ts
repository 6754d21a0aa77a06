import assert from "node:assert/strict";
import { claimsOf } from "../../src/analysis/planned.ts";
import type { PlanClaim, PlanVerdict } from "../../src/model/persistence/scans/planClaim.ts";
import type { Query } from "../../src/model/persistence/scans/query.ts";
import type { Planner } from "../../src/planner/planner.ts";
import { verdictsOf } from "../../src/planner/verdicts.ts";
import type { AnyRule } from "../../src/rules/rule.ts";
import { caseInsensitiveWithoutIndex } from "../../src/rules/sql/case-insensitive-without-index.ts";
import { foreignKeyWithoutIndex } from "../../src/rules/sql/foreign-key-without-index.ts";
import { jsonFieldWithoutIndex } from "../../src/rules/sql/json-field-without-index.ts";
import { leadingWildcard } from "../../src/rules/sql/leading-wildcard.ts";
import { lowSelectivityIndex } from "../../src/rules/sql/low-selectivity-index.ts";
import { missingIndexForQuery } from "../../src/rules/sql/missing-index-for-query.ts";
import { redundantIndex } from "../../src/rules/sql/redundant-index.ts";
import { TestWorkspace } from "../harness/check.ts";
import { parseFixture } from "../harness/fixture.ts";
import { FAILURES, withFailing } from "./failing.ts";
import { plannerOfSuite } from "./planners.ts";

const RULES: readonly AnyRule[] = [
  foreignKeyWithoutIndex,
  missingIndexForQuery,
  redundantIndex,
  caseInsensitiveWithoutIndex,
  leadingWildcard,
  jsonFieldWithoutIndex,
  lowSelectivityIndex,
];

const TABLES = `
CREATE TABLE owners (id bigint PRIMARY KEY, email text NOT NULL, shop_id uuid NOT NULL);
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES owners (id), state text NOT NULL, code text NOT NULL,
  created_at timestamptz NOT NULL);
`;
const ENTITIES = `
//- src/main/java/a/Owner.java
package a;
@Entity @Table(name = "owners") class Owner { @Id Long id; String email; UUID shopId; }
//- src/main/java/a/Ticket.java
package a;
@Entity @Table(name = "tickets") class Ticket { @Id Long id; @ManyToOne Owner owner; String state; String code; Instant createdAt; }
`;

interface Case {
  readonly schema?: string;
  readonly queries: string;
  /** In `performance.yaml`. */
  readonly rows?: number;
  /** In a statistics file. */
  readonly told?: number;
  readonly columns?: readonly object[];
  readonly says: readonly (string | RegExp)[];
}

const CASES: Readonly<Record<string, Case>> = {
  "an index that finds few rows": {
    queries: "List<Ticket> findByOwnerId(Long owner);",
    says: [/^confirmed: the planner confirms: cost [\d,]{5,} → \d+\.\d at an assumed 1,000,000 rows$/],
  },
  "an order of which a list of states leaves rows out": {
    queries: "List<Ticket> findTop100ByStateInOrderByCreatedAt(List<String> states);",
    says: [/^open: not confirmed: nobody knows how many rows have one of the values of state$/],
  },
  "one method of two repositories, each on its own table": {
    schema: "CREATE TABLE bins (id bigint PRIMARY KEY, code text NOT NULL);",
    queries: `}
interface Coded<T> extends JpaRepository<T, Long> { List<T> findByCode(String code); }
interface Tickets extends Coded<Ticket> {}
interface Bins extends Coded<Bin> {}
@Entity @Table(name = "bins") class Bin { @Id Long id; String code; }
interface Others {`,
    says: [
      /^confirmed: the planner confirms: cost [\d,]{5,} → [\d,]+ at an assumed 1,000,000 rows$/,
      /^confirmed: the planner confirms: cost [\d,]{5,} → [\d,]+ at an assumed 1,000,000 rows$/,
    ],
  },
  "an index on what a function gives": {
    queries: "List<Ticket> findByCodeIgnoreCase(String code);",
    rows: 1_000_000,
    says: [/^confirmed: the planner confirms: cost [\d,]{5,} → [\d,.]+ at 1,000,000 rows$/],
  },
  "an index for a part of a text": {
    queries: "List<Ticket> findByStateIgnoreCaseContaining(String part);",
    says: [/^confirmed: the planner confirms: cost [\d,]{5,} → [\d,.]+ at an assumed 1,000,000 rows$/],
  },
  "a table that is small": {
    queries: "List<Ticket> findByOwnerId(Long owner);",
    told: 900,
    says: [/^withdrawn: withdrawn: cost [\d.]+ → [\d.]+ at 900 rows at best$/],
  },
  "a look for what is most often not there": {
    queries: "boolean existsByCode(String code);",
    says: [/^confirmed: the planner confirms: cost [\d,]{5,} → \d/],
  },
  "a range of which nobody knows the width": {
    queries: "List<Ticket> findByCreatedAtAfter(Instant time);",
    says: ["open: not confirmed: nobody knows how many rows the range on created_at leaves"],
  },
  "a page that is full soon where a value is frequent": {
    queries: "Page<Ticket> findByCode(String code, Pageable page);",
    says: ["open: not confirmed: it depends on how many values the columns have, which nobody has said"],
  },
  "few rows to be sorted, or many": {
    schema: "CREATE INDEX tickets_by_owner ON tickets (owner_id);",
    queries: "List<Ticket> findTop20ByOwnerIdOrderByCreatedAtDesc(Long owner);",
    says: ["open: not confirmed: it depends on how many rows there are for each that they refer to, which nobody has said"],
  },
  "a column that PostgreSQL 18 alone finds behind another one": {
    schema: "CREATE INDEX by_state ON tickets (state, code);",
    queries: "List<Ticket> findByCode(String code);",
    says: ["open: not confirmed: PostgreSQL 18 skips through by_state, which older versions read as a whole"],
  },
  "two indexes of one join, which help together": {
    queries:
      '@Query("select t from Ticket t where t.owner.id in (select o.id from Owner o where o.shopId = :shop)") List<Ticket> ofShop(UUID shop);',
    says: [/^confirmed: .* → /, /^confirmed: .* → /],
  },
  "an index that no query misses": {
    schema: "CREATE INDEX by_state ON tickets (state); CREATE INDEX by_state_and_owner ON tickets (state, owner_id);",
    queries: "List<Ticket> findByState(String state);",
    says: ["confirmed: the planner confirms: none of 1 query on tickets is dearer without it at an assumed 1,000,000 rows"],
  },
  "an index that a query is much cheaper with": {
    schema: "CREATE INDEX by_owner ON tickets (owner_id); CREATE INDEX by_owner_and_more ON tickets (owner_id, code, state, created_at);",
    queries: '@Query("select count(t.owner.id) from Ticket t where t.owner.id between :low and :high") long counted(long low, long high);',
    says: [/^withdrawn: withdrawn: TicketRepository\.counted costs [\d,]+ → [\d,]+ without it at an assumed 1,000,000 rows$/],
  },
  "an index on a field of a document": {
    schema: "ALTER TABLE tickets ADD COLUMN data jsonb;",
    queries: `@Query(value = "SELECT * FROM tickets WHERE data ->> 'seat' = :seat", nativeQuery = true) List<Ticket> ofSeat(String seat);`,
    says: [/^confirmed: the planner confirms: cost [\d,]{5,} → [\d,.]+ at an assumed 1,000,000 rows$/],
  },
  "an index on what a document contains": {
    schema: "ALTER TABLE tickets ADD COLUMN data jsonb;",
    queries: `@Query(value = "SELECT * FROM tickets WHERE data @> cast(:part as jsonb)", nativeQuery = true) List<Ticket> like(String part);`,
    says: [/^confirmed: the planner confirms: cost [\d,]{5,} → [\d,.]+ at an assumed 1,000,000 rows$/],
  },
  "an index on a column of two values, of which one may be rare": {
    schema: "ALTER TABLE tickets ADD COLUMN paid boolean; CREATE INDEX by_paid ON tickets (paid);",
    queries:
      '@Query(value = "SELECT * FROM tickets WHERE paid = true AND code = :code", nativeQuery = true) List<Ticket> paid(String code);',
    rows: 1_000_000,
    says: ["open: not confirmed: nobody has said how many rows have each value of paid"],
  },
  "an index of a table that no query reads": {
    schema: "CREATE INDEX by_state ON tickets (state); CREATE INDEX by_state_and_owner ON tickets (state, owner_id);",
    queries: "",
    says: ["open: not confirmed: no query on tickets could be planned"],
  },
};

/** A boolean of which a share of the rows is true. */
const twoValues = (name: string, share: number): object => ({
  name,
  nullFraction: 0,
  distinct: 2,
  averageBytes: 1,
  mostCommonValues: share > 0.5 ? "{t,f}" : "{f,t}",
  mostCommonFrequencies: share > 0.5 ? [share, 1 - share] : [1 - share, share],
});

/** That an index is spare, whatever other ones do, as far as these queries do not read it. */
const unexplained =
  (queries: readonly Query[]) =>
  (claim: PlanClaim): PlanClaim =>
    claim.kind === "spareIndex" ? { ...claim, by: undefined, queries } : claim;

describe("verdicts", function () {
  this.timeout(180_000);
  const suite = plannerOfSuite();
  const { parser } = suite;

  for (const [what, { says, ...given }] of Object.entries(CASES)) {
    it(`on ${what}`, async () => {
      const verdicts = await judged(suite.planner, given);
      assert.equal(verdicts.length, says.length, JSON.stringify(verdicts));
      for (const [i, expected] of says.entries()) {
        const said = `${verdicts[i]?.verdict}: ${verdicts[i]?.text}`;
        if (typeof expected === "string") assert.equal(said, expected);
        else assert.match(said, expected);
      }
    });
  }

  it("names the index that helps where the finding speaks of another", async () => {
    const schema = "CREATE INDEX tickets_by_state ON tickets (state);";
    const [verdict] = await judged(suite.planner, { schema, queries: "List<Ticket> findByOwnerId(Long owner);" }, (claim) =>
      claim.kind === "missingIndex" ? { ...claim, index: { keys: ["created_at"], method: "btree" } } : claim,
    );
    assert.equal(verdict?.asProposed, false);
    assert.match(verdict?.text ?? "", / with an index on \(owner_id\) instead$/);
  });

  it("tells sizes that are told from those that are assumed", async () => {
    const queries = "List<Ticket> findByOwnerId(Long owner);";
    const [known] = await judged(suite.planner, { queries, told: 2_000_000 });
    assert.equal(known?.sized, true);
    assert.match(known?.text ?? "", / at 2,000,000 rows$/);
    const [assumed] = await judged(suite.planner, { queries });
    assert.equal(assumed?.sized, false);
  });

  it("asks whether an index on few values is missed where a statistics file says how they are spread", async () => {
    const given = {
      schema: "ALTER TABLE tickets ADD COLUMN paid boolean; CREATE INDEX by_paid ON tickets (paid);",
      queries: '@Query(value = "SELECT * FROM tickets WHERE paid = true", nativeQuery = true) List<Ticket> paid();',
      told: 1_000_000,
    };
    const [frequent] = await judged(suite.planner, { ...given, columns: [twoValues("paid", 0.97)] });
    assert.match(frequent?.text ?? "", /^the planner confirms: none of 1 query on tickets is dearer without it at 1,000,000 rows$/);
    const [rare] = await judged(suite.planner, { ...given, columns: [twoValues("paid", 0.001)] });
    assert.match(rare?.text ?? "", /^withdrawn: TicketRepository\.paid costs [\d,.]+ → [\d,]+ without it at 1,000,000 rows$/);
  });

  it("knows of no common value where the bounds between values are told without one", async () => {
    const given = {
      schema: "CREATE INDEX by_code ON tickets (code); CREATE INDEX by_code_and_owner ON tickets (code, owner_id);",
      queries: "List<Ticket> findByState(String state);",
      told: 1_000_000,
    };
    const bounds = { name: "code", nullFraction: 0, distinct: -1, averageBytes: 9, histogram: "{a,m,z}" };
    const [alone] = await judged(suite.planner, { ...given, columns: [bounds] }, unexplained([]));
    assert.match(alone?.text ?? "", /^the planner confirms: none of 1 query on tickets is dearer without it at 1,000,000 rows$/);
    const odd = { method: "odd", at: { file: "Odd.java", start: 0, end: 3 } } as Query;
    const [read] = await judged(suite.planner, { ...given, columns: [bounds] }, unexplained([odd]));
    assert.equal(read?.text, "not confirmed: odd, which may read it, could not be planned");
  });

  for (const [what, [script, why]] of Object.entries(FAILURES)) {
    it(`leave what the rules say where the planner ${what}, and ask it no more`, () =>
      withFailing(script, async (create) => {
        const failing = create();
        const verdicts = await judged(failing, {
          queries: "List<Ticket> findByOwnerId(Long owner); List<Ticket> findByCode(String code);",
        });
        assert.equal(verdicts.length, 2);
        for (const { verdict, text } of verdicts) {
          assert.equal(verdict, "open");
          assert.match(text, /^not confirmed: the planner /);
          assert.match(text, why);
        }
        assert.equal(failing.running, false);
      }));
  }

  async function judged(
    by: Planner,
    { schema = "", queries, rows, told, columns = [] }: Omit<Case, "says">,
    change: (claim: PlanClaim) => PlanClaim = (claim) => claim,
  ): Promise<readonly PlanVerdict[]> {
    const workspace = new TestWorkspace(RULES);
    const sizes = rows === undefined ? "" : `//- performance.yaml\nversion: 1\ndatabase: { tables: { tickets: { rows: ${rows} } } }\n`;
    const { files } = parseFixture(
      `//- src/main/resources/db/migration/V1__all.sql\n${TABLES}${schema}\n${ENTITIES}${sizes}//- src/main/java/a/TicketRepository.java
package a;
interface TicketRepository extends JpaRepository<Ticket, Long> { ${queries} }
`,
    );
    await workspace.put(files);
    const all = workspace.workspace;
    const claims = [...all.files()].sort().flatMap((file) => all.findings(file).flatMap(claimsOf).map(change));
    const relation = { schema: "public", name: "tickets", kind: "r", rows: told, pages: Math.ceil((told ?? 0) / 50), columns };
    const text = JSON.stringify({ version: 1, server: 150000, relations: [relation] });
    const statistics = told === undefined ? undefined : { path: "production.json", text };
    const { of } = await verdictsOf(by, { model: all.model, statistics, rates: new Map(), textOf: () => undefined }, claims, parser);
    return claims.map((claim) => of.get(claim) as PlanVerdict);
  }
});
