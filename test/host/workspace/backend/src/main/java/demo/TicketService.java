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

  public List<Ticket> load(List<Long> ids) {
    List<Ticket> found = new ArrayList<>();
    for (Long id : ids) {
      found.add(tickets.findById(id).orElseThrow());
    }
    return found;
  }
}
