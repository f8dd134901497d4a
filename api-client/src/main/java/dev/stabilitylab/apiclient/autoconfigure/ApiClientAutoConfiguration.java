package dev.stabilitylab.apiclient.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.internal.gateway.Gateways;
import dev.stabilitylab.apiclient.internal.gateway.Observations;
import dev.stabilitylab.apiclient.internal.support.InstanceId;
import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryProperties;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;

/** Clients of all upstreams below {@code api-client.upstreams}. */
@AutoConfiguration(
        after = {
            JacksonAutoConfiguration.class,
            CircuitBreakerAutoConfiguration.class,
            BulkheadAutoConfiguration.class,
            RetryAutoConfiguration.class,
            TimeLimiterAutoConfiguration.class
        },
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration"
        },
        beforeName = "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration")
@EnableConfigurationProperties(ApiClientProperties.class)
class ApiClientAutoConfiguration {

    @Bean
    UpstreamSettings.Checked apiClientSettings(
            ApiClientProperties properties,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry timeLimiters,
            RetryProperties retries) {
        PolicyAssembler assembler = new PolicyAssembler(breakers, bulkheads, timeLimiters, retries);
        return new UpstreamSettings(assembler).check(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    Gateways apiClients(
            UpstreamSettings.Checked settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<ObjectMapper> mapper,
            Observations observations) {
        return new Gateways(
                settings.upstreams(),
                breakers,
                bulkheads,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                mapper.getIfAvailable(ObjectMapper::new),
                observations);
    }

    @Bean
    @ConditionalOnMissingBean
    Observations apiClientObservations(ObjectProvider<ObservationRegistry> registry, ApiClientProperties properties) {
        return new Observations(registry.getIfAvailable(() -> ObservationRegistry.NOOP), properties.faultHeader());
    }

    /** Calls and attempts have metrics of their own, with the same names but for the plural: one set is enough. */
    @Bean
    MeterFilter noMetersOfObservedCalls() {
        return MeterFilter.deny(id -> Observations.isMeterOfOne(id.getName()));
    }

    /** Carries the deadline of a request, and the trace that it belongs to, over to the threads that work for it. */
    @Bean
    @ConditionalOnMissingBean
    TaskDecorator requestTaskDecorator(Observations observations) {
        return task -> {
            Runnable observed = observations.carriedBy(task);
            return Deadline.current()
                    .map(deadline -> deadline.carriedBy(observed))
                    .orElse(observed);
        };
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
    static class ActuatorConfiguration {

        @Bean
        @ConditionalOnAvailableEndpoint
        UpstreamsEndpoint upstreamsEndpoint(Gateways gateways, InstanceId instance) {
            return new UpstreamsEndpoint(gateways, instance);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class ServletConfiguration {

        @Bean
        FilterRegistrationBean<DeadlineFilter> deadlineFilter(
                ProblemWriter problems, UpstreamSettings.Checked settings) {
            FilterRegistrationBean<DeadlineFilter> registration =
                    new FilterRegistrationBean<>(new DeadlineFilter(problems, settings.trustedCallers()));
            // After the metrics' filter, so that refused requests are counted.
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
            return registration;
        }
    }
}
