package dev.stabilitylab.apiclient.autoconfigure;

import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Warns once, when all settings have turned out to be usable. */
@AutoConfiguration(after = ApiClientAutoConfiguration.class)
class UnreadKeysAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadKeysAutoConfiguration.class);

    @Bean
    SmartInitializingSingleton unreadKeysWarning(Environment environment, ApiClientProperties properties) {
        return () -> {
            SortedSet<String> unread =
                    new UnreadKeys(environment, properties.upstreams().keySet()).find();
            if (!unread.isEmpty()) {
                LOG.warn(
                        "These settings have no effect: {}. They are misspelt, belong to no upstream, or are not supported;"
                                + " the upstreams are {}",
                        String.join(", ", unread),
                        properties.upstreams().keySet());
            }
        };
    }
}
