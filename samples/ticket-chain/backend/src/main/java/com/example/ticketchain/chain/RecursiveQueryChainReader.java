package com.example.ticketchain.chain;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Lets PostgreSQL go down the chain in one recursive query. */
@Component
@RequiredArgsConstructor
@ConditionalOnProperty(name = "ticketchain.chain-reader", havingValue = "query")
public class RecursiveQueryChainReader implements ChainReader {

    private final InvitationRepository invitations;

    @Override
    public long sizeOf(Long userId) {
        return invitations.countBelow(userId);
    }
}
