/** What a service says when it does not start because of a setting. */
@NullMarked
package dev.stabilitylab.servicekit.settings;

import org.jspecify.annotations.NullMarked;
