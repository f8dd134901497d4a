package dev.stabilitylab.lab.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of things right now, for the terminal.
 *
 * @param pagesPerSecond pages that users could look at, full or degraded, that ended in the last second
 * @param availability share of all pages of the last second, refused ones aside, that users could look at, 0 to 1; null without such pages
 * @param breakers state by upstream, by instance; without instances that did not answer lately
 */
public record LiveView(int pagesPerSecond, @Nullable Double availability, Map<String, Map<String, String>> breakers) {}
