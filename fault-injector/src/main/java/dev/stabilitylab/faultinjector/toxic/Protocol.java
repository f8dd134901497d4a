package dev.stabilitylab.faultinjector.toxic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** Follows what is spoken on connections, for toxics that understand it. */
@FunctionalInterface
public interface Protocol {

    /**
     * Makes the handler of one connection, which comes first in the pipeline of the upstream's channel: what the client sends goes through
     * it last, and what the upstream sends first.
     *
     * @param client the connection's other channel
     */
    ChannelHandler newHandler(Channel client);
}
