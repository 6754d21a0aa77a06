package com.example.ticketchain.ticket;

import lombok.extern.slf4j.Slf4j;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** For instances that run the jobs only and hold no sockets. */
@Slf4j
@Component
@ConditionalOnProperty(name = "ticketchain.events", havingValue = "log")
public class LoggingTicketEvents implements TicketEvents {

    @Override
    public void publish(TicketEvent event) {
        log.info("{} ticket={} owner={}", event.kind(), event.ticketId(), event.ownerId());
    }
}
