package demo;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class TicketService {
  private final TicketRepository tickets;

  public TicketService(TicketRepository tickets) {
    this.tickets = tickets;
  }

  public List<Ticket> ofOwners(List<Long> ownerIds) {
    List<Ticket> found = new ArrayList<>();
    for (Long ownerId : ownerIds) {
      found.addAll(tickets.findByOwnerId(ownerId));
    }
    return found;
  }
}
