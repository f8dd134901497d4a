package dev.stabilitylab.servicekit.trouble;

import dev.stabilitylab.servicekit.capacity.Capacity;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service that does nothing, within its capacity. */
@EnableAutoConfiguration
@RestController
class TroubledApplication {

    private final Capacity capacity;

    TroubledApplication(Capacity capacity) {
        this.capacity = capacity;
    }

    @GetMapping("/work")
    String work() {
        return capacity.serve(() -> "done");
    }
}
