package dev.stabilitylab.homepage;

import dev.stabilitylab.servicekit.access.Authenticator;
import dev.stabilitylab.servicekit.access.Caller;
import dev.stabilitylab.servicekit.capacity.Capacity;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class HomepageController {

    static final String PATH = "/home";

    private final Authenticator authenticator;
    private final PageComposer composer;
    private final Capacity capacity;

    HomepageController(Authenticator authenticator, PageComposer composer, Capacity capacity) {
        this.authenticator = authenticator;
        this.composer = composer;
        this.capacity = capacity;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page> home(@RequestHeader HttpHeaders headers) {
        Page page = capacity.serve(() -> {
            Caller caller = authenticator.authenticate(headers);
            caller.require("can_view_homepage");
            return composer.compose(caller);
        });
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .headers(page.degradation().toHeaders())
                .body(page);
    }
}
