package com.example.ticketchain.statistics;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.example.ticketchain.chain.ChainService;
import com.example.ticketchain.chain.LeaderboardRow;

import lombok.RequiredArgsConstructor;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Public numbers; nothing here depends on who asks. */
@RestController
@RequestMapping("/api/statistics")
@RequiredArgsConstructor
public class StatisticsController {

    private static final Duration COUNTRIES_MAX_AGE = Duration.ofMinutes(10);

    private final StatisticsService statistics;
    private final ChainService chains;

    @GetMapping
    public StatisticsOverview overview() {
        return statistics.overview();
    }

    @GetMapping("/countries")
    public ResponseEntity<Map<String, Long>> countries() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(COUNTRIES_MAX_AGE).cachePublic())
                .body(statistics.countries());
    }

    @GetMapping("/leaderboard")
    public List<LeaderboardRow> leaderboard() {
        return chains.leaderboard();
    }
}
