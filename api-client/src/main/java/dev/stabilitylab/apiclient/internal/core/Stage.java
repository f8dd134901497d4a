package dev.stabilitylab.apiclient.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * One policy, as all calls to an upstream share it. Thread-safe. What it must remember of one call stands in the {@link Pass} that it makes
 * for it; a policy that wants several attempts in flight, such as hedging, makes several passes of what is inside.
 */
interface Stage {

    /** This policy's part in a call that begins; {@link Pass#none()} when it has none. */
    <T> Pass<T> begin(Call<T> call, long now);

    /** One policy's part in one call. Used by one thread at a time. */
    class Pass<T> {

        private static final Pass<?> NONE = new Pass<>();

        /** The part of a policy that leaves the call alone. */
        @SuppressWarnings("unchecked") // It only passes on.
        static <T> Pass<T> none() {
            return (Pass<T>) NONE;
        }

        /**
         * Decides before what is inside begins.
         *
         * @return null to go further in; {@link Action.Wait} to be asked again then; {@link Action.End} to turn back
         */
        @Nullable
        Action enter(long now) {
            return null;
        }

        /**
         * Decides after what is inside has ended.
         *
         * @return {@code end} or another {@link Action.End} to go further out; {@link Action.Wait} to go in again then
         */
        Action leave(Action.End<T> end, long now) {
            return end;
        }

        /** The call ends without coming back here. Gives back whatever is held. */
        void abandon() {}
    }
}
