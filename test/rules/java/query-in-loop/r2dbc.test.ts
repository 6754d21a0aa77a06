import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A post that asks for who carries its parcels. */
const post = (body: string): string => `
//- src/post/Parcel.java
package post;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
@Table("parcels")
public class Parcel { @Id private Long id; private Long courierId; public Long getCourierId() { return courierId; } }
//- src/post/Courier.java
package post;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
@Table("couriers")
public class Courier { @Id private Long id; private String name; public String getName() { return name; } }
//- src/post/ParcelRepository.java
package post;
import org.springframework.data.repository.reactive.ReactiveCrudRepository;
public interface ParcelRepository extends ReactiveCrudRepository<Parcel, Long> {}
//- src/post/CourierRepository.java
package post;
import org.springframework.data.r2dbc.repository.R2dbcRepository;
public interface CourierRepository extends R2dbcRepository<Courier, Long> {}
//- src/post/Parcels.java
package post;
import java.util.*;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.relational.core.query.*;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.*;
import reactor.core.publisher.*;
@RestController
class Parcels {
  private ParcelRepository parcels;
  private CourierRepository couriers;
  private DatabaseClient client;
  private R2dbcEntityTemplate template;
  @GetMapping("/parcels")
${body}
}
`;

rule(queryInLoop, {
  reports: {
    "a statement of a client, one after the other": post(`
  Flux<String> names() {
    return parcels.findAll().concatMap(parcel -> client.sql("select 1").bind(0, parcel.getCourierId()).map(Row::text).one());
                                                                                                                    //^^^^^ DatabaseClient.one runs once per element of parcels.findAll()
  }`),
    "a template": post(`
  Flux<Courier> of() {
    return parcels.findAll().flatMapSequential(parcel ->
      template.selectOne(Query.query(Criteria.where("id").is(parcel.getCourierId())), Courier.class));
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ R2dbcEntityTemplate.selectOne runs once per element of parcels.findAll()
  }`),
    "what the operator before has made of each": post(`
  Flux<String> names() {
    return parcels.findAll().flatMap(parcel -> Mono.just(parcel)).map(Parcel::getCourierId).flatMap(id -> couriers.findById(id)).map(Courier::getName);
                                                                                                        //^^^^^^^^^^^^^^^^^^^^^ CourierRepository.findById runs once per element of parcels.findAll()
  }`),
    "a question for each that stays": post(`
  Flux<Parcel> carried() { return parcels.findAll().filterWhen(parcel -> couriers.existsById(parcel.getCourierId())); }
                                                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CourierRepository.existsById runs once per element of parcels.findAll()`),
    "a list that is taken apart again": post(`
  Flux<Courier> all() {
    return parcels.findAll().collectList().flatMapMany(Flux::fromIterable).flatMap(parcel -> couriers.findById(parcel.getCourierId()));
                                                                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CourierRepository.findById runs once per element of parcels.findAll().collectList().flatM…
  }`),
  },
  ignores: {
    "one after one": post(`
  Mono<Courier> one(Long id) { return parcels.findById(id).flatMap(parcel -> couriers.findById(parcel.getCourierId())); }`),
    "all at once": post(`
  Flux<Courier> all() {
    return parcels.findAll().map(Parcel::getCourierId).collectList().flatMapMany(ids -> couriers.findAllById(ids));
  }`),
    "some at a time": post(`
  Flux<Courier> all() { return parcels.findAll().map(Parcel::getCourierId).buffer(500).flatMap(ids -> couriers.findAllById(ids)); }`),
  },
});
