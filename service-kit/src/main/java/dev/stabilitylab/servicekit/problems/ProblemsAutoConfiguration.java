package dev.stabilitylab.servicekit.problems;

import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Makes every error body a problem. */
@AutoConfiguration(before = WebMvcAutoConfiguration.class)
class ProblemsAutoConfiguration {

    @Bean
    ProblemAdvice problemAdvice(ProblemWriter writer) {
        return new ProblemAdvice(writer);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports(ProblemWriter writer) {
        return ProblemReportValve.customizer(writer);
    }
}
