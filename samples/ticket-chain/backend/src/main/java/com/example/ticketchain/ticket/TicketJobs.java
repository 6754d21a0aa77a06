package com.example.ticketchain.ticket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Slf4j
@Component
@RequiredArgsConstructor
public class TicketJobs {

    private static final Duration REMINDER_WINDOW = Duration.ofDays(1);
    private static final Duration RETENTION = Duration.ofDays(90);

    private final TicketRepository tickets;
    private final TicketEvents events;
    private final Clock clock;

    @Scheduled(cron = "${ticketchain.jobs.expire:0 */5 * * * *}")
    @Transactional
    public void expire() {
        Instant now = clock.instant();
        for (Ticket ticket : tickets.findTop500ByStatusAndExpiresAtBefore(TicketStatus.ISSUED, now)) {
            ticket.expire();
            events.publish(eventOf(TicketEvent.Kind.EXPIRED, ticket, now));
        }
    }

    @Scheduled(cron = "${ticketchain.jobs.remind:0 0 7 * * *}")
    @Transactional(readOnly = true)
    public void remind() {
        Instant now = clock.instant();
        List<Ticket> endingSoon = tickets.findAll().stream()
                .filter(ticket -> ticket.endsWithin(REMINDER_WINDOW, now))
                .toList();
        endingSoon.forEach(ticket -> events.publish(eventOf(TicketEvent.Kind.ENDS_SOON, ticket, now)));
    }

    @Scheduled(cron = "${ticketchain.jobs.purge:0 30 3 * * *}")
    @Transactional
    public void purge() {
        int deleted = tickets.deleteEndedBefore(TicketStatus.EXPIRED, clock.instant().minus(RETENTION));
        log.info("Deleted {} tickets that ended more than {} days ago", deleted, RETENTION.toDays());
    }

    private static TicketEvent eventOf(TicketEvent.Kind kind, Ticket ticket, Instant now) {
        return new TicketEvent(kind, ticket.getOwner().getId(), ticket.getId(), now);
    }
}
