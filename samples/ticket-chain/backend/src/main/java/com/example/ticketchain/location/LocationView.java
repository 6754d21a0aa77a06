package com.example.ticketchain.location;

import java.time.Instant;

public record LocationView(String country, String city, double latitude, double longitude, Instant recordedAt) {

    static LocationView of(Location location) {
        return new LocationView(
                Countries.findByCode(location.getCountryCode()),
                location.getCity(),
                location.getLatitude(),
                location.getLongitude(),
                location.getRecordedAt());
    }
}
