package com.example.ticketchain.badge;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import lombok.Getter;

/** Reference data: only migrations write it. */
@Entity
@Table(name = "badges")
@Getter
public class Badge {

    @Id
    private String code;

    private String name;

    @Enumerated(EnumType.STRING)
    private BadgeKind kind;

    private int threshold;
}
