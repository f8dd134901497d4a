package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.proxy.Resolution;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/** What an endpoint has to say: an answer, or what it needs to know before it can make a change and answer. */
sealed interface Reply permits Response, Reply.AfterLookup {

    /**
     * There are hosts to be looked up first. Until that is done, other changes are made.
     *
     * @param change is given what the hosts came to, and answers when the change is in effect
     */
    record AfterLookup(Collection<String> hosts, Function<Map<String, Resolution>, Response> change) implements Reply {}
}
