/** Workspaces for the tests of java/cache-missing-evict. */

export const CACHING = `
//- src/main/java/shop/Caches.java
package shop;
@Configuration @EnableCaching
class Caches {}`;
export const DOMAIN = `${CACHING}
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket { @Id Long id; String title; int price; void setPrice(int price) {} }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, Long> {
  @Modifying @Query("update Ticket t set t.price = t.price + :more where t.title = :title") int raise(String title, int more);
  @Modifying @Query("update Ticket t set t.price = 0 where t.id = :id") void updateViewCount(Long id);
  long countByTitle(String title);
}
//- src/main/java/shop/TicketReader.java
package shop;
@Service
public class TicketReader {
  private final TicketRepository tickets;
  @Cacheable("ticketList")
  public List<Ticket> all() { return tickets.findAll(); }
}
//- src/main/java/shop/ListController.java
package shop;
@RestController
class ListController {
  private final TicketReader reader;
  @GetMapping("/tickets") List<Ticket> list() { return reader.all(); }
}`;
export const controller = `
//- src/main/java/shop/TicketController.java
package shop;
@RestController
class TicketController {
  private final TicketService service;
  @PutMapping("/tickets/{id}") void change(@PathVariable Long id, @RequestBody int price) { service.change(id, price); }
}`;
export const service = (body: string, imports = ""): string => `
//- src/main/java/shop/TicketService.java
package shop;
${imports}
@Service
public class TicketService {
    private final TicketRepository tickets;
${body}
}
`;
export const SAVE = `    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.setPrice(price);
        tickets.save(ticket);
    }`;
