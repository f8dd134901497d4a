package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.servicekit.capacity.Capacity;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service that does nothing, within its capacity. */
@EnableAutoConfiguration
@RestController
class FaultyApplication {

    private final Capacity capacity;

    FaultyApplication(Capacity capacity) {
        this.capacity = capacity;
    }

    @GetMapping("/work")
    String work() {
        return capacity.serve(() -> "done");
    }
}
