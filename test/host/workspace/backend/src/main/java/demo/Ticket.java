package demo;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Ticket {
  @Id private Long id;
  private Long ownerId;

  public Long getOwnerId() {
    return ownerId;
  }
}
