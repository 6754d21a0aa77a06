package com.example.ticketchain.location;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

public interface LocationRepository extends JpaRepository<Location, Long> {

    List<Location> findTop20ByUserIdOrderByRecordedAtDesc(Long userId);

    List<Location> findTop100ByCountryCodeAndCityOrderByRecordedAtDesc(String countryCode, String city);

    long countByCountryCode(String countryCode);

    @Query(nativeQuery = true, value = """
            SELECT * FROM locations
            WHERE latitude BETWEEN :south AND :north AND longitude BETWEEN :west AND :east
            LIMIT 200
            """)
    List<Location> findWithin(
            @Param("south") double south,
            @Param("north") double north,
            @Param("west") double west,
            @Param("east") double east);
}
