package dev.stabilitylab.auth;

import dev.stabilitylab.servicekit.access.AccessProblems;
import dev.stabilitylab.servicekit.access.Token;
import dev.stabilitylab.servicekit.capacity.Capacity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class AuthController {

    private final Directory directory;
    private final Capacity capacity;

    AuthController(Directory directory, Capacity capacity) {
        this.directory = directory;
        this.capacity = capacity;
    }

    @PostMapping(path = "/authenticate", produces = MediaType.APPLICATION_JSON_VALUE)
    User authenticate(@RequestHeader HttpHeaders headers) {
        Token token = Token.from(headers);
        return capacity.serve(() -> directory.find(token.value()).orElseThrow(AccessProblems::unknownToken));
    }
}
