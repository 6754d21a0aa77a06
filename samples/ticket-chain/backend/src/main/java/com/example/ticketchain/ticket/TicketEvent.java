package com.example.ticketchain.ticket;

import java.time.Instant;

/** Something that the owner of a ticket wants to know at once. */
public record TicketEvent(Kind kind, Long ownerId, Long ticketId, Instant at) {

    public enum Kind {
        REDEEMED,
        EXPIRED,
        ENDS_SOON
    }
}
