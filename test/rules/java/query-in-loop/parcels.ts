/** Parcels with items, and how loud java/query-in-loop tells of a loop over them. */

import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";

const PROJECT = `
//- src/shop/Parcel.java
package shop;
import jakarta.persistence.*;
import java.util.List;
@Entity
public class Parcel {
  @Id private Long id;
  private String city;
  @OneToMany(mappedBy = "parcel") private List<Item> items;
  public Long getId() { return id; }
  public List<Item> getItems() { return items; }
}
//- src/shop/Item.java
package shop;
import jakarta.persistence.*;
@Entity
public class Item {
  @Id private Long id;
  @ManyToOne private Parcel parcel;
  public Long getId() { return id; }
}
//- src/shop/ParcelRepository.java
package shop;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.JpaRepository;
public interface ParcelRepository extends JpaRepository<Parcel, Long> {
  List<Parcel> findByCity(String city);
  Page<Parcel> findByCity(String city, Pageable pageable);
  Optional<Parcel> findFirstByCity(String city);
}
//- src/shop/ItemRepository.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
public interface ItemRepository extends JpaRepository<Item, Long> {
  long countByParcelId(Long id);
}
//- src/shop/Counter.java
package shop;
import org.springframework.stereotype.Service;
@Service
public class Counter {
  private ItemRepository items;
  public long of(Parcel parcel) { return items.countByParcelId(parcel.getId()); }
}
`;

/** The severity and certainty of each finding, in order. */
export async function ranks(source: string): Promise<readonly string[]> {
  const workspace = new TestWorkspace([queryInLoop]);
  await workspace.put(parseFixture(PROJECT + source).files);
  return workspace.findings().map(({ severity, certainty }) => `${severity} ${certainty}`);
}

export const bean = (head: string, body: string, more = ""): string => `
//- src/shop/Parcels.java
package shop;
import java.util.*;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.*;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;
${head}
  private ParcelRepository parcels;
  private ItemRepository items;
  private Counter counter;
  static final int SECOND = 1000;
${body}
}
${more}`;

export const controller = (body: string, more = "", path = ""): string =>
  bean(`@RestController ${path === "" ? "" : `@RequestMapping("${path}")`} class Parcels {`, body, more);
