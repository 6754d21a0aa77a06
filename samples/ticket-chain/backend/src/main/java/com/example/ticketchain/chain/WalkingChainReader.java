package com.example.ticketchain.chain;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Goes down link by link; works on every database. */
@Component
@RequiredArgsConstructor
@ConditionalOnProperty(name = "ticketchain.chain-reader", havingValue = "walk", matchIfMissing = true)
public class WalkingChainReader implements ChainReader {

    private final InvitationRepository invitations;

    @Override
    public long sizeOf(Long userId) {
        long size = 0;
        for (Invitation link : invitations.findByInviterIdOrderByCreatedAt(userId)) {
            size += 1 + sizeOf(link.getInvitee().getId());
        }
        return size;
    }
}
