package com.example.ticketchain.ticket;

import com.example.ticketchain.security.TokenIssuer;

import jakarta.validation.Valid;

import lombok.RequiredArgsConstructor;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/tickets")
@RequiredArgsConstructor
public class TicketController {

    private final TicketService tickets;

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    public TicketView generate(@AuthenticationPrincipal Jwt token) {
        return tickets.generate(TokenIssuer.userIdOf(token));
    }

    @GetMapping
    public Page<TicketView> mine(
            @AuthenticationPrincipal Jwt token,
            @RequestParam(defaultValue = "ISSUED") TicketStatus status,
            @PageableDefault(size = 20, sort = "id") Pageable page) {
        return tickets.mine(TokenIssuer.userIdOf(token), status, page);
    }

    @PostMapping("/redeem")
    public TicketView redeem(@AuthenticationPrincipal Jwt token, @Valid @RequestBody RedeemRequest request) {
        return tickets.redeem(TokenIssuer.userIdOf(token), request);
    }
}
