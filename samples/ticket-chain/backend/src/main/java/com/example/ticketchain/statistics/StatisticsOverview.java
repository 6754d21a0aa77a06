package com.example.ticketchain.statistics;

import java.util.List;

import com.example.ticketchain.ticket.StatusCount;

public record StatisticsOverview(long users, long invitationsThisWeek, List<StatusCount> tickets) {
}
