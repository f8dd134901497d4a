/** The system under test, as the simulations see it: homepages to load, policies to switch, upstreams to break. */
@NullMarked
package dev.stabilitylab.lab.world;

import org.jspecify.annotations.NullMarked;
