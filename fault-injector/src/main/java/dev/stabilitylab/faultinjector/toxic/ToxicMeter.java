package dev.stabilitylab.faultinjector.toxic;

/** Counts what a toxic does. Called on the threads that move bytes, so it must be quick and must not block. */
public interface ToxicMeter {

    /** Counts nothing. */
    ToxicMeter NONE = new ToxicMeter() {
        @Override
        public void requestHit() {}

        @Override
        public void delayed(long nanos) {}
    };

    /** One more request was hit; for toxics that know requests. */
    void requestHit();

    /** One more chunk of bytes was let go, so many nanoseconds after it had come. */
    void delayed(long nanos);
}
