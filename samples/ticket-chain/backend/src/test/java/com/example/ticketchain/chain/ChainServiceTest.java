package com.example.ticketchain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.example.ticketchain.account.User;
import com.example.ticketchain.account.UserRepository;
import com.example.ticketchain.account.UserView;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.springframework.test.util.ReflectionTestUtils;

/** A chain of five: 1 invited 2 and 3, 2 invited 4, 4 invited 5. */
class ChainServiceTest {

    private final Map<Long, User> usersById = new HashMap<>();
    private final InvitationRepository invitations = mock(InvitationRepository.class);
    private final UserRepository users = mock(UserRepository.class);
    private final ChainReader reader = new WalkingChainReader(invitations);
    private final ChainService chains = new ChainService(invitations, users, reader);

    @BeforeEach
    void build() {
        for (long id = 1; id <= 5; id++) {
            User user = new User("user" + id + "@example.com", "user-" + id, "", Instant.EPOCH);
            ReflectionTestUtils.setField(user, "id", id);
            usersById.put(id, user);
            when(users.findById(id)).thenReturn(Optional.of(user));
        }
        when(users.findAllById(ArgumentMatchers.<Iterable<Long>>any())).thenAnswer(call -> {
            Iterable<Long> ids = call.getArgument(0);
            return StreamSupport.stream(ids.spliterator(), false).map(usersById::get).toList();
        });
        invited(1, 2, 3);
        invited(2, 4);
        invited(4, 5);
    }

    @Test
    void theTreeHoldsEverybodyBelow() {
        ChainNode root = chains.chainOf(1L);
        assertThat(root.invited()).extracting(ChainNode::userId).containsExactly(2L, 3L);
        ChainNode five = root.invited().get(0).invited().get(0).invited().get(0);
        assertThat(five).isEqualTo(new ChainNode(5L, "user-5", List.of()));
    }

    @Test
    void theSizeCountsEveryDepth() {
        assertThat(reader.sizeOf(1L)).isEqualTo(4);
        assertThat(reader.sizeOf(3L)).isZero();
    }

    @Test
    void theInvitedKeepTheirOrder() {
        assertThat(chains.invitedBy(1L)).extracting(UserView::id).containsExactly(2L, 3L);
    }

    @Test
    void ancestorsEndAtTheThird() {
        assertThat(chains.ancestorsOf(5L)).containsExactly(4L, 2L, 1L);
        assertThat(chains.ancestorsOf(1L)).isEmpty();
    }

    private void invited(long inviter, long... invitees) {
        List<Invitation> links = Arrays.stream(invitees)
                .mapToObj(id -> new Invitation(usersById.get(inviter), usersById.get(id), id, Instant.EPOCH))
                .toList();
        when(invitations.findByInviterIdOrderByCreatedAt(inviter)).thenReturn(links);
        links.forEach(link ->
                when(invitations.findByInviteeId(link.getInvitee().getId())).thenReturn(Optional.of(link)));
    }
}
