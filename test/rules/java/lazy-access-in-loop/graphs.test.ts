import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { depot } from "./shipmentDepot.ts";

const print = (query: string) =>
  depot(
    `
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) {
      print(shipment.getParcels().size());
          //^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.parcels is loaded per element of ShipmentRepository.findByDay
    }
  }`,
    { query },
  );

const IN_BATCHES = `
//- src/main/resources/application.properties
spring.application.name=depot
spring.jpa.properties.hibernate.default_batch_fetch_size=16
`;

rule(lazyAccessInLoop, {
  reports: {
    "a graph that lacks an association": print('@EntityGraph(attributePaths = {"carrier"}) List<Shipment> findByDay(String day);'),
    "a graph that has its name elsewhere": print('@EntityGraph("Shipment.brief") List<Shipment> findByDay(String day);'),
    "a graph beside a fetch join": print(
      '@EntityGraph(attributePaths = {}) @Query("select s from Shipment s join fetch s.carrier where s.day = :day") List<Shipment> findByDay(String day);',
    ),
    "rows that are locked": print("@Lock(LockModeType.PESSIMISTIC_WRITE) List<Shipment> findByDay(String day);"),
  },
  ignores: {
    // OHDSI/ArachneCentralAPI: https://github.com/Cosium/spring-data-jpa-entity-graph
    "a graph that the caller gives": depot(
      "  int all(String day, EntityGraph graph) { return shipments.findByDay(day, graph).stream().mapToInt(one -> one.getParcels().size()).sum(); }",
      { query: "List<Shipment> findByDay(String day, com.cosium.spring.data.jpa.entity.graph.domain.EntityGraph graph);" },
    ),
    "a graph that has it": depot(
      "  int all(String day) { return shipments.findByDay(day).stream().mapToInt(one -> one.getParcels().size()).sum(); }",
      { query: '@EntityGraph(attributePaths = {"carrier", "parcels"}) List<Shipment> findByDay(String day);' },
    ),
  },
  fixes: {
    "a graph that lacks an association": `
//- src/ShipmentRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
interface ShipmentRepository extends JpaRepository<Shipment, Long> {
  @EntityGraph(attributePaths = {"carrier", "parcels"}) List<Shipment> findByDay(String day);
}
`,
    // What the graph holds is not written there.
    "a graph that has its name elsewhere": IN_BATCHES,
    "a graph beside a fetch join": IN_BATCHES,
    "rows that are locked": IN_BATCHES,
  },
});
