import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { depot } from "./shipmentDepot.ts";

const INVERSE = `@OneToOne(mappedBy = "shipment", fetch = FetchType.LAZY) Receipt receipt;`;

/** Shipments whose receipt holds the key of the shipment. */
const withReceipt = (
  body: string,
  more: { readonly query?: string; readonly properties?: string; readonly entity?: string } = {},
): string =>
  depot(body, { entity: INVERSE, ...more }) +
  `
//- src/Receipt.java
import jakarta.persistence.*;
@Entity class Receipt {
  @Id Long id;
  String code;
  @OneToOne(fetch = FetchType.LAZY) Shipment shipment;
  @ManyToOne(fetch = FetchType.LAZY) Carrier signer;
}
`;

rule(lazyAccessInLoop, {
  reports: {
    "what lies behind the inverse side of a one-to-one": withReceipt(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.receipt.signer.getName());
                                                           //^^^^^^^^^^^^^^^^^^^^^^^ 💡 Receipt.signer is loaded per element of ShipmentRepository.findByDay
  }`),
    // Hibernate 6.6 with a batch size of 16: 6 statements for 5 rows
    "the inverse side in a collection, which no batch size helps": withReceipt(
      `
  @jakarta.persistence.PersistenceContext jakarta.persistence.EntityManager entities;
  void print(String day) {
    List<Shipment> found = entities.createQuery("select s from Shipment s where s.day = :day", Shipment.class).setParameter("day", day).getResultList();
    for (Shipment shipment : found) print(shipment.receipt.code);
                                        //^^^^^^^^^^^^^^^^ Shipment.receipt is loaded per element of Depot.print
  }`,
      { properties: "spring.jpa.properties.hibernate.default_batch_fetch_size=16" },
    ),
  },
  ignores: {
    // BCSDLab/KOIN_API_V2: every list of articles asks for four of them, whoever looks into them
    "the inverse side of a query's own rows, of which one-to-one-inverse speaks": withReceipt(`
  void print(String day) {
    for (Shipment shipment : shipments.findByDay(day)) print(shipment.receipt.code);
  }`),
  },
});
