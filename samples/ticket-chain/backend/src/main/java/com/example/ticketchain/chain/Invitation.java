package com.example.ticketchain.chain;

import java.time.Instant;

import com.example.ticketchain.account.User;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

import lombok.AccessLevel;
import lombok.Getter;
import lombok.NoArgsConstructor;

/** One link of a chain: who brought whom. Everybody has at most one inviter. */
@Entity
@Table(name = "invitations")
@Getter
@NoArgsConstructor(access = AccessLevel.PROTECTED)
public class Invitation {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "inviter_id")
    private User inviter;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "invitee_id")
    private User invitee;

    private Long ticketId;

    private Instant createdAt;

    public Invitation(User inviter, User invitee, Long ticketId, Instant createdAt) {
        this.inviter = inviter;
        this.invitee = invitee;
        this.ticketId = ticketId;
        this.createdAt = createdAt;
    }
}
