package dev.stabilitylab.servicekit.problems;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A service in which everything goes wrong that can. */
@EnableAutoConfiguration
@RestController
class DefectiveApplication {

    static final String INTERNALS = "table users is locked";

    record Order(int item) {}

    @GetMapping("/exception")
    String exception() {
        throw new IllegalStateException(INTERNALS);
    }

    @GetMapping("/error-of-the-machine")
    String error() {
        throw new StackOverflowError(INTERNALS);
    }

    @GetMapping("/unavailable")
    String unavailable() {
        throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, INTERNALS);
    }

    @GetMapping("/teapot")
    void teapot(HttpServletResponse response) throws IOException {
        response.sendError(418, INTERNALS);
    }

    @GetMapping("/number")
    int number(@RequestParam int value) {
        return value;
    }

    @PostMapping(path = "/order", consumes = "application/json")
    int order(@RequestBody Order order) {
        return order.item();
    }

    @Bean
    FilterRegistrationBean<Filter> failingFilter() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            throw new ServletException(INTERNALS);
        });
        registration.addUrlPatterns("/filtered");
        return registration;
    }
}
