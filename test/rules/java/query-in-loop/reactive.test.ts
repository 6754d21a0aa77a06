import { httpCallInLoop } from "../../../../src/rules/java/http-call-in-loop.ts";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A stable whose horses are kept by Panache, blocking or reactive. */
const stable = (members: string, flavour = "reactive"): string => `
//- src/main/java/farm/Horse.java
package farm;
import io.quarkus.hibernate.${flavour}.panache.PanacheEntity;
import jakarta.persistence.*;
@Entity public class Horse extends PanacheEntity { public String name; public Long mother; }
//- src/main/java/farm/Horses.java
package farm;
import io.quarkus.hibernate.${flavour}.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
@ApplicationScoped public class Horses implements PanacheRepository<Horse> {}
//- src/main/java/farm/Stable.java
package farm;
import io.smallrye.mutiny.*;
import java.util.List;
import jakarta.ws.rs.*;
@Path("/stable") public class Stable {
  @jakarta.inject.Inject Horses horses;
  @jakarta.inject.Inject org.springframework.web.client.RestTemplate http;
${members}
}
`;

rule(queryInLoop, {
  reports: {
    "each row of what comes later": stable(`
  @GET public Uni<List<Horse>> all() {
    return horses.listAll().onItem().transformToMulti(list -> Multi.createFrom().iterable(list))
      .onItem().transformToUniAndMerge(horse -> horses.findById(horse.mother)).collect().asList();
                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Horses.findById runs once per element of horses.listAll().onItem().transformTo…
  }`),
    "a stream of Uni that are joined": stable(`
  @GET public Uni<List<Horse>> all() {
    return horses.listAll().flatMap(list -> Uni.join().all(list.stream().map(horse -> horses.findById(horse.mother)).toList()).andFailFast());
                                                                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Horses.findById runs once per element of list
  }`),
    "entities that ask themselves": stable(
      `
  @GET public void all() {
    List<Horse> list = Horse.listAll();
    for (Horse horse : list) System.out.println(Horse.findById(horse.mother));
                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Horse.findById runs once per element of list
  }`,
      "orm",
    ),
  },
  ignores: {
    "a query that follows another one": stable(`
  @GET public Uni<Horse> one() {
    return horses.findById(1L).onItem().transformToUni(horse -> horses.findById(horse.mother)).flatMap(horse -> horses.findById(horse.mother));
  }`),
    "a list that comes later is one": stable(`
  @GET public Uni<List<Horse>> all() { return horses.listAll().flatMap(list -> horses.list("mother in ?1", list)); }`),
  },
});

rule(httpCallInLoop, {
  reports: {
    "elements that are asked for one after the other": stable(`
  @GET public Multi<String> all(List<String> urls) {
    return Multi.createFrom().iterable(urls).onItem().transformToUniAndConcatenate(url -> Uni.createFrom().item(http.getForObject(url, String.class)));
                                                                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate.getForObject runs once per element of Multi.createFrom().iterable(…).onItem()
  }`),
  },
  ignores: {
    "elements that are asked for together": stable(`
  @GET public Multi<String> all(List<String> urls) {
    return Multi.createFrom().iterable(urls).onItem().transformToUniAndMerge(url -> Uni.createFrom().item(http.getForObject(url, String.class)));
  }`),
  },
});
