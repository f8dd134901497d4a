/** What api-client and service-kit share and nobody else uses: durations as text, JSON bodies, problems, refused settings. */
@NullMarked
package dev.stabilitylab.apiclient.internal.support;

import org.jspecify.annotations.NullMarked;
