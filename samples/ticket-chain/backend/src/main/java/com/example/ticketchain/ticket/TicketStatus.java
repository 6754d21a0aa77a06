package com.example.ticketchain.ticket;

public enum TicketStatus {
    ISSUED,
    REDEEMED,
    EXPIRED
}
