package com.example.ticketchain.chain;

import java.util.List;

import com.example.ticketchain.account.UserView;
import com.example.ticketchain.security.TokenIssuer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/chain")
public class ChainController {

    @Autowired
    private ChainService chains;

    @GetMapping
    public ChainNode mine(@AuthenticationPrincipal Jwt token) {
        return chains.chainOf(TokenIssuer.userIdOf(token));
    }

    @GetMapping("/invited")
    public List<UserView> invited(@AuthenticationPrincipal Jwt token) {
        return chains.invitedBy(TokenIssuer.userIdOf(token));
    }

    @GetMapping("/ancestors")
    public List<Long> ancestors(@AuthenticationPrincipal Jwt token) {
        return chains.ancestorsOf(TokenIssuer.userIdOf(token));
    }
}
