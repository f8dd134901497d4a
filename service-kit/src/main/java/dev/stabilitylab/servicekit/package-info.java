/** What every service of the suite does the same way. */
@NullMarked
package dev.stabilitylab.servicekit;

import org.jspecify.annotations.NullMarked;
