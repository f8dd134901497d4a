/** The gateway in a Spring Boot application: settings, beans, the actuator endpoint and the deadline filter. */
@NullMarked
package dev.stabilitylab.apiclient.autoconfigure;

import org.jspecify.annotations.NullMarked;
