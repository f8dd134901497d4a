package dev.stabilitylab.lab.world.local;

import java.net.URI;
import java.time.Duration;

/**
 * A running part of the system: a process.
 *
 * @param name e.g. {@code homepage-1} or {@code fault-injector}
 * @param baseUrl of its API
 * @param readyAfter from the start of its process until it was ready
 */
public record Part(String name, URI baseUrl, Duration readyAfter) {}
