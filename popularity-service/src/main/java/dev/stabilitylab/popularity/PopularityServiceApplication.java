package dev.stabilitylab.popularity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(PopularityProperties.class)
class PopularityServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(PopularityServiceApplication.class, args);
    }
}
