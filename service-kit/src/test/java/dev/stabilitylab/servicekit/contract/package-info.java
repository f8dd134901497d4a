/** What every service must keep, as tests over real sockets for the services' own tests to inherit. */
@NullMarked
package dev.stabilitylab.servicekit.contract;

import org.jspecify.annotations.NullMarked;
