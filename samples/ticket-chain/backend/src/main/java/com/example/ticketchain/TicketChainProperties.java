package com.example.ticketchain;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** HS256 needs keys of 32 bytes or more. */
@Validated
@ConfigurationProperties("ticketchain")
public record TicketChainProperties(
        @Size(min = 32) String jwtSecret,
        @Size(min = 32) String ticketSecret,
        @NotNull Duration tokenLifetime,
        @NotNull Duration ticketLifetime) {
}
