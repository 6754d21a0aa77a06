import assert from "node:assert/strict";
import { countForExistence } from "../../../src/rules/java/count-for-existence.ts";
import { unboundedFindAll } from "../../../src/rules/java/unbounded-find-all.ts";
import { unpaginatedEndpoint } from "../../../src/rules/java/unpaginated-endpoint.ts";
import { TestWorkspace } from "../../harness/check.ts";

/** A table that is read whole by an endpoint, as `answer` says; what seeds it, and what else the controller does. */
const files = (answer: string, { seeds = "", more = "" }): Readonly<Record<string, string>> => ({
  "src/main/resources/db/migration/V1__init.sql": `CREATE TABLE ranks (id uuid PRIMARY KEY, weight int, risk text, since timestamptz); ${seeds}`,
  "src/main/java/shop/Rank.java": `package shop;
@Entity @Table(name = "ranks") public class Rank { @Id UUID id; int weight; String risk; Instant since; }`,
  "src/main/java/shop/Ranks.java": "package shop; public interface Ranks extends JpaRepository<Rank, UUID> {}",
  "src/main/java/shop/Desk.java": `package shop; import java.util.List; import org.springframework.web.bind.annotation.*;
@RestController class Desk { private final Ranks ranks; @GetMapping("/ranks") ${answer} ${more} }`,
});

const SEEDS = "INSERT INTO ranks VALUES (gen_random_uuid(), 1, 'low', now()), (gen_random_uuid(), 2, 'high', now());";
const BY_ADMINISTRATORS =
  '@PreAuthorize("hasRole(\'ADMIN\')") @PostMapping("/admin/ranks") void add(@RequestBody Rank rank) { ranks.save(rank); }';
const BY_ANYBODY = '@PostMapping("/ranks") void add(@RequestBody Rank rank) { ranks.save(rank); }';

describe("every row of a table", () => {
  const told = async (answer: string, given: { readonly seeds?: string; readonly more?: string }): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([unboundedFindAll, unpaginatedEndpoint, countForExistence]);
    await workspace.put(Object.entries(files(answer, given)));
    return workspace.findings().map(({ rule, severity, related }) => `${severity} ${rule}: ${related.at(-1)?.message}`);
  };
  const WHOLE = "List<Rank> all() { return ranks.findAll(); }";
  const SUM = "int sum() { int sum = 0; for (Rank rank : ranks.findAll()) sum += rank.weight; return sum; }";

  // bcgov/nr-bcws-wfprev
  it("is no news where only migrations add rows", async () => {
    assert.deepEqual(await told(WHOLE, { seeds: SEEDS }), []);
    assert.deepEqual(await told(SUM, { seeds: SEEDS }), []);
  });

  it("is a hint where only administrators do, which says so", async () => {
    const why = "ranks: only administrators add rows to it";
    assert.deepEqual(await told(WHOLE, { more: BY_ADMINISTRATORS }), [`hint java/unpaginated-endpoint: ${why}`]);
    assert.deepEqual(await told(SUM, { more: BY_ADMINISTRATORS }), [`hint java/unbounded-find-all: ${why}`]);
  });

  it("is a warning where anybody does", async () => {
    const where = "ranks is created here";
    assert.deepEqual(await told(WHOLE, { seeds: SEEDS, more: BY_ANYBODY }), [`warning java/unpaginated-endpoint: ${where}`]);
    assert.deepEqual(await told(SUM, { seeds: SEEDS, more: BY_ANYBODY }), [`warning java/unbounded-find-all: ${where}`]);
  });

  // it-academyproject/ERP-Backend-Spring
  it("is one finding where it is loaded to learn whether there is a row, as loud as others of the table", async () => {
    const any = "boolean any() { return !ranks.findAll().isEmpty(); }";
    assert.deepEqual(await told(any, { seeds: SEEDS, more: BY_ANYBODY }), ["warning java/count-for-existence: GET /ranks"]);
    // Who adds the rows says how many there are, and not that the answer needs them all.
    assert.deepEqual(await told(any, { more: BY_ADMINISTRATORS }), ["information java/count-for-existence: undefined"]);
  });
});
