package com.example.ticketchain.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import com.example.ticketchain.TicketChainProperties;
import com.example.ticketchain.common.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketSignerTest {

    private final TicketSigner signer = signerWith("a".repeat(32));

    @Test
    void aTokenGivesItsCodeBack() {
        assertThat(signer.verify(signer.sign("c0de"))).isEqualTo("c0de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "c0de", "c0de.", ".c0de", "c0de.c0de"})
    void textWithoutOurSignatureIsRefused(String token) {
        assertThatThrownBy(() -> signer.verify(token)).isInstanceOf(Refusal.class);
    }

    @Test
    void anotherSecretSignsDifferently() {
        String token = signerWith("b".repeat(32)).sign("c0de");
        assertThatThrownBy(() -> signer.verify(token)).isInstanceOf(Refusal.class);
    }

    private static TicketSigner signerWith(String secret) {
        return new TicketSigner(
                new TicketChainProperties("j".repeat(32), secret, Duration.ofHours(1), Duration.ofDays(1)));
    }
}
