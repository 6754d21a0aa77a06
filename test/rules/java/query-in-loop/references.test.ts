import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Parcels by their keys, in a loop that refers to them. */
const depot = (body: string): string => `
//- src/Parcel.java
import jakarta.persistence.*;
@Entity class Parcel {
  @Id Long id;
  String note;
  @ManyToOne(fetch = FetchType.LAZY) Van van;
  Long getId() { return id; }
  String getNote() { return note; }
  void setVan(Van van) { this.van = van; }
}
//- src/Van.java
import jakarta.persistence.*;
@Entity class Van { @Id Long id; }
//- src/ParcelRepository.java
import org.springframework.data.jpa.repository.*;
interface ParcelRepository extends JpaRepository<Parcel, Long> { }
//- src/VanRepository.java
import org.springframework.data.jpa.repository.*;
interface VanRepository extends JpaRepository<Van, Long> { }
//- src/Depot.java
import jakarta.persistence.EntityManager;
import java.util.*;
class Depot {
  private ParcelRepository parcels;
  private VanRepository vans;
  private EntityManager em;
${body}
}
`;

rule(queryInLoop, {
  reports: {
    "a property of each reference": depot(`
  void print(List<Long> ids) {
    for (Long id : ids) System.out.println(parcels.getReferenceById(id).getNote());
                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ParcelRepository.getReferenceById runs once per element of ids
  }`),
    "a reference that is changed": depot(`
  void load(List<Long> ids, Van van) {
    for (Long id : ids) {
      Parcel parcel = parcels.getReferenceById(id);
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ParcelRepository.getReferenceById runs once per element of ids
      parcel.setVan(van);
    }
  }`),
    "a reference of the entity manager": depot(`
  void print(List<Long> ids) {
    for (Long id : ids) {
      Parcel parcel = em.getReference(Parcel.class, id);
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ EntityManager.getReference runs once per element of ids
      System.out.println(parcel.getNote());
    }
  }`),
  },
  ignores: {
    "references that others refer to": depot(`
  void load(List<Parcel> all, List<Long> ids) {
    for (int i = 0; i < ids.size(); i++) all.get(i).setVan(vans.getReferenceById(ids.get(i)));
  }`),
    "the same reference at every round": `${depot("").replace("class Depot {", "@org.springframework.transaction.annotation.Transactional public class Depot {\n  public void print(List<Long> ids, Long id) { for (Long one : ids) System.out.println(one + parcels.getReferenceById(id).getNote()); }")}`,
    "the key of a reference": depot(`
  void print(List<Long> ids) {
    for (Long id : ids) {
      Parcel parcel = parcels.getReferenceById(id);
      System.out.println(parcel.getId());
    }
  }`),
  },
});
