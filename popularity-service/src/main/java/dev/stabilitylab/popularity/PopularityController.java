package dev.stabilitylab.popularity;

import dev.stabilitylab.servicekit.access.Authenticator;
import dev.stabilitylab.servicekit.access.Caller;
import dev.stabilitylab.servicekit.capacity.Capacity;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class PopularityController {

    private final PopularityProperties properties;
    private final Authenticator authenticator;
    private final Capacity capacity;

    PopularityController(PopularityProperties properties, Authenticator authenticator, Capacity capacity) {
        this.properties = properties;
        this.authenticator = authenticator;
        this.capacity = capacity;
    }

    /** For every known user: what is popular is no secret among them. */
    @GetMapping(path = "/popular-items", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<Integer>> popularItems(@RequestHeader HttpHeaders headers) {
        capacity.requireTime();
        Caller caller = authenticator.authenticate(headers);
        List<Integer> items = capacity.serve(properties::items);
        return ResponseEntity.ok().headers(caller.degradation().toHeaders()).body(items);
    }
}
