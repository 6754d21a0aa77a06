/** Tickets, their repository and a controller, for the tests of java/unbounded-find-all. */

export const DOMAIN = `
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket { @Id UUID id; boolean active; }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("select t from Ticket t order by t.id") List<Ticket> everything();
  Stream<Ticket> streamAllBy();
  List<Ticket> findByActive(boolean active);
}
`.trimEnd();

export const controller = (body: string): string => `
//- src/main/java/shop/TicketController.java
package shop;
@RestController @RequestMapping("/tickets")
class TicketController {
  private final TicketService service;
  TicketController(TicketService service) { this.service = service; }
  @GetMapping
  Object list() { ${body} }
}`;
