package dev.stabilitylab.apiclient.internal.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One of each for the whole application. */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
class SupportAutoConfiguration {

    @Bean
    InstanceId instanceId() {
        return InstanceId.random();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class ServletConfiguration {

        @Bean
        ProblemWriter problemWriter(ObjectMapper json) {
            return new ProblemWriter(json);
        }
    }
}
