package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.concurrent.EventExecutor;

/**
 * What all proxies have in common.
 *
 * @param changes ends faults whose time is over; its clock is the one that counts
 * @param seed of all that is random about toxics
 */
record Shared(EventLoops loops, EventExecutor changes, Resolver resolver, long seed, Announcer announcer) {}
