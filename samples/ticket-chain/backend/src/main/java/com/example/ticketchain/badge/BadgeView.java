package com.example.ticketchain.badge;

import java.io.Serializable;

public record BadgeView(String code, String name, BadgeKind kind, int threshold) implements Serializable {

    static BadgeView of(Badge badge) {
        return new BadgeView(badge.getCode(), badge.getName(), badge.getKind(), badge.getThreshold());
    }
}
