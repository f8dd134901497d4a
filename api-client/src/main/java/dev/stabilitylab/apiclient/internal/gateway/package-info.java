/** The clients as callers see them, and the driver that carries out what their calls decide. */
@NullMarked
package dev.stabilitylab.apiclient.internal.gateway;

import org.jspecify.annotations.NullMarked;
