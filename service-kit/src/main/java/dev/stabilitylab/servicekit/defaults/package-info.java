/** Settings that every service has unless its own configuration says otherwise. */
@NullMarked
package dev.stabilitylab.servicekit.defaults;

import org.jspecify.annotations.NullMarked;
