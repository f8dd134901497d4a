package dev.stabilitylab.homepage;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the page's filter around all others. */
@Configuration(proxyBeanMethods = false)
class PageMetricsConfiguration {

    @Bean
    FilterRegistrationBean<PageMetricsFilter> pageMetricsFilter(MeterRegistry registry) {
        FilterRegistrationBean<PageMetricsFilter> registration =
                new FilterRegistrationBean<>(new PageMetricsFilter(new PageMetrics(registry)));
        registration.addUrlPatterns(HomepageController.PATH);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }
}
