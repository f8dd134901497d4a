/** The policies at work: one step a class, put together in one method. */
@NullMarked
package dev.stabilitylab.apiclient.internal.gateway;

import org.jspecify.annotations.NullMarked;
