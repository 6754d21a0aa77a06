import assert from "node:assert/strict";
import fc from "fast-check";
import type { Finding } from "../../src/rules/finding.ts";
import { rules } from "../../src/rules/index.ts";
import { TestWorkspace } from "../harness/check.ts";
import { parseFixture } from "../harness/fixture.ts";
import { ALL_LANGUAGES } from "./allLanguages.ts";

/**
 * The invariant that everything incremental rests on: whatever was edited on the way, the findings are those of a workspace
 * that sees the files as they are now for the first time.
 */
describe("any sequence of edits", () => {
  it("starts from a workspace with findings on both sides of the border between languages", async () => {
    const workspace = new TestWorkspace(rules);
    await workspace.put(BASE);
    const found = new Set(workspace.findings().map(({ rule }) => rule));
    for (const rule of ["java/query-in-loop", "sql/foreign-key-without-index", "sql/missing-index-for-query"])
      assert.ok(found.has(rule), rule);
  });

  it("ends with the findings of a cold run", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 14 }), async (edits) => {
        const warm = new TestWorkspace(rules);
        await warm.put(BASE);
        warm.findings();
        for (const [i, one] of edits.entries()) {
          await warm.put(applied(one, warm.texts));
          if (one.look) warm.findings();
          if (i % 5 === 4) await assertAsCold(warm);
        }
        await assertAsCold(warm);
      }),
      SEARCH,
    );
  }).timeout(120_000);
});

const BASE = parseFixture(ALL_LANGUAGES).files;
const FILES = [...BASE.keys()];

/** The same cases in every run; `PROPERTY_RUNS=5000` looks for new ones. */
const SEARCH =
  process.env.PROPERTY_RUNS === undefined ? { numRuns: 250, seed: 20_260_101 } : { numRuns: Number(process.env.PROPERTY_RUNS) };

type Edit = { readonly look: boolean } & (
  | { readonly kind: "delete" | "restore"; readonly file: string }
  | { readonly kind: "rename"; readonly file: string; readonly to: string }
  | { readonly kind: "replace"; readonly file: string; readonly from: string; readonly by: string }
  | { readonly kind: "cut"; readonly file: string; readonly share: number }
  | { readonly kind: "add"; readonly file: string; readonly text: string }
);

/** Words whose exchange changes meanings across files: types, tables, methods, annotations, keys. */
const REPLACEMENTS: readonly (readonly [string, string])[] = [
  ["TicketRepository", "OwnerRepository"],
  ["findByOwnerIdOrderByStatus", "findAll"],
  ["owner_id", "owner"],
  ["ticket", "tickets"],
  ["@Service", "@Component"],
  ["@Entity", '@Entity @Table(name = "owner")'],
  ["JpaRepository<Ticket, Long>", "TicketBase"],
  ["for (Long id : ids)", "if (!ids.isEmpty())"],
  ["read(id)", "tickets.findByOwnerIdOrderByStatus(id)"],
  ["status", "state"],
  ["bigint", "uuid"],
  ["create index", "create unique index"],
  ["primary key", "not null"],
  ["open-in-view", "show-sql"],
  ["datasource", "data"],
  ["3.4.1", "2.7.0"],
  ["spring-boot-starter-web", "spring-boot-starter-webflux"],
  ["future: load()", "future: ready"],
  ["TextEditingController()", "TextEditingController(text: '')"],
  ["State<Page>", "StateBase"],
  ["{", "{ "],
  ["}", ""],
  ["\n", "\r\n"],
  ["@GetMapping", "@PostMapping"],
  ["private final", "private"],
];

const ADDITIONS: readonly (readonly [string, string])[] = [
  ["src/main/java/shop/TicketBase.java", "package shop;\npublic interface TicketBase extends JpaRepository<Ticket, Long> {}\n"],
  [
    "src/main/java/other/TicketRepository.java",
    "package other;\npublic interface TicketRepository extends JpaRepository<Object, Long> {}\n",
  ],
  [
    "src/main/java/shop/Cached.java",
    'package shop;\n@Service class Cached extends TicketService { @Cacheable("a") public long open() { return 1; } }\n',
  ],
  [
    "src/main/java/shop/Jobs.java",
    "package shop;\nclass Jobs { TicketService service; @Scheduled(fixedRate = 1) void run() { service.all(List.of()); } }\n",
  ],
  ["src/main/resources/db/migration/V2__index.sql", "create index ticket_owner on ticket (owner_id);\n"],
  ["src/main/resources/db/migration/V1__again.sql", "create table ticket (id bigint primary key);\n"],
  ["src/main/resources/db/migration/V3__drop.sql", "drop index ticket_status;\nalter table ticket rename to vouchers;\n"],
  ["src/main/resources/application.properties", "spring.jpa.open-in-view=false\nspring.datasource.hikari.maximum-pool-size=20\n"],
  ["app/lib/base.dart", "class StateBase extends State<Page> { void dispose() { controller.dispose(); super.dispose(); } }\n"],
  ["app/lib/broken.dart", "class Broken extends State { Widget build( {\n"],
  ["performance.yaml", "version: 1\ndatabase:\n  tables:\n    ticket: { rows: 10 }\n"],
];

const file = fc.constantFrom(...FILES, ...ADDITIONS.map(([name]) => name));
const look = fc.boolean();
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constantFrom("delete" as const, "restore" as const), file, look }),
  fc.record({
    kind: fc.constant("rename" as const),
    file,
    to: fc.constantFrom("src/main/java/shop/Renamed.java", "app/lib/renamed.dart", "db/V1__x.sql"),
    look,
  }),
  fc.record({ kind: fc.constant("cut" as const), file, share: fc.double({ min: 0, max: 1, noNaN: true }), look }),
  fc
    .record({ file, change: fc.constantFrom(...REPLACEMENTS), back: fc.boolean(), look })
    .map(({ file, change: [a, b], back, look }) => ({ kind: "replace" as const, file, from: back ? b : a, by: back ? a : b, look })),
  fc
    .record({ addition: fc.constantFrom(...ADDITIONS), look })
    .map(({ addition: [name, text], look }) => ({ kind: "add" as const, file: name, text, look })),
);

function applied(one: Edit, texts: ReadonlyMap<string, string>): readonly (readonly [string, string | undefined])[] {
  const text = texts.get(one.file);
  switch (one.kind) {
    case "restore":
      return [[one.file, BASE.get(one.file)]];
    case "add":
      return [[one.file, one.text]];
    case "delete":
      return [[one.file, undefined]];
    case "rename":
      return text === undefined || one.file === one.to
        ? []
        : [
            [one.file, undefined],
            [one.to, text],
          ];
    case "cut":
      return text === undefined ? [] : [[one.file, text.slice(0, Math.floor(text.length * one.share))]];
    case "replace":
      return text === undefined || one.from === "" ? [] : [[one.file, text.replaceAll(one.from, one.by)]];
  }
}

async function assertAsCold(warm: TestWorkspace): Promise<void> {
  const cold = new TestWorkspace(rules);
  await cold.put(new Map([...warm.texts].sort()));
  assert.deepEqual(warm.findings().map(plain), cold.findings().map(plain));
}

/** All that a person sees of a finding. */
function plain({ fixes, ...finding }: Finding): unknown {
  return { ...finding, fixes: fixes.map(({ title, safe }) => ({ title, safe })) };
}
