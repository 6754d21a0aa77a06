package com.example.ticketchain.badge;

import org.springframework.data.jpa.repository.JpaRepository;

public interface BadgeRepository extends JpaRepository<Badge, String> {

    long countByKind(BadgeKind kind);
}
