import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Owners with pets and visits; a service that gathers the pets of a city, and a desk that goes through them. */
const clinic = (gather: string, work: string): string => `
//- src/Owner.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Owner {
  @Id Long id;
  @OneToMany(mappedBy = "owner") List<Pet> pets = new ArrayList<>();
  @OneToMany(mappedBy = "owner") List<Visit> visits = new ArrayList<>();
  List<Pet> getPets() { return pets; }
  List<Visit> getVisits() { return visits; }
}
//- src/Pet.java
import jakarta.persistence.*;
@Entity class Pet {
  @Id Long id;
  String name;
  @ManyToOne(fetch = FetchType.LAZY) Owner owner;
  Owner getOwner() { return owner; }
  String getName() { return name; }
}
//- src/Visit.java
import jakarta.persistence.*;
@Entity class Visit { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Owner owner; }
//- src/Owners.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface Owners extends JpaRepository<Owner, Long> { List<Owner> findByCity(String city); Owner findByName(String name); }
//- src/Pets.java
import java.util.*;
class Pets {
  private Owners owners;
  List<Pet> of(String city) {
${gather}
  }
}
//- src/Desk.java
import java.util.*;
class Desk {
  private Pets pets;
  private Owners owners;
  void work(String city) {
${work}
  }
  private void print(Object value) { System.out.println(value); }
  private void greet(Pet pet) { System.out.println(pet.getName()); }
}
`;

const ADDED = `    List<Pet> all = new ArrayList<>();
    for (Owner owner : owners.findByCity(city)) {
      for (Pet pet : owner.getPets()) all.add(pet);
                   //^^^^^^^^^^^^^^^ 💡 Owner.pets is loaded per element of Owners.findByCity
    }
    return all;`;
const ADDED_ALL = `    List<Pet> all = new ArrayList<>();
    for (Owner owner : owners.findByCity(city)) all.addAll(owner.getPets());
                                                         //^^^^^^^^^^^^^^^ 💡 Owner.pets is loaded per element of Owners.findByCity
    return all;`;
const FLATTENED = `    return owners.findByCity(city).stream().flatMap(owner -> owner.getPets().stream()).toList();
                                                           //^^^^^^^^^^^^^^^ 💡 Owner.pets is loaded per element of Owners.findByCity`;
const WORK = "    for (Pet pet : pets.of(city)) greet(pet);";

rule(lazyAccessInLoop, {
  reports: {
    "elements that are added one by one, where they are loaded and not where they are used": clinic(ADDED, WORK),
    "elements that are added together": clinic(ADDED_ALL, WORK),
    "elements of a stream that is made flat": clinic(FLATTENED, WORK),
    "a collection that a method hands out as it is": clinic(
      "    return null;",
      `    for (Owner owner : owners.findByCity(city)) for (Pet pet : owner.getPets()) greet(pet);
                                                             //^^^^^^^^^^^^^^^ 💡 Owner.pets is loaded per element of Owners.findByCity`,
    ),
    "what the owners of gathered elements have": clinic(
      ADDED,
      `    for (Pet pet : pets.of(city)) print(pet.getOwner().getVisits().size());
                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Owner.visits is loaded per element of Owners.findByCity`,
    ),
  },
  ignores: {
    "what the one owner of many elements has": clinic(
      "    return null;",
      "    for (Pet pet : owners.findByName(city).getPets()) print(pet.getOwner().getVisits().size());",
    ),
    "the owner of an element, which is where it came from": clinic(
      "    return null;",
      "    for (Pet pet : owners.findByName(city).getPets()) print(pet.getOwner().id);",
    ),
  },
});
