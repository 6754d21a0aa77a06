import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { depot } from "./shipmentDepot.ts";

/** Shipments of a day, each mapped by ModelMapper to a `ShipmentDto` with the fields that are given. */
const mapped = (fields: string, found = "", mapper = "org.modelmapper.ModelMapper"): string =>
  depot(
    `
  private ${mapper} mapper;
  List<ShipmentDto> today(String day) {
    return shipments.findByDay(day).stream().map(shipment -> mapper.map(shipment, ShipmentDto.class)).toList();
    ${found === "" ? "" : `                                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${found}`}
  }`,
    {
      more: `
//- src/ShipmentDto.java
import java.util.List;
class ShipmentDto { String code; ${fields} }
`,
    },
  );

rule(lazyAccessInLoop, {
  reports: {
    "a property that is named after the way to it": mapped(
      "String carrierName;",
      "Shipment.carrier is loaded per element of ShipmentRepository.findByDay",
    ),
    "the same by Orika": mapped(
      "String carrierName;",
      "Shipment.carrier is loaded per element of ShipmentRepository.findByDay",
      "ma.glasnost.orika.MapperFacade",
    ),
    "the same by Dozer": mapped(
      "String carrierName;",
      "Shipment.carrier is loaded per element of ShipmentRepository.findByDay",
      "org.dozer.DozerBeanMapper",
    ),
    "an object of the same name": mapped(
      "CarrierDto carrier; static class CarrierDto { Long id; String name; }",
      "Shipment.carrier is loaded per element of ShipmentRepository.findByDay",
    ),
    // marcelo-rebello1982/springboot-postgres-modelmapper-constraint
    "a collection of the same name": mapped(
      "List<ParcelDto> parcels; static class ParcelDto { int grams; }",
      "Shipment.parcels is loaded per element of ShipmentRepository.findByDay",
    ),
  },
  ignores: {
    "a key alone": mapped("Long carrierId;"),
    "an object with a key alone": mapped("CarrierDto carrier; static class CarrierDto { Long id; }"),
    "a name that leads nowhere": mapped("String carriersNote; String carrierless; int parcelsCount;"),
    "a constant": mapped('static final String carrierName = "none";'),
    "one shipment": depot(
      `
  private org.modelmapper.ModelMapper mapper;
  ShipmentDto one(Long id) { return mapper.map(shipments.findById(id).orElseThrow(), ShipmentDto.class); }`,
      {
        more: `
//- src/ShipmentDto.java
class ShipmentDto { String code; String carrierName; }
`,
      },
    ),
    "a class of the workspace that has the name": depot(
      `
  private ModelMapper mapper;
  List<ShipmentDto> today(String day) { return shipments.findByDay(day).stream().map(one -> mapper.map(one, ShipmentDto.class)).toList(); }`,
      {
        more: `
//- src/ModelMapper.java
class ModelMapper { ShipmentDto map(Shipment shipment, Class<ShipmentDto> type) { return new ShipmentDto(); } }
//- src/ShipmentDto.java
class ShipmentDto { String code; String carrierName; }
`,
      },
    ),
  },
});
