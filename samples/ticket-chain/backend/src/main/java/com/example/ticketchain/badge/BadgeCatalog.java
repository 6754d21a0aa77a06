package com.example.ticketchain.badge;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.example.ticketchain.common.Refusal;

import lombok.RequiredArgsConstructor;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The few badges there are, kept in the cache. */
@Service
@RequiredArgsConstructor
public class BadgeCatalog {

    private final BadgeRepository badges;

    @Cacheable("badges")
    @Transactional(readOnly = true)
    public List<BadgeView> all() {
        return badges.findAll().stream().map(BadgeView::of).toList();
    }

    @Cacheable("badge-names")
    @Transactional(readOnly = true)
    public String nameOf(String code) {
        return badges.findById(code).map(Badge::getName).orElseThrow(() -> Refusal.notFound("Badge"));
    }

    @Cacheable("badge-kinds")
    @Transactional(readOnly = true)
    public Map<BadgeKind, Long> perKind() {
        Map<BadgeKind, Long> counts = new EnumMap<>(BadgeKind.class);
        for (BadgeKind kind : BadgeKind.values()) {
            counts.put(kind, badges.countByKind(kind));
        }
        return counts;
    }
}
