import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Rooms of a house with their pictures, and how a page of them is answered. */
const rooms = (answer: string): string => `
//- src/Room.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Room {
  @Id Long id;
  @OneToMany(mappedBy = "room") List<Picture> pictures;
  @OneToMany(mappedBy = "room") List<Bed> beds;
  List<Picture> getPictures() { return pictures; }
  List<Bed> getBeds() { return beds; }
  Long getId() { return id; }
}
//- src/Picture.java
import jakarta.persistence.*;
@Entity class Picture { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Room room; }
//- src/Bed.java
import jakarta.persistence.*;
@Entity class Bed { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Room room; }
//- src/RoomRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;
interface RoomRepository extends JpaRepository<Room, Long> {
  Page<Room> findByHouseId(Long house, Pageable page);
  @Query("select distinct r from Room r left join fetch r.pictures where r.id in :ids") List<Room> findWithPictures(List<Long> ids);
  @EntityGraph(attributePaths = "beds") List<Room> findByIdIn(List<Long> ids);
}
//- src/RoomController.java
import java.util.*;
@RestController
class RoomController {
  private RoomRepository rooms;
  @Transactional
  @GetMapping("/rooms") List<Integer> some(Long house, boolean all, Pageable page) {
    Page<Room> found = rooms.findByHouseId(house, page);
    List<Long> ids = found.map(Room::getId).toList();
    ${answer}
  }
}
`;

rule(lazyAccessInLoop, {
  reports: {
    "what the second query does not bring": rooms(`rooms.findByIdIn(ids);
    return found.map(room -> room.getPictures().size()).toList();
                           //^^^^^^^^^^^^^^^^^^ Room.pictures is loaded per element of RoomRepository.findByHouseId (GET /rooms)`),
    "a second query that may not be sent": rooms(`if (all) rooms.findWithPictures(ids);
    return found.map(room -> room.getPictures().size()).toList();
                           //^^^^^^^^^^^^^^^^^^ Room.pictures is loaded per element of RoomRepository.findByHouseId (GET /rooms)`),
    "a second query that comes too late": rooms(`List<Integer> sizes = found.map(room -> room.getPictures().size()).toList();
                                          //^^^^^^^^^^^^^^^^^^ Room.pictures is loaded per element of RoomRepository.findByHouseId (GET /rooms)
    rooms.findWithPictures(ids);
    return sizes;`),
  },
  ignores: {
    "collections that further queries bring, one after the other": rooms(`rooms.findWithPictures(ids);
    List<Room> withBeds = rooms.findByIdIn(ids);
    return found.map(room -> room.getPictures().size() + room.getBeds().size()).toList();`),
  },
});
