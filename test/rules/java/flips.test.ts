import assert from "node:assert/strict";
import type { Finding } from "../../../src/rules/finding.ts";
import { collectionFetchPaging } from "../../../src/rules/java/collection-fetch-paging.ts";
import { commonPoolIo } from "../../../src/rules/java/common-pool-io.ts";
import { eagerCollection } from "../../../src/rules/java/eager-collection.ts";
import { eagerSecondarySelect } from "../../../src/rules/java/eager-secondary-select.ts";
import { lazyAccessInLoop } from "../../../src/rules/java/lazy-access-in-loop.ts";
import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import type { AnyRule } from "../../../src/rules/rule.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { archive, clubs, DOGS, guestBook, kennel, summaries, tariffs } from "./flipFixtures.ts";

/** Every rule about what a query fetches and how often it is sent: a fix of one must not wake another. */
const RULES: readonly AnyRule[] = [
  collectionFetchPaging,
  commonPoolIo,
  eagerCollection,
  eagerSecondarySelect,
  lazyAccessInLoop,
  queryInLoop,
];

/** A repair that a project made, told again with names of ours: the rule finds it before, and no rule more than a hint after. */
interface Flip {
  readonly rule: AnyRule;
  readonly before: string;
  readonly after: string;
}

const flips: Readonly<Record<string, Flip>> = {
  // spring-petclinic e31607430: one line of configuration
  "a batch size for a page whose entities have an eager list": {
    rule: eagerSecondarySelect,
    before: kennel(DOGS, "Page<Kennel> findByTownStartingWith(String town, Pageable page);"),
    after: kennel(
      DOGS,
      "Page<Kennel> findByTownStartingWith(String town, Pageable page);",
      "spring.jpa.properties.hibernate.default_batch_fetch_size=16",
    ),
  },
  // box/mojito dc2a5fbbb
  "an eager collection of a listed entity made lazy": {
    rule: eagerSecondarySelect,
    before: archive('@OneToMany(mappedBy = "archive", fetch = FetchType.EAGER) Set<Volume> volumes;'),
    after: archive('@OneToMany(mappedBy = "archive", fetch = FetchType.LAZY) Set<Volume> volumes;'),
  },
  // box/mojito 4f71db1c6
  "a reference that was eager by default made lazy": {
    rule: eagerSecondarySelect,
    before: archive("@ManyToOne Volume newest;"),
    after: archive("@ManyToOne(fetch = FetchType.LAZY) Volume newest;"),
  },
  // box/mojito d94609ddc: ids by page, then their rows with an entity graph
  "a page of entities loaded in two steps": {
    rule: lazyAccessInLoop,
    before: summaries(
      "Page<Summary> findByTotalGreaterThan(long least, Pageable page);",
      "return summaries.findByTotalGreaterThan(least, page).map(SummaryView::new).getContent();",
    ),
    after: summaries(
      `@Query("select s.id from Summary s where s.total > :least") Page<Long> findIds(long least, Pageable page);
  @EntityGraph(attributePaths = {"topic", "mentions"}) List<Summary> findByIdIn(Collection<Long> ids, Sort sort);`,
      `List<Long> ids = summaries.findIds(least, page).getContent();
    return summaries.findByIdIn(ids, page.getSort()).stream().map(SummaryView::new).toList();`,
    ),
  },
  // spring-petclinic 5a7cefc6b
  "an eager collection made lazy, with a batch size of its own": {
    rule: eagerSecondarySelect,
    before: kennel(DOGS, "Page<Kennel> findByTownStartingWith(String town, Pageable page);"),
    after: kennel(
      DOGS.replace("FetchType.EAGER)", "FetchType.LAZY) @org.hibernate.annotations.BatchSize(size = 20)"),
      "Page<Kennel> findByTownStartingWith(String town, Pageable page);",
    ),
  },
  // woowacourse-teams/2022-f12 f21886f8: references of a page joined, which its limit allows
  "a page whose references are fetched with it": {
    rule: lazyAccessInLoop,
    before: guestBook('@Query("select n from Note n where n.room.id = :room") Slice<Note> findByRoom(Long room, Pageable page);'),
    after: guestBook(
      '@Query("select n from Note n join fetch n.author where n.room.id = :room") Slice<Note> findByRoom(Long room, Pageable page);',
    ),
  },
  // RabeMaster/gakkaweo 37f7d3b
  "a derived query that became one with a join": {
    rule: lazyAccessInLoop,
    before: guestBook("List<Note> findByRoom(Long room, Pageable page);")
      .replaceAll(", PageRequest.of(0, 20)", "")
      .replace(", Pageable page", ""),
    after: guestBook(
      '@Query("select n from Note n left join fetch n.author where n.room.id = ?1") List<Note> findByRoom(Long room);',
    ).replaceAll(", PageRequest.of(0, 20)", ""),
  },
  // woowacourse-teams/2023-zipgo d6ec134d
  "a collection of each element fetched with the elements": {
    rule: lazyAccessInLoop,
    before: guestBook(
      '@Query("select n from Note n where n.room.id = ?1") List<Note> findByRoom(Long room);',
      "@OneToMany List<Guest> readers;",
      "note.readers.size()",
    ).replaceAll(", PageRequest.of(0, 20)", ""),
    after: guestBook(
      '@Query("select n from Note n left join fetch n.readers where n.room.id = ?1") List<Note> findByRoom(Long room);',
      "@OneToMany List<Guest> readers;",
      "note.readers.size()",
    ).replaceAll(", PageRequest.of(0, 20)", ""),
  },
  // alfio-event/alf.io ceb4e5ac3
  "one statement for all keys, where a parallel stream asked for each": {
    rule: queryInLoop,
    before: clubs(
      '@SqlQuery("select * from match where club_id = :club") List<Match> findByClub(int club);',
      `return clubs.findByOwner(owner).parallelStream().flatMap(club -> matches.findByClub(club.getId()).stream()).collect(Collectors.toList());`,
    ),
    after: clubs(
      '@SqlQuery("select * from match where club_id in (<clubs>)") List<Match> findByClubs(Collection<Integer> clubs);',
      `List<Integer> ids = clubs.findByOwner(owner).stream().map(Club::getId).collect(Collectors.toList());
    return ids.isEmpty() ? List.of() : matches.findByClubs(ids);`,
    ),
  },
  // alfio-event/alf.io c3bf37da8
  "a setting of each element loaded for all of them": {
    rule: queryInLoop,
    before: tariffs("return tariffs.findByName(name).stream().map(tariff -> settings.most(tariff.id)).toList();"),
    after: tariffs(`Map<Long, Integer> mosts = settings.mosts();
    return tariffs.findByName(name).stream().map(tariff -> mosts.getOrDefault(tariff.id, 5)).toList();`),
  },
  // box/mojito d94609ddc: eager collections of an entity that others refer to
  "an eager collection of an entity that no list query names made lazy": {
    rule: eagerCollection,
    before: archive('@OneToMany(mappedBy = "archive", fetch = FetchType.EAGER) Set<Volume> volumes;').replace(
      /\/\/- src\/main\/java\/ArchiveRepository[\s\S]*$/,
      "",
    ),
    after: archive('@OneToMany(mappedBy = "archive", fetch = FetchType.LAZY) Set<Volume> volumes;').replace(
      /\/\/- src\/main\/java\/ArchiveRepository[\s\S]*$/,
      "",
    ),
  },
};

async function findingsOf(fixture: string): Promise<readonly Finding[]> {
  const workspace = new TestWorkspace(RULES);
  await workspace.put(parseFixture(fixture).files);
  return workspace.findings();
}

describe("repairs that projects made", () => {
  for (const [name, { rule, before, after }] of Object.entries(flips)) {
    it(name, async () => {
      const found = (await findingsOf(before)).map((finding) => finding.rule);
      assert.ok(found.includes(rule.id), `${rule.id} before; found: ${found.join(", ")}`);
      const left = (await findingsOf(after)).filter(({ severity }) => severity !== "hint").map((finding) => finding.rule);
      assert.deepEqual(left, [], "nothing after");
    });
  }
});
