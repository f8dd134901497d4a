/** What has happened, kept for a while and told to everyone who listens: server-sent events. */
@NullMarked
package dev.stabilitylab.faultinjector.events;

import org.jspecify.annotations.NullMarked;
