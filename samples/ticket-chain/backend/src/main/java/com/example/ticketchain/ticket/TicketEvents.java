package com.example.ticketchain.ticket;

/** Where ticket events go. */
public interface TicketEvents {

    void publish(TicketEvent event);
}
