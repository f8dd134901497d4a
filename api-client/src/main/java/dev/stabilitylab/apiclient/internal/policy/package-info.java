/** What a gateway does to protect a caller from its upstream, as values: what can be set, what is allowed, how long to wait. */
@NullMarked
package dev.stabilitylab.apiclient.internal.policy;

import org.jspecify.annotations.NullMarked;
