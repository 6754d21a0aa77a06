import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const ENTITIES = `
//- src/stay/Guest.java
package stay;
import jakarta.persistence.*;
@Entity
public class Guest {
  @Id private Long id;
  private String city;
  @ManyToOne(fetch = FetchType.LAZY) private Guest host;
  public Long getId() { return id; }
  public String getCity() { return city; }
  public Guest getHost() { return host; }
}
//- src/stay/Booking.java
package stay;
import jakarta.persistence.*;
@Entity
public class Booking {
  @Id private Long id;
  private String state;
  private boolean paid;
  private int nights;
  @ManyToOne(fetch = FetchType.LAZY) private Guest guest;
  public Long getId() { return id; }
  public String getState() { return state; }
  public int getNights() { return nights; }
  public Guest getGuest() { return guest; }
}
`;

const repository = (...methods: readonly string[]): string => `
//- src/stay/BookingRepository.java
package stay;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface BookingRepository extends JpaRepository<Booking, Long> {
${methods.map((one) => `    ${one}`).join("\n\n")}
}
`;

const IMPORTS = ["java.util.List", "java.util.stream.Collectors"];
const MAP = [...IMPORTS, "java.util.Map"];

/** A service that asks for the bookings of guests. */
const desk = (method: string, imports: readonly string[] = IMPORTS): string => `
//- src/stay/Desk.java
package stay;

${[...imports]
  .sort()
  .map((name) => `import ${name};`)
  .join("\n")}

class Desk {
    private BookingRepository bookings;

${method}
}
`;

const BY_GUEST = "List<Booking> findByGuest(Guest guest);";
const BY_GUESTS = "List<Booking> findByGuestIn(Collection<Guest> guests);";
const BY_GUEST_ID = "List<Booking> findByGuestId(Long guestId);";
const BY_GUEST_IDS = "List<Booking> findByGuestIdIn(Collection<Long> guestIds);";

rule(queryInLoop, {
  reports: {
    "rows that belong to the element itself": `${ENTITIES}${repository(BY_GUEST)}${desk(`    int count(List<Guest> guests) {
        int count = 0;
        for (Guest guest : guests) {
            count += bookings.findByGuest(guest).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 BookingRepository.findByGuest runs once per element of guests
        }
        return count;
    }`)}`,
    "rows by the identifier of what they belong to, of a repository that the object holds": `${ENTITIES}${repository(BY_GUEST_ID)}${desk(`    int count(List<Guest> guests) {
        int count = 0;
        for (Guest guest : guests) {
            count += this.bookings.findByGuestId(guest.getId()).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
        return count;
    }`)}`,
    "rows by what changes and what is the same for all": `${ENTITIES}${repository(
      "List<Booking> findByStateAndGuestIdAndNightsBetween(String state, Long guestId, int from, int to);",
    )}${desk(`    int count(List<Guest> guests, String state, int least) {
        int count = 0;
        for (Guest guest : guests) {
            count += bookings.findByStateAndGuestIdAndNightsBetween(state, guest.getId(), least, 7).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
        return count;
    }`)}`,
    "whether there is a row": `${ENTITIES}${repository("boolean existsByGuestIdAndState(Long guestId, String state);")}${desk(`    List<Guest> staying(List<Guest> guests) {
        return guests.stream().filter(guest -> bookings.existsByGuestIdAndState(guest.getId(), "OPEN")).collect(Collectors.toList());
                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    }`)}`,
    "a method of the same object that others may call": `${ENTITIES}${repository(BY_GUEST_ID)}${desk(`    @Transactional
    public List<Booking> bookingsOf(Long guestId) {
        return bookings.findByGuestId(guestId);
    }

    int count(List<Guest> guests) {
        return guests.stream().mapToInt(guest -> bookingsOf(guest.getId()).size()).sum();
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    }`)}`,
    "a private method that is handed what is the same for all, and reads something else, too": `${ENTITIES}${repository(
      "List<Booking> findByStateAndGuestId(String state, Long guestId);",
      '@Query("select sum(b.nights) from Booking b where b.guest.id = :id") int nightsOf(Long id);',
    )}${desk(`    void print(List<Guest> guests, String state) {
        for (Guest guest : guests) {
            printOne(guest, state);
          //^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
    }

    private void printOne(Guest guest, String wanted) {
        System.out.println(bookings.findByStateAndGuestId(wanted, guest.getId()) + " " + bookings.nightsOf(guest.getId()));
    }`)}`,
    "the inner one of two loops": `${ENTITIES}${repository(BY_GUEST_ID)}${desk(`    void print(List<List<Guest>> parties) {
        for (List<Guest> party : parties) {
            for (Guest guest : party) {
                System.out.println(bookings.findByGuestId(guest.getId()));
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
            }
        }
    }`)}`,
    "a key that is taken of a local": `${ENTITIES}${repository(BY_GUEST_ID)}${desk(`    void print(List<Booking> some) {
        for (Booking booking : some) {
            Guest guest = booking.getGuest();
            System.out.println(guest.getCity() + bookings.findByGuestId(guest.getId()));
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
    }`)}`,
    "no fix: both arguments change, an argument that is not there in every round, what the loop sets": `${ENTITIES}${repository(
      "List<Booking> findByGuestIdAndState(Long guestId, String state);",
    )}${desk(`    void print(List<Guest> guests, Guest other) {
        for (Guest guest : guests) {
            System.out.println(bookings.findByGuestIdAndState(guest.getId(), guest.getCity()));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        }
        for (Guest guest : guests) {
            if (other != null) System.out.println(bookings.findByGuestIdAndState(guest.getId(), other.getCity()));
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        }
        for (Guest guest : guests) {
            if (other == null) continue;
            System.out.println(bookings.findByGuestIdAndState(guest.getId(), other.getCity()));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        }
        String state = "OPEN";
        for (Guest guest : guests) {
            System.out.println(bookings.findByGuestIdAndState(guest.getId(), state));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            state = "PAID";
        }
    }`)}`,
    "no fix: what a row belongs to would be loaded for its city, an entity that may be missing, a test that is no equality": `${ENTITIES}${repository(
      "List<Booking> findByGuestCity(String city);",
      BY_GUEST,
      "List<Booking> findByNightsGreaterThan(int nights);",
      "List<Booking> findByState(String state);",
    )}${desk(`    void print(List<Guest> guests, List<Integer> nights) {
        for (Guest guest : guests) System.out.println(bookings.findByGuestCity(guest.getCity()));
                                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        for (Guest guest : guests) System.out.println(bookings.findByGuest(guest.getHost()));
                                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        for (Integer night : nights) System.out.println(bookings.findByNightsGreaterThan(night));
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    }`)}`,
    "no fix: asked until there is one, a number that is widened": `${ENTITIES}${repository(
      BY_GUEST_ID,
      "List<Booking> findByNumber(long number);",
    )}${desk(`    void await(List<Guest> guests) {
        for (Guest guest : guests) {
            while (bookings.findByGuestId(guest.getId()).isEmpty()) rest();
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        }
    }

    void print(List<Guest> guests) {
        for (Guest guest : guests) {
            int number = guest.getCity().length();
            System.out.println(bookings.findByNumber(number));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        }
    }`)}`,
  },
  ignores: {
    "the rows of one guest": `${ENTITIES}${repository(BY_GUEST)}${desk(`    int count(Guest guest) {
        return bookings.findByGuest(guest).size();
    }`)}`,
  },
  fixes: {
    "rows that belong to the element itself": `${repository(BY_GUEST, BY_GUESTS)}${desk(
      `    int count(List<Guest> guests) {
        int count = 0;
        Map<Long, List<Booking>> bookingsByGuestId = bookings.findByGuestIn(guests).stream()
                .collect(Collectors.groupingBy(booking -> booking.getGuest().getId()));
        for (Guest guest : guests) {
            count += bookingsByGuestId.getOrDefault(guest.getId(), List.of()).size();
        }
        return count;
    }`,
      MAP,
    )}`,
    "rows by the identifier of what they belong to, of a repository that the object holds": `${repository(BY_GUEST_ID, BY_GUEST_IDS)}${desk(
      `    int count(List<Guest> guests) {
        int count = 0;
        Map<Long, List<Booking>> bookingsByGuestId = this.bookings
                .findByGuestIdIn(guests.stream().map(Guest::getId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.groupingBy(booking -> booking.getGuest().getId()));
        for (Guest guest : guests) {
            count += bookingsByGuestId.getOrDefault(guest.getId(), List.of()).size();
        }
        return count;
    }`,
      MAP,
    )}`,
    "rows by what changes and what is the same for all": `${repository(
      "List<Booking> findByStateAndGuestIdAndNightsBetween(String state, Long guestId, int from, int to);",
      "List<Booking> findByStateAndGuestIdInAndNightsBetween(String state, Collection<Long> guestIds, int from, int to);",
    )}${desk(
      `    int count(List<Guest> guests, String state, int least) {
        int count = 0;
        Map<Long, List<Booking>> bookingsByGuestId = bookings
                .findByStateAndGuestIdInAndNightsBetween(state, guests.stream()
                        .map(Guest::getId)
                        .distinct()
                        .collect(Collectors.toList()), least, 7)
                .stream()
                .collect(Collectors.groupingBy(booking -> booking.getGuest().getId()));
        for (Guest guest : guests) {
            count += bookingsByGuestId.getOrDefault(guest.getId(), List.of()).size();
        }
        return count;
    }`,
      MAP,
    )}`,
    "whether there is a row": `${repository(
      "boolean existsByGuestIdAndState(Long guestId, String state);",
      "List<Booking> findByGuestIdInAndState(Collection<Long> guestIds, String state);",
    )}${desk(
      `    List<Guest> staying(List<Guest> guests) {
        Set<Long> bookingGuestIds = bookings
                .findByGuestIdInAndState(guests.stream()
                        .map(guest -> guest.getId())
                        .distinct()
                        .collect(Collectors.toList()), "OPEN")
                .stream()
                .map(booking -> booking.getGuest().getId())
                .collect(Collectors.toSet());
        return guests.stream().filter(guest -> bookingGuestIds.contains(guest.getId())).collect(Collectors.toList());
    }`,
      [...IMPORTS, "java.util.Set"],
    )}`,
    "a method of the same object that others may call": `${repository(BY_GUEST_ID, BY_GUEST_IDS)}${desk(
      `    @Transactional
    public List<Booking> bookingsOf(Long guestId) {
        return bookings.findByGuestId(guestId);
    }

    int count(List<Guest> guests) {
        Map<Long, List<Booking>> bookingsByGuestId = bookings
                .findByGuestIdIn(guests.stream().map(guest -> guest.getId()).distinct().collect(Collectors.toList()))
                .stream()
                .collect(Collectors.groupingBy(booking -> booking.getGuest().getId()));
        return guests.stream().mapToInt(guest -> bookingsByGuestId.getOrDefault(guest.getId(), List.of()).size()).sum();
    }`,
      MAP,
    )}`,
    "a private method that is handed what is the same for all, and reads something else, too": `${repository(
      "List<Booking> findByStateAndGuestId(String state, Long guestId);",
      '@Query("select sum(b.nights) from Booking b where b.guest.id = :id") int nightsOf(Long id);',
      "List<Booking> findByStateAndGuestIdIn(String state, Collection<Long> guestIds);",
    )}${desk(
      `    void print(List<Guest> guests, String state) {
        Map<Long, List<Booking>> bookingsByGuestId = bookings
                .findByStateAndGuestIdIn(state, guests.stream()
                        .map(Guest::getId)
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.groupingBy(booking -> booking.getGuest().getId()));
        for (Guest guest : guests) {
            printOne(guest, state, bookingsByGuestId);
        }
    }

    private void printOne(Guest guest, String wanted, Map<Long, List<Booking>> bookingsByGuestId) {
        System.out.println(
                bookingsByGuestId.getOrDefault(guest.getId(), List.of()) + " " + bookings.nightsOf(guest.getId()));
    }`,
      MAP,
    )}`,
    "a key that is taken of a local": `${repository(BY_GUEST_ID, BY_GUEST_IDS)}${desk(
      `    void print(List<Booking> some) {
        Map<Long, List<Booking>> bookingsByGuestId = bookings
                .findByGuestIdIn(some.stream()
                        .map(booking -> booking.getGuest().getId())
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.groupingBy(booking2 -> booking2.getGuest().getId()));
        for (Booking booking : some) {
            Guest guest = booking.getGuest();
            System.out.println(guest.getCity() + bookingsByGuestId.getOrDefault(guest.getId(), List.of()));
        }
    }`,
      MAP,
    )}`,
    "the inner one of two loops": `${repository(BY_GUEST_ID, BY_GUEST_IDS)}${desk(
      `    void print(List<List<Guest>> parties) {
        for (List<Guest> party : parties) {
            Map<Long, List<Booking>> bookingsByGuestId = bookings
                    .findByGuestIdIn(party.stream().map(Guest::getId).distinct().collect(Collectors.toList())).stream()
                    .collect(Collectors.groupingBy(booking -> booking.getGuest().getId()));
            for (Guest guest : party) {
                System.out.println(bookingsByGuestId.getOrDefault(guest.getId(), List.of()));
            }
        }
    }`,
      MAP,
    )}`,
  },
});
