package dev.stabilitylab.servicekit.access;

import dev.stabilitylab.apiclient.ApiClients;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** For services that have auth as an upstream. */
@AutoConfiguration
class AccessAutoConfiguration {

    @Bean
    @ConditionalOnProperty("api-client.upstreams.auth.base-url")
    Authenticator authenticator(ApiClients clients) {
        return new Authenticator(clients.upstream("auth"));
    }
}
