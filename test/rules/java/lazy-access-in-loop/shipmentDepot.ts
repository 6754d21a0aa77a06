/** Shipments with a lazy carrier, lazy parcels, and a service whose body is given. */
export const depot = (
  body: string,
  { query = "List<Shipment> findByDay(String day);", entity = "", more = "", properties = "" } = {},
): string => `
//- src/main/resources/application.properties
spring.application.name=depot
${properties}
//- src/Shipment.java
import jakarta.persistence.*;
import java.util.List;
@Entity class Shipment {
  @Id Long id;
  String code;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "carrier_id") private Carrier carrier;
  @OneToMany(mappedBy = "shipment") private List<Parcel> parcels;
  ${entity}
  Long getId() { return id; }
  String getCode() { return code; }
  Carrier getCarrier() { return carrier; }
  List<Parcel> getParcels() { return parcels; }
}
//- src/Carrier.java
import jakarta.persistence.*;
@Entity class Carrier { @Id Long id; String name; Long getId() { return id; } String getName() { return name; } }
//- src/Parcel.java
import jakarta.persistence.*;
@Entity class Parcel {
  @Id Long id;
  int grams;
  @ManyToOne(fetch = FetchType.LAZY) Shipment shipment;
  int getGrams() { return grams; }
  Shipment owner() { return shipment; }
}
//- src/ShipmentRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
interface ShipmentRepository extends JpaRepository<Shipment, Long> {
  ${query}
}
//- src/Depot.java
import java.util.*;
import java.util.stream.*;
import org.springframework.data.domain.*;
class Depot {
  private ShipmentRepository shipments;
${body}
}
${more}`;
