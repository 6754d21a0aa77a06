import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { depot } from "./shipmentDepot.ts";

interface Given {
  /** The fields of what is made. */
  readonly fields?: string;
  readonly above?: string;
  readonly imports?: string;
  readonly mapper?: string;
  readonly call?: string;
}

/** Shipments of a day, each given to a converter with the body that is given. */
const converted = (body: string, marks: string, given: Given = {}): string => {
  const { fields = "String label;", above = "extends AbstractConverter<Shipment, ShipmentDto>" } = given;
  const { imports = "import org.modelmapper.AbstractConverter;", mapper = "org.modelmapper.ModelMapper", call = "map" } = given;
  return depot(
    `
  private ${mapper} mapper;
  List<ShipmentDto> today(String day) {
    return shipments.findByDay(day).stream().map(shipment -> mapper.${call}(shipment, ShipmentDto.class)).toList();
${marks}
  }`,
    {
      more: `
//- src/ShipmentDto.java
import java.util.List;
class ShipmentDto { String code; ${fields} }
//- src/ShipmentConverter.java
${imports}
class ShipmentConverter ${above} {
  private CarrierRepository carriers;
  protected ShipmentDto convert(Shipment shipment) { ${body} }
}
//- src/CarrierRepository.java
interface CarrierRepository extends org.springframework.data.jpa.repository.JpaRepository<Carrier, Long> {}
`,
    },
  );
};

const FOUND =
  "                                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay";
const CONVERT_FOUND =
  "                                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Shipment.carrier is loaded per element of ShipmentRepository.findByDay";

const NAMES_CARRIER = "return new ShipmentDto(shipment.getCarrier().getName());";
const KEEPS_TO_ITSELF = "return new ShipmentDto(shipment.getCode());";

// ita-social-projects/GreenCity: seventy converters, whose targets have properties that they do not fill.
rule(lazyAccessInLoop, {
  reports: {
    "what a converter looks into, whatever the properties are called": converted(NAMES_CARRIER, FOUND),
    "the same by Spring": converted(NAMES_CARRIER, CONVERT_FOUND, {
      above: "implements Converter<Shipment, ShipmentDto>",
      imports: "import org.springframework.core.convert.converter.Converter;",
      mapper: "org.springframework.core.convert.ConversionService",
      call: "convert",
    }),
    "a converter of something else": converted(KEEPS_TO_ITSELF, FOUND, {
      fields: "String carrierName;",
      above: "extends AbstractConverter<Parcel, ShipmentDto>",
    }),
  },
  ignores: {
    "a property that the converter does not fill": converted(KEEPS_TO_ITSELF, "", { fields: "String carrierName; List<Long> parcels;" }),
  },
});

rule(queryInLoop, {
  reports: {
    "what a converter asks for": converted(
      "return new ShipmentDto(carriers.findById(shipment.getId()).orElseThrow().getName());",
      "                                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ map runs CarrierRepository.findById once per element of shipments.findByDay(…)",
    ),
  },
  ignores: { "a converter that asks for nothing": converted(KEEPS_TO_ITSELF, "") },
});
