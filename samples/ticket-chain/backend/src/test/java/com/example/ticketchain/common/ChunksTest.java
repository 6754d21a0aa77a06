package com.example.ticketchain.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;

import org.junit.jupiter.api.Test;

class ChunksTest {

    @Test
    void theLastChunkHoldsTheRest() {
        assertThat(Chunks.of(List.of(1, 2, 3, 4, 5), 2)).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    }

    @Test
    void anEmptyListHasNoChunks() {
        assertThat(Chunks.of(List.of(), 2)).isEmpty();
    }

    @Test
    void aChunkNeedsRoomForOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> Chunks.of(List.of(1), 0));
    }
}
