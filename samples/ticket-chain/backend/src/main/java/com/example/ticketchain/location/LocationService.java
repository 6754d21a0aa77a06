package com.example.ticketchain.location;

import java.time.Clock;
import java.util.List;

import com.example.ticketchain.account.UserRepository;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@RequiredArgsConstructor
public class LocationService {

    private static final double NEARBY_DEGREES = 0.25;

    private final LocationRepository locations;
    private final UserRepository users;
    private final Clock clock;

    /** The first location of a user becomes home. */
    @Transactional
    public void record(Long userId, String countryCode, String city, double latitude, double longitude) {
        Location location = locations.save(Location.builder()
                .userId(userId)
                .countryCode(countryCode)
                .city(city)
                .latitude(latitude)
                .longitude(longitude)
                .recordedAt(clock.instant())
                .build());
        users.findById(userId)
                .filter(user -> user.getHomeLocationId() == null)
                .ifPresent(user -> user.setHomeLocationId(location.getId()));
    }

    @Transactional(readOnly = true)
    public List<LocationView> latestOf(Long userId) {
        return locations.findTop20ByUserIdOrderByRecordedAtDesc(userId).stream().map(LocationView::of).toList();
    }

    @Transactional(readOnly = true)
    public List<LocationView> latestIn(String countryCode, String city) {
        return locations.findTop100ByCountryCodeAndCityOrderByRecordedAtDesc(countryCode, city).stream()
                .map(LocationView::of)
                .toList();
    }

    @Transactional(readOnly = true)
    public List<LocationView> near(double latitude, double longitude) {
        return locations.findWithin(
                        latitude - NEARBY_DEGREES,
                        latitude + NEARBY_DEGREES,
                        longitude - NEARBY_DEGREES,
                        longitude + NEARBY_DEGREES)
                .stream()
                .map(LocationView::of)
                .toList();
    }
}
