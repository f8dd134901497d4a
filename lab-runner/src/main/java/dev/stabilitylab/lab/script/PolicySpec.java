package dev.stabilitylab.lab.script;

import java.util.Map;

/**
 * A policy of the gateway as the script states it, in the shape that the services' endpoint {@code /actuator/upstreams}
 * takes: keys in kebab case, durations as text, nothing missing. The names of the keys are checked when the script is read, the values by the service.
 */
public record PolicySpec(Map<String, Object> settings) {}
