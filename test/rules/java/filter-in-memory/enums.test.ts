import { filterInMemory } from "../../../../src/rules/java/filter-in-memory.ts";
import { rule } from "../../../harness/rule.ts";

/** Parcels in a state, which is an enum, and a class that reads them. */
const parcels = (members: string): string => `
//- src/post/Stage.java
package post;
enum Stage { PACKED, SENT, LOST; static boolean isOver(Stage stage) { return stage != PACKED; } boolean canMove() { return this == PACKED; } }
//- src/post/Parcel.java
package post;
import jakarta.persistence.*;
@Entity class Parcel {
  @Id Long id;
  @Enumerated(EnumType.STRING) private Stage stage;
  private String label;
  String getLabel() { return label; }
  Stage getStage() { return stage; }
}
//- src/post/ParcelRepository.java
package post;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface ParcelRepository extends JpaRepository<Parcel, Long> { List<Parcel> findByLabel(String label); }
//- src/post/Post.java
package post;
import java.util.List;
class Post {
  ParcelRepository parcels;
${members}
}
`;

rule(filterInMemory, {
  reports: {
    "what a method of the enum is asked about a column": parcels(`
  List<Parcel> open(String label) {
    return parcels.findByLabel(label).stream().filter(parcel -> !Stage.isOver(parcel.getStage())).toList();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^ ParcelRepository.findByLabel loads rows that Stage.isOver(…) leaves out in memory
  }`),
    "what the constant itself is asked": parcels(`
  List<Parcel> open(String label) {
    return parcels.findByLabel(label).stream().filter(parcel -> parcel.getStage().canMove()).toList();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^ ParcelRepository.findByLabel loads rows that parcel.getStage().canMove() leaves out in memory
  }`),
  },
  ignores: {
    "a column of any text": parcels(`
  List<Parcel> open(String label) {
    return parcels.findByLabel(label).stream().filter(parcel -> Labels.isPrinted(parcel.getLabel())).toList();
  }`),
    "a bean that is asked about a constant": parcels(`
  Stages stages;
  List<Parcel> open(String label) {
    return parcels.findByLabel(label).stream().filter(parcel -> stages.isOver(parcel.getStage())).toList();
  }`),
  },
});
