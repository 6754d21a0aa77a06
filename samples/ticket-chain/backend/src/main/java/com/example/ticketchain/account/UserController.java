package com.example.ticketchain.account;

import java.util.List;

import com.example.ticketchain.security.TokenIssuer;

import lombok.RequiredArgsConstructor;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/users")
@RequiredArgsConstructor
public class UserController {

    private final AccountService accounts;

    @GetMapping("/me")
    public UserView me(@AuthenticationPrincipal Jwt token) {
        return accounts.profile(TokenIssuer.userIdOf(token));
    }

    /** Everybody else, for the picker of a new link. */
    @GetMapping("/directory")
    public List<UserView> directory(@AuthenticationPrincipal Jwt token) {
        return accounts.directory(TokenIssuer.userIdOf(token));
    }
}
