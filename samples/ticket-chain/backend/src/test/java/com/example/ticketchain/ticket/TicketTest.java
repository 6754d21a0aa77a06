package com.example.ticketchain.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;

import com.example.ticketchain.account.User;
import com.example.ticketchain.common.Refusal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

class TicketTest {

    private static final Instant ISSUED = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(7);

    private Ticket ticket;

    @BeforeEach
    void issue() {
        User owner = new User("owner@example.com", "Owner", "", ISSUED);
        ReflectionTestUtils.setField(owner, "id", 1L);
        ticket = new Ticket("c0de", owner, ISSUED, LIFETIME);
    }

    @Test
    void someoneElseRedeemsIt() {
        ticket.redeem(2L, ISSUED.plusSeconds(1));
        assertThat(ticket.getStatus()).isEqualTo(TicketStatus.REDEEMED);
        assertThat(ticket.getRedeemedBy()).isEqualTo(2L);
    }

    @Test
    void theOwnerDoesNot() {
        assertThatThrownBy(() -> ticket.redeem(1L, ISSUED)).isInstanceOf(Refusal.class);
    }

    @Test
    void itEndsAtItsLastInstant() {
        assertThatThrownBy(() -> ticket.redeem(2L, ISSUED.plus(LIFETIME))).isInstanceOf(Refusal.class);
    }

    @Test
    void redeemedOnceIsRedeemedForGood() {
        ticket.redeem(2L, ISSUED);
        assertThatThrownBy(() -> ticket.redeem(3L, ISSUED)).isInstanceOf(Refusal.class);
        ticket.expire();
        assertThat(ticket.getStatus()).isEqualTo(TicketStatus.REDEEMED);
    }

    @Test
    void onlyIssuedTicketsAreRemindedOf() {
        assertThat(ticket.endsWithin(Duration.ofDays(1), ISSUED.plus(Duration.ofDays(5)))).isFalse();
        assertThat(ticket.endsWithin(Duration.ofDays(1), ISSUED.plus(Duration.ofHours(150)))).isTrue();
        ticket.expire();
        assertThat(ticket.endsWithin(Duration.ofDays(1), ISSUED.plus(Duration.ofHours(150)))).isFalse();
    }
}
