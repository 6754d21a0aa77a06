package com.example.ticketchain.security;

import java.time.Clock;
import java.time.Instant;

import com.example.ticketchain.TicketChainProperties;

import lombok.RequiredArgsConstructor;

import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.stereotype.Component;

/** Access tokens whose subject is the user's id. */
@Component
@RequiredArgsConstructor
public class TokenIssuer {

    private final JwtEncoder encoder;
    private final TicketChainProperties properties;
    private final Clock clock;

    public Jwt issue(Long userId, String role) {
        Instant now = clock.instant();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer("ticket-chain")
                .issuedAt(now)
                .expiresAt(now.plus(properties.tokenLifetime()))
                .subject(userId.toString())
                .claim("scope", role)
                .build();
        return encoder.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims));
    }

    public static Long userIdOf(Jwt token) {
        return Long.valueOf(token.getSubject());
    }
}
