package dev.stabilitylab.apiclient.autoconfigure;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.apiclient.internal.gateway.Gateways;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.PolicyJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches policies while the service runs, beside the endpoint that shows them. A controller, since an actuator endpoint's
 * own operations take flat parameters only, and a policy is given whole.
 */
@RestController
final class PolicyController {

    private static final String PATH = "${management.endpoints.web.base-path:/actuator}/upstreams/{name}/policy";
    private static final int MAX_BYTES = 64 * 1024;

    private final Gateways gateways;
    private final ObjectMapper mapper;
    private final boolean allowed;

    PolicyController(Gateways gateways, ObjectMapper mapper, boolean allowed) {
        this.gateways = gateways;
        this.mapper = mapper;
        this.allowed = allowed;
    }

    /** Without {@code ttl} the policy lasts. */
    @PutMapping(PATH)
    ResponseEntity<?> replace(
            @PathVariable String name, @RequestParam(required = false) @Nullable String ttl, InputStream body)
            throws IOException {
        Optional<ResponseEntity<?>> refusal = refusal(name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        byte[] json = body.readNBytes(MAX_BYTES + 1);
        if (json.length > MAX_BYTES) {
            return problem(
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "The policy is too long",
                    "It may have at most %d bytes".formatted(MAX_BYTES));
        }
        try {
            switchPolicy(name, read(json), ttl);
        } catch (IllegalArgumentException refused) {
            return problem(HttpStatus.BAD_REQUEST, "The policy is not usable", String.valueOf(refused.getMessage()));
        }
        return ResponseEntity.ok(gateways.view(name));
    }

    /** Ends a temporary policy. Where there is none, nothing changes, and that is no error: it may have ended a moment ago. */
    @DeleteMapping(PATH)
    ResponseEntity<?> endTemporary(@PathVariable String name) {
        Optional<ResponseEntity<?>> refusal = refusal(name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        gateways.endTemporaryPolicy(name);
        return ResponseEntity.ok(gateways.view(name));
    }

    private Optional<ResponseEntity<?>> refusal(String name) {
        if (!allowed) {
            return Optional.of(problem(
                    HttpStatus.FORBIDDEN,
                    "Policies cannot be switched here",
                    "Set %s to true to allow it".formatted(ApiClientProperties.POLICY_SWITCHING)));
        }
        if (!gateways.upstreams().contains(name)) {
            return Optional.of(problem(
                    HttpStatus.NOT_FOUND,
                    "There is no such upstream",
                    "The upstreams of this service are %s".formatted(gateways.upstreams())));
        }
        return Optional.empty();
    }

    private void switchPolicy(String name, Policy policy, @Nullable String ttl) {
        if (ttl == null) {
            gateways.switchPolicy(name, policy);
        } else {
            gateways.switchPolicy(name, policy, PolicyJson.readDuration("ttl", ttl));
        }
    }

    private Policy read(byte[] json) {
        Map<String, Object> settings;
        try {
            settings = mapper.readValue(json, new TypeReference<>() {});
        } catch (IOException malformed) {
            throw new IllegalArgumentException("the body is not a JSON object", malformed);
        }
        if (settings == null) {
            throw new IllegalArgumentException("the body is null; it must be a JSON object");
        }
        return PolicyJson.read(settings);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(title);
        problem.setDetail(detail);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
