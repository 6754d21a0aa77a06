/** Small workspaces in which one query, mapping or loop is written before and after a repair. */

export const kennel = (rooms: string, query: string, properties = ""): string => `
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
export const DOGS =
  '@OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER) @JoinColumn(name = "kennel_id") private List<Dog> dogs = new ArrayList<>();';

export const archive = (volume: string): string => `
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

export const summaries = (repository: string, load: string): string => `
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

/** Notes of guests, each with who wrote it, answered by an endpoint as records. */
export const guestBook = (query: string, note = "", read = "note.author.name"): string => `
//- src/main/java/Note.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Note {
  @Id Long id;
  String text;
  @ManyToOne(fetch = FetchType.LAZY) Guest author;
  @ManyToOne(fetch = FetchType.LAZY) Room room;
  ${note}
}
//- src/main/java/Guest.java
import jakarta.persistence.*;
@Entity class Guest { @Id Long id; String name; }
//- src/main/java/Room.java
import jakarta.persistence.*;
@Entity class Room { @Id Long id; }
//- src/main/java/NoteRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;
interface NoteRepository extends JpaRepository<Note, Long> {
  ${query}
}
//- src/main/java/NoteView.java
record NoteView(String text, Object more) {
  static NoteView of(Note note) { return new NoteView(note.text, ${read}); }
}
//- src/main/java/NoteController.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.web.bind.annotation.*;
@RestController class NoteController {
  private final NoteRepository notes;
  NoteController(NoteRepository notes) { this.notes = notes; }
  @GetMapping("/rooms/{room}/notes") List<NoteView> list(@PathVariable Long room) {
    return notes.findByRoom(room, PageRequest.of(0, 20)).stream().map(NoteView::of).toList();
  }
}
`;

/** Statements of JDBI that are asked by one service for all of a user's clubs. */
export const clubs = (queries: string, load: string): string => `
//- src/main/java/ClubRepository.java
import java.util.*;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
interface ClubRepository {
  @SqlQuery("select id, name from club where owner = :owner") List<Club> findByOwner(String owner);
}
//- src/main/java/Club.java
class Club { int id; int getId() { return id; } }
//- src/main/java/MatchRepository.java
import java.util.*;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
interface MatchRepository {
  ${queries}
}
//- src/main/java/Match.java
class Match { int id; }
//- src/main/java/MatchService.java
import java.util.*;
import java.util.stream.*;
class MatchService {
  private final ClubRepository clubs;
  private final MatchRepository matches;
  MatchService(ClubRepository clubs, MatchRepository matches) { this.clubs = clubs; this.matches = matches; }
  List<Match> of(String owner) {
    ${load}
  }
}
`;

/** A list of tariffs, each with a setting that may stand at the tariff or at its network. */
export const tariffs = (list: string): string => `
//- src/main/java/Tariff.java
import jakarta.persistence.*;
@Entity class Tariff { @Id Long id; String name; }
//- src/main/java/Setting.java
import jakarta.persistence.*;
@Entity class Setting { @Id Long id; Long tariffId; String name; int amount; }
//- src/main/java/TariffRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface TariffRepository extends JpaRepository<Tariff, Long> { List<Tariff> findByName(String name); }
//- src/main/java/SettingRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface SettingRepository extends JpaRepository<Setting, Long> {
  Optional<Setting> findByTariffIdAndName(Long tariffId, String name);
  List<Setting> findByName(String name);
}
//- src/main/java/Settings.java
import java.util.*;
import java.util.stream.*;
import org.springframework.stereotype.Component;
@Component class Settings {
  private final SettingRepository settings;
  Settings(SettingRepository settings) { this.settings = settings; }
  int most(Long tariff) { return settings.findByTariffIdAndName(tariff, "most").map(setting -> setting.amount).orElse(5); }
  Map<Long, Integer> mosts() {
    return settings.findByName("most").stream().collect(Collectors.toMap(setting -> setting.tariffId, setting -> setting.amount));
  }
}
//- src/main/java/TariffController.java
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController class TariffController {
  private final TariffRepository tariffs;
  private final Settings settings;
  TariffController(TariffRepository tariffs, Settings settings) { this.tariffs = tariffs; this.settings = settings; }
  @GetMapping("/tariffs") List<Integer> list(@RequestParam String name) {
    ${list}
  }
}
`;
