package dev.stabilitylab.faultinjector.toxic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BufferedBytesTest {

    private static final int CAPACITY = 1024 * 1024;

    private final BufferedBytes all = new BufferedBytes(10L * CAPACITY);

    @Test
    void letsEachHoldItsCapacityWhileThereIsRoom() {
        all.add(9L * CAPACITY);

        assertThat(all.hasRoom(CAPACITY - 1, CAPACITY)).isTrue();
        assertThat(all.hasRoom(CAPACITY, CAPACITY)).isFalse();
    }

    @Test
    void letsEachHoldAChunkWhenThereIsNone() {
        all.add(10L * CAPACITY);

        assertThat(all.hasRoom(BufferedBytes.ALWAYS - 1, CAPACITY)).isTrue();
        assertThat(all.hasRoom(BufferedBytes.ALWAYS, CAPACITY)).isFalse();
        assertThat(all.hasRoom(100, 100)).isFalse();
    }

    @Test
    void hasRoomAgainWhenBytesAreLetGo() {
        all.add(10L * CAPACITY);
        all.add(-1);

        assertThat(all.total()).isEqualTo(10L * CAPACITY - 1);
        assertThat(all.hasRoom(BufferedBytes.ALWAYS, CAPACITY)).isTrue();
    }

    @Test
    void chargesSmallChunksWithWhatIsAroundThem() {
        assertThat(BufferedBytes.cost(Unpooled.wrappedBuffer(new byte[1]))).isEqualTo(1 + BufferedBytes.CHUNK_OVERHEAD);
    }
}
