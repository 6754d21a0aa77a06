package com.example.ticketchain.chain;

/** Measures the chain that starts at a user. */
public interface ChainReader {

    /** How many users are below this one, at any depth. */
    long sizeOf(Long userId);
}
