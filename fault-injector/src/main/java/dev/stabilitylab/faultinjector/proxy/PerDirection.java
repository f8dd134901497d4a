package dev.stabilitylab.faultinjector.proxy;

import java.util.function.Supplier;

/** One for each direction. */
record PerDirection<T>(T upstream, T downstream) {

    static <T> PerDirection<T> of(Supplier<T> maker) {
        return new PerDirection<>(maker.get(), maker.get());
    }

    T get(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }
}
