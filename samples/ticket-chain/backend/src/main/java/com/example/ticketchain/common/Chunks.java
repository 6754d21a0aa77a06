package com.example.ticketchain.common;

import java.util.ArrayList;
import java.util.List;

/** Cuts a long list into lists that fit into one IN clause. */
public final class Chunks {

    private Chunks() {
    }

    public static <T> List<List<T>> of(List<T> items, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be positive");
        }
        List<List<T>> chunks = new ArrayList<>();
        for (int start = 0; start < items.size(); start += size) {
            chunks.add(List.copyOf(items.subList(start, Math.min(start + size, items.size()))));
        }
        return chunks;
    }
}
