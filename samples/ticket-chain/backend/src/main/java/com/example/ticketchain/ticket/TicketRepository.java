package com.example.ticketchain.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

public interface TicketRepository extends JpaRepository<Ticket, Long> {

    boolean existsByCode(String code);

    Optional<Ticket> findByCode(String code);

    Page<Ticket> findByOwnerIdAndStatus(Long ownerId, TicketStatus status, Pageable page);

    List<Ticket> findTop500ByStatusAndExpiresAtBefore(TicketStatus status, Instant instant);

    @Modifying
    @Query("delete from Ticket t where t.status = :status and t.expiresAt < :instant")
    int deleteEndedBefore(@Param("status") TicketStatus status, @Param("instant") Instant instant);

    @Query("""
            select new com.example.ticketchain.ticket.StatusCount(t.status, count(t))
            from Ticket t
            group by t.status
            """)
    List<StatusCount> countPerStatus();
}
