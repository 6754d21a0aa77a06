import assert from "node:assert/strict";
import { collectionFetchPaging } from "../../../src/rules/java/collection-fetch-paging.ts";
import { eagerCollection } from "../../../src/rules/java/eager-collection.ts";
import { eagerSecondarySelect } from "../../../src/rules/java/eager-secondary-select.ts";
import { lazyAccessInLoop } from "../../../src/rules/java/lazy-access-in-loop.ts";
import type { AnyRule } from "../../../src/rules/rule.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

/** Every rule about what a query fetches: a fix of one must not wake another. */
const RULES: readonly AnyRule[] = [collectionFetchPaging, eagerCollection, eagerSecondarySelect, lazyAccessInLoop];

/** A repair that a project made, told again with names of ours: the rule finds it before, and no rule finds anything after. */
interface Flip {
  readonly rule: AnyRule;
  readonly before: string;
  readonly after: string;
}

const kennel = (rooms: string, query: string, properties = ""): string => `
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
${properties}
//- src/main/java/Kennel.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Kennel {
  @Id Integer id;
  ${rooms}
}
//- src/main/java/Dog.java
import jakarta.persistence.*;
@Entity class Dog { @Id Integer id; }
//- src/main/java/KennelRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;
interface KennelRepository extends JpaRepository<Kennel, Integer> {
  ${query}
}
//- src/main/java/KennelController.java
import org.springframework.data.domain.*;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.*;
@Controller class KennelController {
  private final KennelRepository kennels;
  KennelController(KennelRepository kennels) { this.kennels = kennels; }
  @GetMapping("/kennels") String list(@RequestParam int page) {
    kennels.findByTownStartingWith("", PageRequest.of(page, 5));
    return "kennels";
  }
}
`;
const DOGS =
  '@OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER) @JoinColumn(name = "kennel_id") private List<Dog> dogs = new ArrayList<>();';

const archive = (volume: string): string => `
//- src/main/java/Archive.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Archive {
  @Id Long id;
  boolean closed;
  ${volume}
}
//- src/main/java/Volume.java
import jakarta.persistence.*;
@Entity class Volume { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Archive archive; }
//- src/main/java/ArchiveRepository.java
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface ArchiveRepository extends JpaRepository<Archive, Long> { List<Archive> findByClosedFalseOrderById(); }
`;

const summaries = (repository: string, load: string): string => `
//- src/main/java/Summary.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Summary {
  @Id Long id;
  long total;
  @OneToOne(optional = false, fetch = FetchType.LAZY) private Topic topic;
  @OneToMany(mappedBy = "summary") private Set<Mention> mentions;
  Topic getTopic() { return topic; }
  Set<Mention> getMentions() { return mentions; }
}
//- src/main/java/Topic.java
import jakarta.persistence.*;
@Entity class Topic { @Id Long id; String name; String getName() { return name; } }
//- src/main/java/Mention.java
import jakarta.persistence.*;
@Entity class Mention { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Summary summary; }
//- src/main/java/SummaryRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;
interface SummaryRepository extends JpaRepository<Summary, Long> {
  ${repository}
}
//- src/main/java/SummaryView.java
class SummaryView {
  final String topic;
  final int mentions;
  SummaryView(Summary summary) { topic = summary.getTopic().getName(); mentions = summary.getMentions().size(); }
}
//- src/main/java/SummaryService.java
import java.util.*;
import org.springframework.data.domain.*;
class SummaryService {
  private SummaryRepository summaries;
  List<SummaryView> page(long least, Pageable page) {
    ${load}
  }
}
`;

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

async function findingsOf(fixture: string): Promise<readonly string[]> {
  const workspace = new TestWorkspace(RULES);
  await workspace.put(parseFixture(fixture).files);
  return workspace.findings().map((finding) => finding.rule);
}

describe("repairs that projects made", () => {
  for (const [name, { rule, before, after }] of Object.entries(flips)) {
    it(name, async () => {
      const found = await findingsOf(before);
      assert.ok(found.includes(rule.id), `${rule.id} before; found: ${found.join(", ")}`);
      assert.deepEqual(await findingsOf(after), [], "nothing after");
    });
  }
});
