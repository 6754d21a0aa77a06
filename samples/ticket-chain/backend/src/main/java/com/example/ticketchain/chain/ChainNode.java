package com.example.ticketchain.chain;

import java.util.List;

/** A user and everybody below. */
public record ChainNode(Long userId, String displayName, List<ChainNode> invited) {
}
