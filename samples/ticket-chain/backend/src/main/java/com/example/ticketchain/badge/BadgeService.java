package com.example.ticketchain.badge;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.example.ticketchain.chain.Invitation;
import com.example.ticketchain.chain.InvitationRepository;

import lombok.RequiredArgsConstructor;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@RequiredArgsConstructor
public class BadgeService {

    private final UserBadgeRepository userBadges;
    private final InvitationRepository invitations;
    private final BadgeCatalog catalog;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    /** Names of the badges that a user holds. */
    @Transactional(readOnly = true)
    public List<String> namesOf(Long userId) {
        List<String> names = new ArrayList<>();
        for (UserBadge held : userBadges.findByIdUserId(userId)) {
            names.add(catalog.nameOf(held.getId().getBadgeCode()));
        }
        return names;
    }

    /** How many badges each user has whom this one invited, by user id. */
    @Transactional(readOnly = true)
    public Map<Long, Long> teamOf(Long userId) {
        Map<Long, Long> counts = new LinkedHashMap<>();
        for (Invitation link : invitations.findByInviterIdOrderByCreatedAt(userId)) {
            Long memberId = link.getInvitee().getId();
            counts.put(memberId, jdbc.queryForObject(
                    "SELECT count(*) FROM user_badges WHERE user_id = ?", Long.class, memberId));
        }
        return counts;
    }

    /** Awards what an inviter has reached with this many invitations and doesn't hold yet. */
    @Transactional
    public void awardInviter(Long userId, long invited) {
        Set<String> held = userBadges.findByIdUserId(userId).stream()
                .map(badge -> badge.getId().getBadgeCode())
                .collect(Collectors.toSet());
        List<UserBadge> reached = catalog.all().stream()
                .filter(badge -> badge.kind() == BadgeKind.INVITER && badge.threshold() <= invited)
                .filter(badge -> !held.contains(badge.code()))
                .map(badge -> new UserBadge(new UserBadge.Key(userId, badge.code()), clock.instant()))
                .toList();
        userBadges.saveAll(reached);
    }

    @Transactional
    public void share(Long userId, String code, String channel) {
        jdbc.update("INSERT INTO badge_shares (badge_code, user_id, channel) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                code, userId, channel);
    }
}
