package com.example.ticketchain.ticket;

import java.time.Duration;
import java.time.Instant;

import com.example.ticketchain.account.User;
import com.example.ticketchain.common.Refusal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** Invites whoever redeems it into the chain of its owner. */
@Entity
@Table(name = "tickets")
public class Ticket {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(nullable = false, unique = true, updatable = false)
    private String code;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "owner_id")
    private User owner;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private TicketStatus status;

    private Instant issuedAt;

    private Instant expiresAt;

    @Column(name = "redeemed_by")
    private Long redeemedBy;

    private Instant redeemedAt;

    protected Ticket() {
    }

    public Ticket(String code, User owner, Instant issuedAt, Duration lifetime) {
        this.code = code;
        this.owner = owner;
        this.status = TicketStatus.ISSUED;
        this.issuedAt = issuedAt;
        this.expiresAt = issuedAt.plus(lifetime);
    }

    public void redeem(Long userId, Instant now) {
        if (status != TicketStatus.ISSUED || !now.isBefore(expiresAt)) {
            throw Refusal.conflict("This ticket can't be redeemed any more");
        }
        if (owner.getId().equals(userId)) {
            throw Refusal.conflict("Nobody invites themselves");
        }
        status = TicketStatus.REDEEMED;
        redeemedBy = userId;
        redeemedAt = now;
    }

    public void expire() {
        if (status == TicketStatus.ISSUED) {
            status = TicketStatus.EXPIRED;
        }
    }

    public boolean endsWithin(Duration window, Instant now) {
        return status == TicketStatus.ISSUED && expiresAt.isAfter(now) && expiresAt.isBefore(now.plus(window));
    }

    public Long getId() {
        return id;
    }

    public String getCode() {
        return code;
    }

    public User getOwner() {
        return owner;
    }

    public TicketStatus getStatus() {
        return status;
    }

    public Instant getExpiresAt() {
        return expiresAt;
    }

    public Long getRedeemedBy() {
        return redeemedBy;
    }
}
