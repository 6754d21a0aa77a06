package com.example.ticketchain.statistics;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.example.ticketchain.account.UserRepository;
import com.example.ticketchain.chain.InvitationRepository;
import com.example.ticketchain.location.Countries;
import com.example.ticketchain.location.Location;
import com.example.ticketchain.location.LocationRepository;
import com.example.ticketchain.ticket.TicketRepository;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class StatisticsService {

    private static final Duration WEEK = Duration.ofDays(7);

    private final UserRepository users;
    private final InvitationRepository invitations;
    private final TicketRepository tickets;
    private final LocationRepository locations;
    private final Clock clock;

    public StatisticsService(
            UserRepository users,
            InvitationRepository invitations,
            TicketRepository tickets,
            LocationRepository locations,
            Clock clock) {
        this.users = users;
        this.invitations = invitations;
        this.tickets = tickets;
        this.locations = locations;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public StatisticsOverview overview() {
        return new StatisticsOverview(
                users.count(),
                invitations.countByCreatedAtAfter(clock.instant().minus(WEEK)),
                tickets.countPerStatus());
    }

    /** How many locations each country has, by the country's name. */
    @Transactional(readOnly = true)
    public Map<String, Long> countries() {
        List<String> codes = locations.findAll().stream().map(Location::getCountryCode).distinct().toList();
        return codes.stream()
                .collect(Collectors.toMap(Countries::findByCode, locations::countByCountryCode));
    }
}
