package com.example.ticketchain.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.example.ticketchain.account.User;
import com.example.ticketchain.account.UserRepository;
import com.example.ticketchain.account.UserView;
import com.example.ticketchain.common.Refusal;

import lombok.RequiredArgsConstructor;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@RequiredArgsConstructor
public class ChainService {

    private static final int LEADERBOARD_ROWS = 20;
    private static final int MAX_DEPTH = 12;

    private final InvitationRepository invitations;
    private final UserRepository users;
    private final ChainReader chains;

    /** The tree below a user, down to {@value #MAX_DEPTH} links. */
    @Transactional(readOnly = true)
    public ChainNode chainOf(Long userId) {
        return nodeOf(userId, MAX_DEPTH);
    }

    /** The users that this one has invited, with one query for the links and one for the users. */
    @Transactional(readOnly = true)
    public List<UserView> invitedBy(Long userId) {
        List<Invitation> links = invitations.findByInviterIdOrderByCreatedAt(userId);
        List<Long> ids = links.stream().map(link -> link.getInvitee().getId()).toList();
        Map<Long, User> byId = users.findAllById(ids).stream()
                .collect(Collectors.toMap(User::getId, Function.identity()));
        return ids.stream().map(byId::get).map(UserView::of).toList();
    }

    /** The inviter, the inviter's inviter and theirs: nearest first. */
    @Transactional(readOnly = true)
    public List<Long> ancestorsOf(Long userId) {
        List<Long> ancestors = new ArrayList<>();
        Long current = userId;
        for (int level = 0; level < 3; level++) {
            Optional<Invitation> link = invitations.findByInviteeId(current);
            if (link.isEmpty()) {
                break;
            }
            current = link.get().getInviter().getId();
            ancestors.add(current);
        }
        return ancestors;
    }

    @Cacheable("leaderboard")
    @Transactional(readOnly = true)
    public List<LeaderboardRow> leaderboard() {
        List<Long> inviterIds = invitations.findInviterIdsByReach(Limit.of(LEADERBOARD_ROWS));
        List<LeaderboardRow> rows = new ArrayList<>();
        for (User user : users.findAllById(inviterIds)) {
            rows.add(new LeaderboardRow(user.getDisplayName(), chains.sizeOf(user.getId())));
        }
        rows.sort((left, right) -> Long.compare(right.reach(), left.reach()));
        return rows;
    }

    private ChainNode nodeOf(Long userId, int depthLeft) {
        User user = users.findById(userId).orElseThrow(() -> Refusal.notFound("User"));
        List<ChainNode> invited = new ArrayList<>();
        if (depthLeft > 0) {
            for (Invitation link : invitations.findByInviterIdOrderByCreatedAt(userId)) {
                invited.add(nodeOf(link.getInvitee().getId(), depthLeft - 1));
            }
        }
        return new ChainNode(user.getId(), user.getDisplayName(), invited);
    }
}
