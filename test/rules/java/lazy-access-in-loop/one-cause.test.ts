import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { depot } from "./shipmentDepot.ts";

const TWO_QUERIES = `List<Shipment> findByDay(String day);
  List<Shipment> findByCode(String code);`;

rule(lazyAccessInLoop, {
  reports: {
    // navikt/fp-sak: five maintenance calls of one class look into one association of one query.
    "methods that look into one association of one query, the one that a request reaches first": depot(`
  void list(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.getCarrier().getName());
                                                           //~~~~~~~~~~~~~~~~~~~~~ Shipment.carrier is loaded per element here, too
  }
  @org.springframework.web.bind.annotation.GetMapping("/carriers")
  void show(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.getCarrier().getName());
                                                           //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay (GET /carriers)
  }`).replace("class Depot {", "@org.springframework.web.bind.annotation.RestController class Depot {"),
    "a method that misses more speaks for one that misses a part of it": depot(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.getParcels().size());
                                                           //~~~~~~~~~~~~~~~~~~~~~ Shipment.parcels is loaded per element here, too
  }
  void printAll(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.getCarrier().getName());
          //~~~~~~~~~~~~~~~~~~~~~ Shipment.carrier is loaded here too
      print(shipment.getParcels().size());
          //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.parcels and 1 more are loaded per element of ShipmentRepository.findByDay
    }
  }`),
    "what is read in batches beside what is not": depot(
      `
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.depots.size());
          //~~~~~~~~~~~~~~~ Shipment.depots is loaded in batches here, too
      print(shipment.getParcels().size());
          //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.parcels is loaded per element of ShipmentRepository.findByDay
    }
  }`,
      { entity: '@org.hibernate.annotations.BatchSize(size = 20) @OneToMany(mappedBy = "shipment") List<Parcel> depots;' },
    ),
    "other associations of one query, and one association of other queries": depot(
      `
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.getCarrier().getName());
                                                           //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay
  }
  void weigh(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.getParcels().size());
                                                           //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.parcels is loaded per element of ShipmentRepository.findByDay
  }
  void find(String code) {
    for (Shipment shipment : shipments.findByCode(code)) print(shipment.getCarrier().getName());
                                                             //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByCode
  }
  void find(String code, String day) {
    for (Shipment shipment : shipments.findByCode(code, day)) print(shipment.getCarrier().getName());
                                                                  //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByCode
  }`,
      {
        query:
          "List<Shipment> findByDay(String day); List<Shipment> findByCode(String code); List<Shipment> findByCode(String code, String day);",
      },
    ),
    // hamza-damra/Sales-Managment-System-Backend-SpringBoot: eight mappers, and forty queries whose rows go through them.
    "several queries whose rows one mapper looks into": depot(
      `
  List<String> on(String day) {
    return shipments.findByDay(day).stream().map(this::line).toList();
                                               //^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay and 1 more
  }
  List<String> of(String code) {
    return shipments.findByCode(code).stream().map(this::line).toList();
                                                 //~~~~~~~~~~ Shipment.carrier is loaded per element here, too
  }
  private String line(Shipment shipment) { return shipment.getCode() + shipment.getCarrier().getName(); }`,
      { query: TWO_QUERIES },
    ),
    "one query in two methods, one of them with another query's rows through one mapper": depot(
      `
  List<String> on(String day) {
    return shipments.findByDay(day).stream().map(this::line).toList();
                                               //^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay and 1 more
  }
  List<String> of(String code) {
    return shipments.findByCode(code).stream().map(this::line).toList();
                                                 //~~~~~~~~~~ Shipment.carrier is loaded per element here, too
  }
  void print(String code) {
    for (Shipment shipment : shipments.findByCode(code)) print(shipment.getCarrier().getName());
                                                             //~~~~~~~~~~~~~~~~~~~~~ Shipment.carrier is loaded per element here, too
  }
  private String line(Shipment shipment) { return shipment.getCode() + shipment.getCarrier().getName(); }`,
      { query: TWO_QUERIES },
    ),
  },
  ignores: {
    "methods that look into what the query brings": depot(
      `
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.getCarrier().getName());
  }
  void show(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.getCarrier().getName());
  }`,
      { query: '@EntityGraph(attributePaths = "carrier") List<Shipment> findByDay(String day);' },
    ),
  },
  fixes: {
    "several queries whose rows one mapper looks into": `
//- src/ShipmentRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
interface ShipmentRepository extends JpaRepository<Shipment, Long> {
  @EntityGraph(attributePaths = "carrier")
  List<Shipment> findByDay(String day);
  @EntityGraph(attributePaths = "carrier")
  List<Shipment> findByCode(String code);
}
`,
  },
});
