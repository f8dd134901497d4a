/** The gateway: one way to call an upstream, with every policy that keeps a failing upstream from taking its callers along. */
@NullMarked
package dev.stabilitylab.apiclient;

import org.jspecify.annotations.NullMarked;
