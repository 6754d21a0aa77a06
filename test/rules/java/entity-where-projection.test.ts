import { entityWhereProjection } from "../../../src/rules/java/entity-where-projection.ts";
import { rule } from "../../harness/rule.ts";

/** A service over guests, whose table is wide, and rooms, which have a long text. */
const hotel = (members: string): string => `
//- src/main/java/hotel/Guest.java
package hotel;
import jakarta.persistence.*;
@Entity
public class Guest {
  @Id @GeneratedValue private Long id;
  private String email, name, phone, street, city, country, language, title, note;
  private boolean regular;
  @ManyToOne(fetch = FetchType.LAZY) private Room room;
  public Long getId() { return id; }
  public String getEmail() { return this.email; }
  public String getName() { return title + " " + name; }
  public String getPhone() { return phone; }
  public String getCity() { return city; }
  public boolean isRegular() { return regular; }
  public void setRegular(boolean regular) { this.regular = regular; }
  public Room getRoom() { return room; }
}
//- src/main/java/hotel/GuestRepository.java
package hotel;
import java.util.*;
import org.springframework.data.jpa.repository.*;
public interface GuestRepository extends JpaRepository<Guest, Long> {
  List<Guest> findByCity(String city);
  @Query("select g from Guest g where g.regular = true")
  List<Guest> regulars();
  Optional<Guest> findByEmail(String email);
}
//- src/main/java/hotel/Room.java
package hotel;
import jakarta.persistence.*;
@Entity
public class Room {
  @Id @GeneratedValue private Long id;
  private String number;
  @Lob private String description;
  public Long getId() { return id; }
  public String getNumber() { return number; }
  public String getDescription() { return description; }
}
//- src/main/java/hotel/RoomRepository.java
package hotel;
import java.util.*;
import org.springframework.data.jpa.repository.*;
public interface RoomRepository extends JpaRepository<Room, Long> {
  List<Room> findByNumberStartingWith(String floor);
}
//- src/main/java/hotel/Hotel.java
package hotel;
import java.util.*;
import java.util.function.Function;
import java.util.stream.*;
class Hotel {
    private final GuestRepository guests;
    private final RoomRepository rooms;
    Hotel(GuestRepository guests, RoomRepository rooms) { this.guests = guests; this.rooms = rooms; }
    Guest load(Long id) { return guests.findById(id).orElseThrow(); }
${members}
}
`;

rule(entityWhereProjection, {
  reports: {
    // hmcts/pip-data-management
    "an import that nothing else needs": `${hotel("").trimEnd()}
//- src/main/java/desk/Desk.java
package desk;
import hotel.Guest;
import hotel.GuestRepository;
import java.util.List;
class Desk {
    private final GuestRepository guests;
    Desk(GuestRepository guests) { this.guests = guests; }
    List<String> emails(String city) {
        return guests.findByCity(city).stream().map(Guest::getEmail).toList();
             //^^^^^^^^^^^^^^^^^^^^^^^ 💡
    }
}
`,
    "a stream that maps to one attribute": hotel(`
    List<String> emails(String city) {
        return guests.findByCity(city).stream().filter(Guest::isRegular).map(Guest::getEmail).toList();
             //^^^^^^^^^^^^^^^^^^^^^^^ 💡 GuestRepository.findByCity loads 12 columns of each Guest for regular and email
    }`),
    "a getter that an interface declares and Lombok makes": `
//- src/main/java/hotel/Numbered.java
package hotel;
public interface Numbered { Long getId(); }
//- src/main/java/hotel/Key.java
package hotel;
import jakarta.persistence.*;
import lombok.Getter;
@Entity
@Getter
public class Key implements Numbered {
  @Id @GeneratedValue private Long id;
  private String a, b, c, d, e, f, g, h, i, j;
}
//- src/main/java/hotel/KeyRepository.java
package hotel;
import java.util.*;
import org.springframework.data.jpa.repository.*;
public interface KeyRepository extends JpaRepository<Key, Long> { List<Key> findByA(String a); }
//- src/main/java/hotel/Keys.java
package hotel;
import java.util.*;
class Keys {
    private final KeyRepository keys;
    Keys(KeyRepository keys) { this.keys = keys; }
    List<Long> of(String a) {
        return keys.findByA(a).stream().map(Key::getId).toList();
             //^^^^^^^^^^^^^^^ 💡 KeyRepository.findByA loads 11 columns of each Key for id
    }
}
`,
    "a loop over a variable": hotel(`
    void print(String city) {
        List<Guest> found = guests.findByCity(city);
                          //^^^^^^^^^^^^^^^^^^^^^^^ 💡 GuestRepository.findByCity loads 12 columns of each Guest for email
        if (found.isEmpty()) return;
        for (Guest guest : found) System.out.println(guest.getEmail());
    }`),
    // Seen on sk-bingegalaxy, which writes the names of packages.
    "a type that is written with its package": hotel(`
    void call(String city) {
        List<hotel.Guest> found = guests.findByCity(city);
                                //^^^^^^^^^^^^^^^^^^^^^^^ 💡 GuestRepository.findByCity loads 12 columns of each Guest for phone
        for (hotel.Guest guest : found) System.out.println(guest.getPhone());
    }`),
    "fields that are read as they are, which an interface has not": hotel(`
    void print(String city) {
        for (Guest guest : guests.findByCity(city)) System.out.println(guest.email);
                         //^^^^^^^^^^^^^^^^^^^^^^^ GuestRepository.findByCity loads 12 columns of each Guest for email
    }`),
    "a map of keys": hotel(`
    Map<Long, String> emails(Set<Long> ids) {
        return guests.findAllById(ids).stream().collect(Collectors.toMap(Guest::getId, guest -> guest.getEmail()));
             //^^^^^^^^^^^^^^^^^^^^^^^ GuestRepository.findAllById loads 12 columns of each Guest for id and email
    }`),
    "a long text that nobody reads": hotel(`
    List<String> numbers(String floor) {
        return rooms.findByNumberStartingWith(floor).stream().map(Room::getNumber).toList();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 RoomRepository.findByNumberStartingWith loads description of each Room, which nobody reads here
    }`),
    "a getter of the class above": `
//- src/main/java/club/Base.java
package club;
import jakarta.persistence.*;
@MappedSuperclass
public class Base {
  @Id @GeneratedValue private Long id;
  public Long getId() { return id; }
}
//- src/main/java/club/Report.java
package club;
import jakarta.persistence.*;
@Entity
public class Report extends Base {
  private String day;
  @Lob private String text;
}
//- src/main/java/club/Reports.java
package club;
import java.util.List;
import org.springframework.data.jpa.repository.*;
interface Reports extends JpaRepository<Report, Long> { List<Report> findByDayLessThan(String day); }
//- src/main/java/club/Cleaner.java
package club;
import java.util.List;
class Cleaner {
  private Reports reports;
  List<Long> old(String day) {
    return reports.findByDayLessThan(day).stream().map(Base::getId).toList();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Reports.findByDayLessThan loads text of each Report, which nobody reads here
  }
}
`,
  },
  ignores: {
    "entities that are returned or handed on": hotel(`
    List<Guest> in(String city) { return guests.findByCity(city); }
    Map<Long, Guest> byId(String city) { return guests.findByCity(city).stream().collect(Collectors.toMap(Guest::getId, Function.identity())); }
    void print(String city) { guests.findByCity(city).forEach(System.out::println); }`),
    "entities that are changed": hotel(`
    void greet(String city) { for (Guest guest : guests.findByCity(city)) { if (guest.getEmail() != null) guest.setRegular(true); } }`),
    "three attributes": hotel(`
    List<String> contacts(String city) {
        return guests.findByCity(city).stream().map(guest -> guest.getEmail() + guest.getPhone() + guest.getCity()).toList();
    }`),
    "an association": hotel(`
    List<String> rooms(String city) { return guests.findByCity(city).stream().map(guest -> guest.getRoom().getNumber()).toList(); }`),
    // The getter reads more than its name says.
    "a getter that computes": hotel(`
    List<String> names(String city) { return guests.findByCity(city).stream().map(Guest::getName).toList(); }`),
    "one row": hotel(`
    Long idOf(String email) { return guests.findByEmail(email).map(Guest::getId).orElse(null); }`),
    // fineract loads loans and then works on each by its key, which finds them in the session.
    "entities that are looked up again by their key": hotel(`
    void check(String city) { for (Guest guest : guests.findByCity(city)) load(guest.getId()); }`),
    "entities that are looked up again by their key, which a variable holds": hotel(`
    void check(String city) {
        for (Guest guest : guests.findByCity(city)) {
            Long id = guest.getId();
            load(id);
        }
    }`),
    "a long text that is read": hotel(`
    List<String> texts(String floor) { return rooms.findByNumberStartingWith(floor).stream().map(Room::getDescription).toList(); }`),
    "a table that stays small": `${hotel(`
    List<String> emails() { return guests.regulars().stream().map(Guest::getEmail).toList(); }`)}
//- performance.yaml
version: 1
database: { tables: { guest: { rows: 40 } } }
`,
  },
  fixes: {
    "an import that nothing else needs": `
//- src/main/java/hotel/GuestRepository.java
package hotel;
import java.util.*;
import org.springframework.data.jpa.repository.*;
public interface GuestRepository extends JpaRepository<Guest, Long> {
  List<Guest> findByCity(String city);
  @Query("select g from Guest g where g.regular = true")
  List<Guest> regulars();
  Optional<Guest> findByEmail(String email);

  List<EmailOnly> findEmailByCity(String city);

  interface EmailOnly {
    String getEmail();
  }
}
//- src/main/java/desk/Desk.java
package desk;
import hotel.GuestRepository;
import hotel.GuestRepository.EmailOnly;
import java.util.List;
class Desk {
    private final GuestRepository guests;
    Desk(GuestRepository guests) { this.guests = guests; }
    List<String> emails(String city) {
        return guests.findEmailByCity(city).stream().map(EmailOnly::getEmail).toList();
    }
}
`,
    "a loop over a variable": `
//- src/main/java/hotel/GuestRepository.java
package hotel;
import java.util.*;
import org.springframework.data.jpa.repository.*;
public interface GuestRepository extends JpaRepository<Guest, Long> {
  List<Guest> findByCity(String city);
  @Query("select g from Guest g where g.regular = true")
  List<Guest> regulars();
  Optional<Guest> findByEmail(String email);

  List<EmailOnly> findEmailByCity(String city);

  interface EmailOnly {
    String getEmail();
  }
}
//- src/main/java/hotel/Hotel.java
package hotel;
import hotel.GuestRepository.EmailOnly;
import java.util.*;
import java.util.function.Function;
import java.util.stream.*;
class Hotel {
    private final GuestRepository guests;
    private final RoomRepository rooms;
    Hotel(GuestRepository guests, RoomRepository rooms) { this.guests = guests; this.rooms = rooms; }
    Guest load(Long id) { return guests.findById(id).orElseThrow(); }

    void print(String city) {
        List<EmailOnly> found = guests.findEmailByCity(city);
        if (found.isEmpty()) return;
        for (EmailOnly guest : found) System.out.println(guest.getEmail());
    }
}
`,
    "a type that is written with its package": `
//- src/main/java/hotel/GuestRepository.java
package hotel;
import java.util.*;
import org.springframework.data.jpa.repository.*;
public interface GuestRepository extends JpaRepository<Guest, Long> {
  List<Guest> findByCity(String city);
  @Query("select g from Guest g where g.regular = true")
  List<Guest> regulars();
  Optional<Guest> findByEmail(String email);

  List<PhoneOnly> findPhoneByCity(String city);

  interface PhoneOnly {
    String getPhone();
  }
}
//- src/main/java/hotel/Hotel.java
package hotel;
import hotel.GuestRepository.PhoneOnly;
import java.util.*;
import java.util.function.Function;
import java.util.stream.*;
class Hotel {
    private final GuestRepository guests;
    private final RoomRepository rooms;
    Hotel(GuestRepository guests, RoomRepository rooms) { this.guests = guests; this.rooms = rooms; }
    Guest load(Long id) { return guests.findById(id).orElseThrow(); }

    void call(String city) {
        List<PhoneOnly> found = guests.findPhoneByCity(city);
        for (PhoneOnly guest : found) System.out.println(guest.getPhone());
    }
}
`,
    "a stream that maps to one attribute": `
//- src/main/java/hotel/GuestRepository.java
package hotel;
import java.util.*;
import org.springframework.data.jpa.repository.*;
public interface GuestRepository extends JpaRepository<Guest, Long> {
  List<Guest> findByCity(String city);
  @Query("select g from Guest g where g.regular = true")
  List<Guest> regulars();
  Optional<Guest> findByEmail(String email);

  List<RegularAndEmailOnly> findRegularAndEmailByCity(String city);

  interface RegularAndEmailOnly {
    boolean isRegular();
    String getEmail();
  }
}
//- src/main/java/hotel/Hotel.java
package hotel;
import hotel.GuestRepository.RegularAndEmailOnly;
import java.util.*;
import java.util.function.Function;
import java.util.stream.*;
class Hotel {
    private final GuestRepository guests;
    private final RoomRepository rooms;
    Hotel(GuestRepository guests, RoomRepository rooms) { this.guests = guests; this.rooms = rooms; }
    Guest load(Long id) { return guests.findById(id).orElseThrow(); }

    List<String> emails(String city) {
        return guests.findRegularAndEmailByCity(city).stream().filter(RegularAndEmailOnly::isRegular).map(RegularAndEmailOnly::getEmail).toList();
    }
}
`,
  },
});
