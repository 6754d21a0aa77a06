import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** A tour with its stops, each with photos and a site, and a service that has the tour by its key. */
const tour = (body: string, query = ""): string => `
//- src/Tour.java
import jakarta.persistence.*;
import java.util.List;
@Entity class Tour {
  @Id Long id;
  @OneToMany(mappedBy = "tour") private List<Stop> stops;
  List<Stop> getStops() { return stops; }
  int allPhotos() { int sum = 0; for (Stop stop : stops) sum += stop.getPhotos().size(); return sum; }
}
//- src/Stop.java
import jakarta.persistence.*;
import java.util.List;
@Entity class Stop {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) private Tour tour;
  @ManyToOne(fetch = FetchType.LAZY) private Site site;
  @OneToMany(mappedBy = "stop") private List<Photo> photos;
  Tour getTour() { return tour; }
  Site getSite() { return site; }
  List<Photo> getPhotos() { return photos; }
}
//- src/Site.java
import jakarta.persistence.*;
@Entity class Site { @Id Long id; String name; Long getId() { return id; } String getName() { return name; } }
//- src/Photo.java
import jakarta.persistence.*;
@Entity class Photo { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) private Stop stop; }
//- src/TourRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface TourRepository extends JpaRepository<Tour, Long> {
  ${query}
}
//- src/Guide.java
import java.util.*;
import java.util.stream.*;
class Guide {
  private TourRepository tours;
  private jakarta.persistence.EntityManager entities;
${body}
}
`;

rule(lazyAccessInLoop, {
  reports: {
    "a collection of each element of one entity's collection": tour(`
  int photos(Long id) {
    return tours.findById(id).orElseThrow().getStops().stream().mapToInt(stop -> stop.getPhotos().size()).sum();
                                                                               //^^^^^^^^^^^^^^^^ Stop.photos is loaded per element of Tour.stops
  }`),
    "a reference of each, in loops": tour(`
  void print(Long id) {
    Tour tour = tours.findById(id).get();
    for (Stop stop : tour.getStops()) print(stop.getSite().getName());
                                          //^^^^^^^^^^^^^^ Stop.site is loaded per element of Tour.stops
  }`),
    "one that a method finds": tour(`
  void print(Long id) {
    for (Stop stop : found(id).getStops()) print(stop.getSite().getName());
                                               //^^^^^^^^^^^^^^ Stop.site is loaded per element of Tour.stops
  }
  private Tour found(Long id) { return tours.findById(id).orElseThrow(); }`),
    "one that an EntityManager finds": tour(`
  int photos(Long id) {
    Tour tour = entities.find(Tour.class, id);
    return tour.getStops().stream().mapToInt(stop -> stop.getPhotos().size()).sum();
                                                   //^^^^^^^^^^^^^^^^ Stop.photos is loaded per element of Tour.stops
  }`),
    "in a method of the entity": tour(`
  int photos(Long id) { return tours.findById(id).map(Tour::allPhotos).orElse(0); }
                                                    //^^^^^^^^^^^^^^^ Stop.photos is loaded per element of Tour.stops
  `),
    "what a query of its own leaves out": tour(
      `
  int photos(String code) {
    int sum = 0;
    for (Stop stop : tours.findByCode(code).getStops()) sum += stop.getPhotos().size();
                                                             //^^^^^^^^^^^^^^^^ Stop.photos is loaded per element of Tour.stops
    return sum;
  }`,
      `@EntityGraph(attributePaths = "stops") Tour findByCode(String code);
                                            //~~~~~~~~~~ TourRepository.findByCode does not fetch it`,
    ),
  },
  ignores: {
    "one of them, which a loop has looked for": tour(`
  String first(Long id) { return site(longest(tours.findById(id).get())); }
  private Stop longest(Tour tour) {
    for (Stop stop : tour.getStops()) if (stop.hashCode() > 7) return stop;
    return null;
  }
  private String site(Stop stop) { return stop.getSite().getName(); }`),
    "one that is found with a graph, which may bring everything": tour(`
  int photos(Long id, Map<String, Object> hints) {
    Tour tour = entities.find(Tour.class, id, hints);
    return tour.getStops().stream().mapToInt(stop -> stop.getPhotos().size()).sum();
  }`),
    "one that a method finds, without a look below": tour(`
  int stops(Long id) { return found(id).getStops().size(); }
  private Tour found(Long id) { return tours.findById(id).orElseThrow(); }`),
    "the way back to the one": tour(`
  void print(Long id) {
    for (Stop stop : tours.findById(id).orElseThrow().getStops()) print(stop.getTour().getStops().size());
  }`),
    "a key, which a proxy knows": tour(`
  void print(Long id) {
    for (Stop stop : tours.findById(id).orElseThrow().getStops()) print(stop.getSite().getId());
  }`),
    "what the query brings": tour(
      `
  int photos(Long id) {
    return tours.findById(id).orElseThrow().getStops().stream().mapToInt(stop -> stop.getPhotos().size()).sum();
  }`,
      `@EntityGraph(attributePaths = "stops.photos") Optional<Tour> findById(Long id);`,
    ),
    "one reference of one entity": tour(
      `
  String first(Long id) { return tours.findById(id).orElseThrow().getStops().get(0).getSite().getName(); }`,
    ),
  },
});
