package dev.stabilitylab.lab.world.local;

import java.net.URI;
import java.util.List;

/**
 * A part of the system, to be started.
 *
 * @param name e.g. {@code homepage-1}
 * @param module the module whose program it runs
 * @param arguments for the program
 * @param baseUrl of its API
 * @param readiness answers 200 once the part is ready
 */
record PartSpec(String name, String module, List<String> arguments, URI baseUrl, URI readiness) {}
