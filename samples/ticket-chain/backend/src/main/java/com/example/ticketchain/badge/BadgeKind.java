package com.example.ticketchain.badge;

public enum BadgeKind {
    INVITER,
    TRAVELLER
}
