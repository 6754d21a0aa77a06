package com.example.ticketchain.chain;

import java.io.Serializable;

public record LeaderboardRow(String displayName, long reach) implements Serializable {
}
