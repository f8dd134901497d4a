package dev.stabilitylab.faultinjector.endurance;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** An endless stream of bytes that depends on nothing but a seed. */
final class Bytes {

    private static final int BLOCK = 4096;

    private final Random random;
    private final byte[] block = new byte[BLOCK];
    private int used = BLOCK;

    Bytes(long seed) {
        random = new Random(seed);
    }

    /** The next ones. */
    byte[] next(int count) {
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; ) {
            if (used == BLOCK) {
                random.nextBytes(block);
                used = 0;
            }
            int part = Math.min(count - done, BLOCK - used);
            System.arraycopy(block, used, bytes, done, part);
            used += part;
            done += part;
        }
        return bytes;
    }

    /** The SHA-256 of the first ones of a stream. */
    static String hash(long seed, long count) {
        Bytes bytes = new Bytes(seed);
        MessageDigest digest = digest();
        for (long left = count; left > 0; left -= BLOCK) {
            digest.update(bytes.next((int) Math.min(left, BLOCK)));
        }
        return hex(digest);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
