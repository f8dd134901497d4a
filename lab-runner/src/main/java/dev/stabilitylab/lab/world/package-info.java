/** The system under test: started on this machine, and made to fail. */
@NullMarked
package dev.stabilitylab.lab.world;

import org.jspecify.annotations.NullMarked;
