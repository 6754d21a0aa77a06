package com.example.ticketchain.ticket;

import java.time.Instant;

/** @param token what the QR code carries; only an issued ticket has one */
public record TicketView(Long id, TicketStatus status, Instant expiresAt, String token, String redeemedBy) {
}
