package dev.stabilitylab.recommendations;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(RecommendationsProperties.class)
class RecommendationsServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(RecommendationsServiceApplication.class, args);
    }
}
