/** How the lab speaks to a system besides loading it: the fault injector's API and the gateways' policies. */
@NullMarked
package dev.stabilitylab.lab.world.control;

import org.jspecify.annotations.NullMarked;
