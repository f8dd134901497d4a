package dev.stabilitylab.homepage;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication(proxyBeanMethods = false)
class HomepageServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(HomepageServiceApplication.class, args);
    }
}
