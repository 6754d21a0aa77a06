import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A service behind a port, whose adapter has the body that is given. */
const behindPort = (loop: string, adapter: string): string => `
//- src/club/SeatRow.java
package club;
@Entity class SeatRow { @Id Long id; long lastSeen; }
//- src/club/SeatRows.java
package club;
import org.springframework.data.jpa.repository.JpaRepository;
interface SeatRows extends JpaRepository<SeatRow, Long> {
  @Modifying @Query("update SeatRow s set s.lastSeen = :seen where s.id = :id") void moveSeen(Long id, long seen);
}
//- src/club/SeatPort.java
package club;
interface SeatPort { void moveSeen(Long id, long seen); }
//- src/club/SeatAdapter.java
package club;
@Repository class SeatAdapter implements SeatPort {
  private final SeatRows rows;
  private final java.util.List<Long> seenOnes = new java.util.ArrayList<>();
${adapter}
}
//- src/club/SeenFlush.java
package club;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;
@Service class SeenFlush {
  private final SeatPort seats;
${loop}
}
`;
const FLUSH = `
  @Transactional public void flush(Map<Long, Long> seen) {
    for (Map.Entry<Long, Long> entry : seen.entrySet()) {
      seats.moveSeen(entry.getKey(), entry.getValue());
    }
  }`;
const SAID =
  "    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SeatRows.moveSeen sends a statement for every element of seen.entrySet()";
const LOUD = FLUSH.replace("getValue());", `getValue());\n${SAID}`);

rule(saveInLoop, {
  reports: {
    "a statement behind a port": behindPort(LOUD, "  public void moveSeen(Long id, long seen) { rows.moveSeen(id, seen); }"),
    "an adapter that works something out first": behindPort(
      LOUD,
      "  public void moveSeen(Long id, long seen) { long at = Math.max(seen, 0); rows.moveSeen(id, at); }",
    ),
    "an adapter that takes part in the transaction around the loop": behindPort(
      LOUD,
      "  @org.springframework.transaction.annotation.Transactional public void moveSeen(Long id, long seen) { rows.moveSeen(id, seen); }",
    ),
    "an adapter that adds a row where it found none to change": behindPort(
      LOUD,
      "  public void moveSeen(Long id, long seen) { if (rows.moveSeen(id, seen) == 0) rows.addSeen(id, seen); }",
    ).replace(
      "void moveSeen(Long id, long seen);\n}",
      'int moveSeen(Long id, long seen);\n  @Modifying @Query(value = "insert into seat_row values (?1, ?2)", nativeQuery = true) void addSeen(Long id, long seen);\n}',
    ),
    "a helper of the class above": `
//- src/club/Table.java
package club;
import org.springframework.jdbc.core.JdbcTemplate;
abstract class Table {
  private JdbcTemplate jdbc;
  protected int change(String sql, Object... values) { return jdbc.update(sql, values); }
}
//- src/club/Lists.java
package club;
import java.util.List;
@Repository class Lists extends Table {
  void store(long list, List<Long> songs) {
    for (Long song : songs) {
      change("insert into list_song (list_id, song_id) values (?, ?)", list, song);
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JdbcTemplate.update sends a statement for every element of songs
    }
  }
}
`,
  },
  ignores: {
    "an adapter that writes some of them": behindPort(
      FLUSH,
      "  public void moveSeen(Long id, long seen) { if (seen > 0) rows.moveSeen(id, seen); }",
    ),
    "an adapter that looks first": behindPort(
      FLUSH,
      "  public void moveSeen(Long id, long seen) { if (!rows.existsById(id)) return; rows.moveSeen(id, seen); }",
    ),
    "an adapter that begins another transaction": behindPort(
      FLUSH,
      `  @org.springframework.transaction.annotation.Transactional(propagation = Propagation.REQUIRES_NEW)
  public void moveSeen(Long id, long seen) { rows.moveSeen(id, seen); }`,
    ),
    "an adapter that looks where it found none to change": behindPort(
      FLUSH,
      "  public void moveSeen(Long id, long seen) { rows.moveSeen(id, seen); if (seen > 0) rows.findById(id); }",
    ),
    "an adapter that collects": behindPort(FLUSH, "  public void moveSeen(Long id, long seen) { seenOnes.add(id); }"),
    "one of two adapters": behindPort(FLUSH, "  public void moveSeen(Long id, long seen) { rows.moveSeen(id, seen); }").concat(`
//- src/club/SeatMemory.java
package club;
class SeatMemory implements SeatPort {
  public void moveSeen(Long id, long seen) {}
}
`),
    // java/tx-per-iteration says it.
    "an adapter that begins a transaction": behindPort(
      FLUSH.replace("@Transactional ", ""),
      "  @org.springframework.transaction.annotation.Transactional public void moveSeen(Long id, long seen) { rows.moveSeen(id, seen); }",
    ),
    "a helper that gives what the next round needs": `
//- src/club/Table.java
package club;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
@Repository class Table {
  private JdbcTemplate jdbc;
  private String node(String name, String parent) { jdbc.update("insert into node values (?, ?)", name, parent); return name; }
  void path(List<String> names) { String parent = null; for (String name : names) parent = node(name, parent); }
}
`,
    // A row that the session has loaded before is not selected again, whatever a mapper has made of it.
    "a deletion behind a port, in one transaction": behindPort(
      FLUSH,
      "  public void moveSeen(Long id, long seen) { rows.deleteById(id); }",
    ),
    "a part at a time": `
//- src/club/Table.java
package club;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
@Repository class Table {
  private JdbcTemplate jdbc;
  void storeAll(List<Object[]> rows) { jdbc.update(many(rows)); }
  void store(List<List<Object[]>> parts) { for (List<Object[]> part : parts) storeAll(part); }
}
`,
  },
});
