package com.example.ticketchain.ticket;

public record StatusCount(TicketStatus status, long count) {
}
