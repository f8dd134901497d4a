package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call as its caller wants it.
 *
 * @param idempotent whether it may be sent more than once
 * @param lease which earlier answers may stand in; null for none
 */
record CallSpec<T>(
        OutgoingRequest request,
        boolean idempotent,
        AnswerReader<T> reader,
        @Nullable LeaseKey lease,
        @Nullable Function<? super Failure, ? extends T> fallback) {}
