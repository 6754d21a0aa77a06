package com.example.ticketchain.location;

import java.util.List;

import com.example.ticketchain.security.TokenIssuer;

import lombok.RequiredArgsConstructor;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/locations")
@RequiredArgsConstructor
public class LocationController {

    private final LocationService locations;

    @GetMapping("/mine")
    public List<LocationView> mine(@AuthenticationPrincipal Jwt token) {
        return locations.latestOf(TokenIssuer.userIdOf(token));
    }

    @GetMapping
    public List<LocationView> in(@RequestParam String country, @RequestParam String city) {
        return locations.latestIn(country, city);
    }

    @GetMapping("/nearby")
    public List<LocationView> nearby(@RequestParam double latitude, @RequestParam double longitude) {
        return locations.near(latitude, longitude);
    }

    @GetMapping("/countries")
    public List<String> countries() {
        return Countries.findAll();
    }
}
