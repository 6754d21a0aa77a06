import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { depot } from "./shipmentDepot.ts";

/** A list of shipments mapped by `ShipmentMapper`, whose declaration is given, to `ShipmentDto`. */
const mapped = (mapper: string, dto: string, marker: string): string =>
  depot(
    `
  private ShipmentMapper mapper;
  List<ShipmentDto> today(String day) {
    return mapper.toDtos(shipments.findByDay(day));
         ${marker}
  }`,
    {
      more: `
//- src/ShipmentMapper.java
import java.util.List;
import org.mapstruct.*;
${mapper}
//- src/ShipmentDto.java
import java.util.List;
${dto}
`,
    },
  );

const FOUND = "//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡";

rule(lazyAccessInLoop, {
  reports: {
    "a list, whose elements another method of the mapper maps": mapped(
      `@Mapper interface ShipmentMapper {
  @Mapping(target = "carrierName", source = "carrier.name") ShipmentDto toDto(Shipment shipment);
  List<ShipmentDto> toDtos(List<Shipment> shipments);
}`,
      "class ShipmentDto { String code; String carrierName; }",
      `${FOUND} Shipment.carrier is loaded per element of ShipmentRepository.findByDay`,
    ),
    "a list, whose elements nothing but their types describes": mapped(
      "@Mapper interface ShipmentMapper { List<ShipmentDto> toDtos(List<Shipment> shipments); }",
      "class ShipmentDto { String code; List<ParcelDto> parcels; static class ParcelDto { int grams; } }",
      `${FOUND} Shipment.parcels is loaded per element of ShipmentRepository.findByDay`,
    ),
    "a mapper that inherits its methods": mapped(
      `@Mapper interface ShipmentMapper extends EntityMapper<ShipmentDto, Shipment> {}
interface EntityMapper<D, E> {
  D toDto(E entity);
  List<D> toDtos(List<E> entities);
}`,
      "class ShipmentDto { String code; CarrierDto carrier; static class CarrierDto { Long id; String name; } }",
      `${FOUND} Shipment.carrier is loaded per element of ShipmentRepository.findByDay`,
    ),
    "a method with a body for each": mapped(
      `@Mapper abstract class ShipmentMapper {
  abstract List<ShipmentDto> toDtos(List<Shipment> shipments);
  ShipmentDto toDto(Shipment shipment) { return new ShipmentDto(shipment.getCarrier().getName()); }
}`,
      "record ShipmentDto(String carrierName) {}",
      `${FOUND} Shipment.carrier is loaded per element of ShipmentRepository.findByDay`,
    ),
    "a mapper that is used by another": mapped(
      `@Mapper(uses = CarrierMapper.class) interface ShipmentMapper { List<ShipmentDto> toDtos(List<Shipment> shipments); }
@Mapper interface CarrierMapper { @Mapping(target = "title", source = "name") CarrierDto toDto(Carrier carrier); }
class CarrierDto { String title; }`,
      "class ShipmentDto { String code; CarrierDto carrier; }",
      `${FOUND} Shipment.carrier is loaded per element of ShipmentRepository.findByDay`,
    ),
  },
  ignores: {
    // jhipster: the key of a reference is known without the row
    "a key alone, by a method that is named": mapped(
      `@Mapper interface ShipmentMapper {
  @Mapping(target = "carrier", source = "carrier", qualifiedByName = "carrierId") ShipmentDto toDto(Shipment shipment);
  @Named("carrierId") @BeanMapping(ignoreByDefault = true) @Mapping(target = "id", source = "id") CarrierDto toId(Carrier carrier);
  List<ShipmentDto> toDtos(List<Shipment> shipments);
}
class CarrierDto { Long id; String name; }`,
      "class ShipmentDto { String code; CarrierDto carrier; }",
      "",
    ),
    "a key alone, by what the target has": mapped(
      "@Mapper interface ShipmentMapper { List<ShipmentDto> toDtos(List<Shipment> shipments); }",
      "class ShipmentDto { String code; CarrierDto carrier; static class CarrierDto { Long id; } }",
      "",
    ),
    "what the method for an element leaves out": mapped(
      `@Mapper interface ShipmentMapper {
  @Mapping(target = "parcels", ignore = true) ShipmentDto toDto(Shipment shipment);
  List<ShipmentDto> toDtos(List<Shipment> shipments);
}`,
      "class ShipmentDto { String code; List<ParcelDto> parcels; static class ParcelDto { int grams; } }",
      "",
    ),
    "a method with a body that looks into nothing": mapped(
      `@Mapper abstract class ShipmentMapper {
  abstract List<ShipmentDto> toDtos(List<Shipment> shipments);
  ShipmentDto toDto(Shipment shipment) { return new ShipmentDto(shipment.getCode()); }
}`,
      "record ShipmentDto(String carrier) {}",
      "",
    ),
    // ghacupha/erp-system: what is read is the other argument
    "shipments that are changed by what is mapped": depot(
      `
  private ShipmentMapper mapper;
  void change(String day, ShipmentDto dto) { for (Shipment shipment : shipments.findByDay(day)) mapper.update(shipment, dto); }`,
      {
        more: `
//- src/ShipmentMapper.java
import org.mapstruct.*;
@Mapper interface ShipmentMapper { void update(@MappingTarget Shipment shipment, ShipmentDto dto); }
//- src/ShipmentDto.java
import java.util.List;
class ShipmentDto { String code; List<ParcelDto> parcels; static class ParcelDto { int grams; } }
`,
      },
    ),
    "an interface of another library": depot(
      `
  private ShipmentMapper mapper;
  List<ShipmentDto> today(String day) { return mapper.toDtos(shipments.findByDay(day)); }`,
      {
        more: `
//- src/ShipmentMapper.java
import java.util.List;
import org.acme.Mapper;
@Mapper interface ShipmentMapper { List<ShipmentDto> toDtos(List<Shipment> shipments); }
//- src/ShipmentDto.java
class ShipmentDto { String code; String carrier; }
`,
      },
    ),
  },
});
