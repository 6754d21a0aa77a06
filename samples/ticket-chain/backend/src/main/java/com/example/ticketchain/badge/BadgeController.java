package com.example.ticketchain.badge;

import java.util.List;
import java.util.Map;

import com.example.ticketchain.security.TokenIssuer;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/badges")
@RequiredArgsConstructor
public class BadgeController {

    private final BadgeCatalog catalog;
    private final BadgeService badges;

    @GetMapping("/catalog")
    public List<BadgeView> catalog() {
        return catalog.all();
    }

    @GetMapping("/catalog/kinds")
    public Map<BadgeKind, Long> kinds() {
        return catalog.perKind();
    }

    @GetMapping("/mine")
    public List<String> mine(@AuthenticationPrincipal Jwt token) {
        return badges.namesOf(TokenIssuer.userIdOf(token));
    }

    @GetMapping("/team")
    public Map<Long, Long> team(@AuthenticationPrincipal Jwt token) {
        return badges.teamOf(TokenIssuer.userIdOf(token));
    }

    @PostMapping("/{code}/shares")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void share(
            @AuthenticationPrincipal Jwt token,
            @PathVariable String code,
            @RequestParam @NotBlank @Size(max = 16) String channel) {
        badges.share(TokenIssuer.userIdOf(token), code, channel);
    }
}
