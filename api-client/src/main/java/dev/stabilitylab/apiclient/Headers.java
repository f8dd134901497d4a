package dev.stabilitylab.apiclient;

import java.util.List;
import java.util.Optional;

/** The headers of a response. Names are matched without regard to case. */
@FunctionalInterface
public interface Headers {

    /** No headers at all. */
    Headers NONE = name -> List.of();

    /** The values of every header of that name, in the order in which they were received; empty when there is none. */
    List<String> all(String name);

    /** The first header of that name. */
    default Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}
