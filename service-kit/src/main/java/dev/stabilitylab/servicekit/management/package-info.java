/** The port for operators: who may use it, and that it is not the port of the users. */
@NullMarked
package dev.stabilitylab.servicekit.management;

import org.jspecify.annotations.NullMarked;
