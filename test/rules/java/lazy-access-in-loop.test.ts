import { lazyAccessInLoop } from "../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../harness/rule.ts";
import { depot } from "./lazy-access-in-loop/shipmentDepot.ts";

rule(lazyAccessInLoop, {
  reports: {
    // lucasxf/wine-reviewer: only the last branch gives rows of several.
    "queries in branches, of which one leaves it out": depot(
      `  List<String> names(Carrier of) {
    List<Shipment> all;
    if (of != null) all = shipments.findByCarrier(of);
    else all = shipments.findByDay("now");
    return all.stream().map(one -> one.getCarrier().getName()).toList();
                                 //^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
  }
  List<String> chosen(Carrier of) {
    List<Shipment> all = of != null ? shipments.findByCarrier(of) : shipments.findByDay("now");
    return all.stream().map(one -> one.getCarrier().getName()).toList();
                                 //~~~~~~~~~~~~~~~~ Shipment.carrier is loaded per element here, too
  }`,
      { query: "List<Shipment> findByDay(String day); List<Shipment> findByCarrier(Carrier of);" },
    ),
    "a reference in a loop over a query's result": depot(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.getCarrier().getName());
          //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
    }
  }`),
    "a collection in a stream over a local": depot(`
  int weight(String day) {
    List<Shipment> today = shipments.findByDay(day);
    return today.stream().mapToInt(shipment -> shipment.getParcels().size()).sum();
                                             //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.parcels is loaded per element of ShipmentRepository.findByDay
  }`),
    "a reference whose text is asked for": depot(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print("carried by " + shipment.getCarrier());
                          //~~~~~~~~~~~~~~~~~~~~~ Shipment.carrier is loaded here too
      print("with " + shipment.getParcels());
                    //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.parcels and 1 more are loaded per element of ShipmentRepository.findByDay
    }
  }`),
    // woowacourse-teams/2023-emmsale; Hibernate 6.6 sends six statements for five rows.
    "a join with an entity, which fetches nothing whatever it says": depot(
      `
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.getCarrier().getName());
          //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
    }
  }`,
      {
        query:
          '@Query("select s from Shipment s join fetch Carrier c on c = s.carrier where s.day = :day") List<Shipment> findByDay(String day);',
      },
    ),
    "two associations that one query leaves out": depot(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.getCarrier().getName());
          //~~~~~~~~~~~~~~~~~~~~~ Shipment.carrier is loaded here too
      print(shipment.getParcels().size());
          //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.parcels and 1 more are loaded per element of ShipmentRepository.findByDay
    }
  }`),
    "all that is found for several keys": depot(
      `
  int weight(List<String> days) {
    return days.stream().flatMap(day -> shipments.findByDay(day).stream()).mapToInt(s -> s.getParcels().size()).sum();
                                                                                       //^^^^^^^^^^^^^^ 💡 Shipment.parcels is loaded per element of ShipmentRepository.findByDay
  }
  List<String> names(Set<String> days) {
    return days.stream().map(shipments::findByDay).flatMap(List::stream).map(s -> s.getCarrier().getName()).toList();
                                                                                //^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
  }`,
    ),
    "a page of Spring Data itself": depot(`
  Page<String> names(Pageable page) {
    return shipments.findAll(page).map(shipment -> shipment.getCarrier().getName());
                                                 //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findAll
  }`),
    "two method references": depot(`
  List<String> names(String day) {
    return shipments.findByDay(day).stream().map(Shipment::getCarrier).map(Carrier::getName).toList();
                                                                         //^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
  }`),
    "a mapper behind a method reference": depot(
      `
  List<ShipmentDto> today(String day) {
    return shipments.findByDay(day).stream().map(ShipmentDto::of).toList();
                                               //^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
  }`,
      {
        more: `
//- src/ShipmentDto.java
record ShipmentDto(String code, String carrier) {
  static ShipmentDto of(Shipment shipment) { return new ShipmentDto(shipment.getCode(), shipment.getCarrier().getName()); }
                                                                                      //~~~~~~~~~~~~~~~~~~~~~ ShipmentDto.of looks into carrier
}
`,
      },
    ),
    "a list given to a mapper, from a query behind a service": depot(
      `
  List<Shipment> load(String day) { return shipments.findByDay(day); }
  List<String> today(String day) {
    return new Labels().all(load(day));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
  }`,
      {
        more: `
//- src/Labels.java
import java.util.*;
class Labels {
  List<String> all(List<Shipment> found) {
    List<String> labels = new ArrayList<>();
    for (Shipment shipment : found) labels.add(label(shipment));
    return labels;
  }
  private String label(Shipment shipment) { return shipment.getCarrier().getName(); }
}
`,
      },
    ),
    "a mapper that MapStruct writes": depot(
      `
  private ShipmentMapper mapper;
  List<ShipmentDto> today(String day) {
    return shipments.findByDay(day).stream().map(mapper::toDto).toList();
                                               //^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
  }`,
      {
        more: `
//- src/ShipmentMapper.java
import org.mapstruct.*;
@Mapper(componentModel = "spring") interface ShipmentMapper {
  @Mapping(target = "carrier", source = "carrier.name") ShipmentDto toDto(Shipment shipment);
}
//- src/ShipmentDto.java
class ShipmentDto { String code; String carrier; }
`,
      },
    ),
    "a method of the entity itself": depot(
      `
  int weight(String day) {
    int sum = 0;
    for (Shipment shipment : shipments.findByDay(day)) sum += shipment.grams();
                                                            //^^^^^^^^^^^^^^^^ 💡 Shipment.parcels is loaded per element of ShipmentRepository.findByDay
    return sum;
  }`,
      { entity: "int grams() { int sum = 0; for (Parcel parcel : parcels) sum += parcel.getGrams(); return sum; }" },
    ),
    "a batch size makes it less, not nothing": depot(
      `
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.getCarrier().getName());
          //^^^^^^^^^^^^^^^^^^^^^ Shipment.carrier is loaded in batches for the elements of ShipmentRepository.findByDay
    }
  }`,
      { properties: "spring.jpa.properties.hibernate.default_batch_fetch_size=16" },
    ),
  },
  ignores: {
    "a key in a text": depot(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print("carried by " + shipment.getCarrier().getId());
  }`),
    "branches whose queries bring it, or give rows of one": depot(
      `  List<String> names(Carrier of) {
    List<Shipment> all;
    if (of == null) all = shipments.findByDay("now");
    else all = shipments.findByCarrier(of);
    return all.stream().map(one -> one.getCarrier().getName()).toList();
  }`,
      { query: '@EntityGraph(attributePaths = "carrier") List<Shipment> findByDay(String day); List<Shipment> findByCarrier(Carrier of);' },
    ),
    "a join fetch for the path": depot(
      "\n  void print(String day) { for (Shipment s : shipments.findByDay(day)) print(s.getCarrier().getName()); }",
      { query: '@Query("select s from Shipment s join fetch s.carrier where s.day = :day") List<Shipment> findByDay(String day);' },
    ),
    "an entity graph for the path": depot(
      "\n  int count(String day) { return shipments.findByDay(day).stream().mapToInt(s -> s.getParcels().size()).sum(); }",
      { query: '@EntityGraph(attributePaths = {"parcels"}) List<Shipment> findByDay(String day);' },
    ),
    // woowacourse-teams/2023-hang-log: the days of a trip ask their trip for its beginning.
    "the way back to the owner of a collection": depot(
      `
  void print(Long id) {
    for (Parcel parcel : shipments.findById(id).get().getParcels()) print(parcel.owner().getCode());
  }`,
      {
        query: '@Query("select s from Shipment s left join fetch s.parcels where s.id = :id") Optional<Shipment> findById(Long id);',
      },
    ),
    // shopizer's services: a call of the base class does not run what other classes put in its place.
    "what overrides a method that super names": depot(
      `
  private Attributes attributes;
  void drop(String day) { for (Shipment shipment : shipments.findByDay(day)) attributes.drop(shipment); }`,
      {
        more: `//- src/Services.java
class Base<E> { void drop(E gone) {} }
class Attributes extends Base<Shipment> { @Override void drop(Shipment gone) { super.drop(gone); } }
class Carriers extends Base<Shipment> { @Override void drop(Shipment gone) { gone.getCarrier().getName(); } }`,
      },
    ),
    // A proxy knows its key. Reading "get…()" in a loop is not enough (creedengo-java PR 188).
    "the key of a reference, and what the row itself holds": depot(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.getCarrier().getId());
      print(shipment.getCode());
      if (shipment.getCarrier() != null) print("known");
    }
  }`),
    // django-orm-lens 85: the fetch plan belongs to where the variable was bound
    "fetched where the variable is bound": depot(
      `
  void print(String day) {
    List<Shipment> today = shipments.findByDay(day);
    for (Shipment shipment : today) print(shipment.getParcels().size());
  }`,
      { query: '@Query("from Shipment s left join fetch s.parcels where s.day = ?1") List<Shipment> findByDay(String day);' },
    ),
    // MapStruct's implementation is generated: its declaration tells what it reads
    "a generated mapper that leaves the association out": depot(
      `
  private ShipmentMapper mapper;
  List<ShipmentDto> today(String day) { return shipments.findByDay(day).stream().map(mapper::toDto).toList(); }`,
      {
        more: `
//- src/ShipmentMapper.java
import org.mapstruct.*;
@Mapper(componentModel = "spring") interface ShipmentMapper {
  @Mapping(target = "carrier", ignore = true) ShipmentDto toDto(Shipment shipment);
}
//- src/ShipmentDto.java
class ShipmentDto { String code; String carrier; }
`,
      },
    ),
    // xm-online/xm-ms-entity: what is not loaded is left out
    "a generated mapper that asks whether the association is loaded": depot(
      `
  private ShipmentMapper mapper;
  List<ShipmentDto> today(String day) { return shipments.findByDay(day).stream().map(mapper::toDto).toList(); }`,
      {
        more: `
//- src/ShipmentMapper.java
import org.mapstruct.*;
@Mapper(componentModel = "spring") interface ShipmentMapper {
  @Mapping(target = "carrier", conditionExpression = "java(org.hibernate.Hibernate.isInitialized(shipment.getCarrier()))")
  ShipmentDto toDto(Shipment shipment);
}
//- src/ShipmentDto.java
class ShipmentDto { String code; String carrier; }
`,
      },
    ),
    "one entity, and one of many": depot(`
  void print(String day) {
    print(shipments.findById(1L).orElseThrow().getCarrier().getName());
    print(shipments.findByDay(day).get(0).getCarrier().getName());
  }`),
    "all elements share the reference": depot(
      "\n  void print(Carrier carrier) { for (Shipment s : shipments.findByCarrier(carrier)) print(s.getCarrier().getName()); }",
      { query: "List<Shipment> findByCarrier(Carrier carrier);" },
    ),
    "one that is found for each of several keys, which is a query in a loop": depot(`
  List<String> names(List<Long> ids) {
    return ids.stream().map(id -> shipments.findById(id).orElseThrow()).map(s -> s.getCarrier().getName()).toList();
  }`),
    "kinds, where they are read in batches": depot(
      "\n  void print(String day) { for (Shipment s : shipments.findByDay(day)) print(s.kind.name); }",
      {
        properties: "spring.jpa.properties.hibernate.default_batch_fetch_size=50",
        entity: "@ManyToOne(fetch = FetchType.LAZY) ParcelType kind;",
        more: "//- src/ParcelType.java\nimport jakarta.persistence.*;\n@Entity class ParcelType { @Id Long id; String name; }",
      },
    ),
    "entities that no query gave": depot(`
  void print(List<Shipment> given) { for (Shipment s : given) print(s.getCarrier().getName()); }`),
    "a collection that is only added to": depot(`
  void fill(String day) { for (Shipment s : shipments.findByDay(day)) s.getParcels().add(new Parcel()); }`),
  },
  fixes: {
    "a reference in a loop over a query's result": {
      "Fetch carrier with findByDay": `
//- src/ShipmentRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
interface ShipmentRepository extends JpaRepository<Shipment, Long> {
  @EntityGraph(attributePaths = "carrier")
  List<Shipment> findByDay(String day);
}
`,
    },
  },
});
