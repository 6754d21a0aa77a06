import assert from "node:assert/strict";
import { partsOf } from "../../../src/analysis/parts.ts";
import type { AnyRule } from "../../../src/rules/rule.ts";
import { foreignKeyWithoutIndex } from "../../../src/rules/sql/foreign-key-without-index.ts";
import { leadingWildcard } from "../../../src/rules/sql/leading-wildcard.ts";
import { missingIndexForQuery } from "../../../src/rules/sql/missing-index-for-query.ts";
import { redundantIndex } from "../../../src/rules/sql/redundant-index.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

const SHOP = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE clubs (id bigint PRIMARY KEY, town text, motto text);
CREATE TABLE courts (id bigint PRIMARY KEY, club_id bigint NOT NULL REFERENCES clubs ON DELETE CASCADE, surface text);
CREATE TABLE games (id bigint PRIMARY KEY, court_id bigint NOT NULL REFERENCES courts ON DELETE CASCADE, winner text);
//- src/main/java/a/Club.java
package a; @Entity @Table(name = "clubs") class Club { @Id Long id; String town; String motto; }
//- src/main/java/a/Court.java
package a; @Entity @Table(name = "courts") class Court { @Id Long id; @ManyToOne @JoinColumn(name = "club_id") Club club; String surface; }
//- src/main/java/a/Game.java
package a; @Entity @Table(name = "games") class Game { @Id Long id; @ManyToOne @JoinColumn(name = "court_id") Court court; String winner; }
//- src/main/java/a/Clubs.java
package a; interface Clubs extends JpaRepository<Club, Long> { List<Club> findByTown(String town); List<Club> findByMottoContaining(String part); }
//- src/main/java/a/Courts.java
package a; interface Courts extends JpaRepository<Court, Long> { List<Court> findByClubId(Long club); }
//- src/main/java/a/Games.java
package a; interface Games extends JpaRepository<Game, Long> { List<Game> findByWinner(String winner); List<Game> findByCourtId(Long court); }
//- src/main/java/a/ClubController.java
package a; @RestController @RequestMapping("/clubs") class ClubController { Clubs clubs; Courts courts; Games games;
  @GetMapping List<Club> in(String town) { return clubs.findByTown(town); }
  @GetMapping("/like") List<Club> like(String part) { return clubs.findByMottoContaining(part); }
  @GetMapping("/{id}/courts") List<Court> courts(Long id) { return courts.findByClubId(id); }
  @GetMapping("/games/{id}") List<Game> games(Long id) { return games.findByCourtId(id); }
  @PostMapping("/games") void play(@RequestBody Game game) { games.save(game); } }
`;

const writer = (path: string): string => `
//- src/main/java/a/DeskController.java
package a; @RestController @RequestMapping("${path}") class DeskController { Clubs clubs; Courts courts; Games games;
  @PostMapping("/clubs") void club(@RequestBody Club club) { clubs.save(club); }
  @PostMapping("/courts") void court(@RequestBody Court court) { courts.save(court); }
  @GetMapping("/winners") List<Game> won(String winner) { return games.findByWinner(winner); } }
`;

async function told(rule: AnyRule, ...files: readonly string[]): Promise<readonly string[]> {
  const workspace = new TestWorkspace([rule]);
  await workspace.put(parseFixture(files.join("").trim()).files);
  const parts = workspace.findings().flatMap(partsOf);
  return parts.map(({ severity, message, related }) => {
    const why = related.find((place) => /add rows|only administrators|nothing calls/.test(place.message))?.message;
    return `${severity}: ${message}${why === undefined ? "" : ` (${why})`}`;
  });
}

describe("findings on tables that probably have few rows", () => {
  it("are hints that say why, queries' and keys'", async () => {
    assert.deepEqual(await told(missingIndexForQuery, SHOP, writer("/desk")), [
      "information: findByTown filters clubs by town without an index",
      "information: findByWinner filters games by winner without an index",
    ]);
    assert.deepEqual(await told(missingIndexForQuery, SHOP, writer("/admin")), [
      "hint: findByTown filters clubs by town without an index (clubs: only administrators add rows to it)",
      "hint: findByWinner filters games by winner without an index (only administrators ask: GET /admin/winners)",
    ]);
    assert.deepEqual(await told(foreignKeyWithoutIndex, SHOP, writer("/desk")), [
      "warning: courts.club_id references clubs, and no index starts with it",
      "warning: games.court_id references courts, and no index starts with it",
    ]);
    assert.deepEqual(await told(foreignKeyWithoutIndex, SHOP, writer("/admin")), [
      "hint: courts.club_id references clubs, and no index starts with it (courts: only administrators add rows to it)",
      "warning: games.court_id references courts, and no index starts with it",
    ]);
    assert.deepEqual(await told(leadingWildcard, SHOP, writer("/desk")), [
      "information: findByMottoContaining searches motto of clubs for a part: every row is read",
    ]);
    assert.deepEqual(await told(leadingWildcard, SHOP, writer("/admin")), [
      "hint: findByMottoContaining searches motto of clubs for a part: every row is read (clubs: only administrators add rows to it)",
    ]);
  });

  it("are what they were where somebody has told that there are many", async () => {
    const many = "\n//- performance.yaml\nversion: 1\ndatabase:\n  tables:\n    clubs: { rows: 3M }\n    courts: { rows: 9M }\n";
    const [first] = await told(missingIndexForQuery, SHOP, writer("/admin"), many);
    assert.equal(first, "warning: findByTown filters clubs by town without an index");
    const [key] = await told(foreignKeyWithoutIndex, SHOP, writer("/admin"), many);
    assert.equal(key, "warning: courts.club_id references clubs, and no index starts with it");
  });

  it("are silent where only migrations add rows", async () => {
    const seeded = `
//- src/main/resources/db/migration/V2__clubs.sql
INSERT INTO clubs (id, town) VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT INTO courts (id, club_id) VALUES (1, 1), (2, 1);
`;
    assert.deepEqual(await told(missingIndexForQuery, SHOP, seeded), [
      "hint: findByWinner filters games by winner without an index (nothing calls findByWinner)",
    ]);
    assert.deepEqual(await told(leadingWildcard, SHOP, seeded), []);
    // Of games there are many: each court of a few has a part of them.
    assert.deepEqual(await told(foreignKeyWithoutIndex, SHOP, seeded), [
      "hint: games.court_id references courts, and no index starts with it",
    ]);
    const hundreds = seeded.replace("(2, 1)", Array.from({ length: 200 }, (_, i) => `(${i + 2}, 1)`).join(", "));
    assert.deepEqual(await told(foreignKeyWithoutIndex, SHOP, hundreds), [
      "warning: games.court_id references courts, and no index starts with it",
    ]);
  });

  it("are not for queries that machines send with an administrator's role, or that are called through what is above", async () => {
    const machine = `
//- src/main/java/a/Agents.java
package a; @RestController @RequestMapping("/agents") class Agents { Games games;
  @PostMapping("/register") @Secured("ROLE_ADMIN") List<Game> register(String winner) { return games.findByWinner(winner); } }
`;
    const winners = async (...more: readonly string[]): Promise<string | undefined> =>
      (await told(missingIndexForQuery, SHOP, ...more)).find((text) => text.includes("findByWinner"));
    const plain = "information: findByWinner filters games by winner without an index";
    assert.equal(await winners(machine), plain);
    const people = machine.replace('PostMapping("/register")', 'GetMapping("/winners")');
    assert.equal(
      await winners(people),
      "hint: findByWinner filters games by winner without an index (only administrators ask: GET /agents/winners)",
    );
    const above = "\n//- src/main/java/a/Winning.java\npackage a; interface Winning { List<Game> findByWinner(String winner); }\n";
    const games = SHOP.replace(
      "interface Games extends JpaRepository<Game, Long>",
      "interface Games extends JpaRepository<Game, Long>, Winning",
    );
    const through = await told(missingIndexForQuery, games, above);
    assert.ok(through.includes(plain), through.join());
  });

  it("are hints for queries that nothing calls, beside others that are called", async () => {
    assert.deepEqual(await told(missingIndexForQuery, SHOP), [
      "information: findByTown filters clubs by town without an index",
      "hint: findByWinner filters games by winner without an index (nothing calls findByWinner)",
    ]);
    const alone = SHOP.replace("List<Game> findByCourtId(Long court); ", "").replace("return games.findByCourtId(id);", "return null;");
    assert.deepEqual(await told(missingIndexForQuery, alone), [
      "information: findByTown filters clubs by town without an index",
      "information: findByWinner filters games by winner without an index",
    ]);
  });

  it("are none for keys that only queries ask for which nothing calls", async () => {
    const unsent = SHOP.replace("return games.findByCourtId(id);", 'return games.findByWinner("me");');
    assert.deepEqual(await told(foreignKeyWithoutIndex, unsent.replaceAll(" ON DELETE CASCADE", "")), [
      "warning: courts.club_id references clubs, and no index starts with it",
    ]);
    assert.deepEqual(await told(foreignKeyWithoutIndex, SHOP.replaceAll(" ON DELETE CASCADE", "")), [
      "warning: courts.club_id references clubs, and no index starts with it",
      "warning: games.court_id references courts, and no index starts with it",
    ]);
  });

  it("are hints where an index is redundant", async () => {
    const index = "\n//- src/main/resources/db/migration/V2__index.sql\nCREATE INDEX clubs_again ON clubs (id);\n";
    assert.deepEqual(await told(redundantIndex, SHOP, writer("/desk"), index), ["warning: clubs_again repeats clubs_pkey on clubs(id)"]);
    assert.deepEqual(await told(redundantIndex, SHOP, writer("/admin"), index), ["hint: clubs_again repeats clubs_pkey on clubs(id)"]);
  });
});
