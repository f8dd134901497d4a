package dev.stabilitylab.apiclient.autoconfigure;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.apiclient.gateway.Gateways;
import dev.stabilitylab.apiclient.policy.Policy;
import dev.stabilitylab.apiclient.policy.PolicyJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches policies while the service runs, beside the endpoint that shows them. A controller, since an actuator endpoint's
 * own operations take flat parameters only, and a policy is given whole.
 */
@RestController
final class PolicyController {

    private static final int MAX_BYTES = 64 * 1024;

    private final Gateways gateways;
    private final ObjectMapper mapper;
    private final boolean allowed;

    PolicyController(Gateways gateways, ObjectMapper mapper, boolean allowed) {
        this.gateways = gateways;
        this.mapper = mapper;
        this.allowed = allowed;
    }

    @PutMapping("${management.endpoints.web.base-path:/actuator}/upstreams/{name}/policy")
    ResponseEntity<?> replace(@PathVariable String name, InputStream body) throws IOException {
        if (!allowed) {
            return problem(
                    HttpStatus.FORBIDDEN,
                    "Policies cannot be switched here",
                    "Set %s to true to allow it".formatted(ApiClientProperties.POLICY_SWITCHING));
        }
        if (!gateways.upstreams().contains(name)) {
            return problem(
                    HttpStatus.NOT_FOUND,
                    "There is no such upstream",
                    "The upstreams of this service are %s".formatted(gateways.upstreams()));
        }
        byte[] json = body.readNBytes(MAX_BYTES + 1);
        if (json.length > MAX_BYTES) {
            return problem(
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "The policy is too long",
                    "It may have at most %d bytes".formatted(MAX_BYTES));
        }
        try {
            gateways.switchPolicy(name, read(json));
        } catch (IllegalArgumentException refused) {
            return problem(HttpStatus.BAD_REQUEST, "The policy is not usable", String.valueOf(refused.getMessage()));
        }
        return ResponseEntity.ok(gateways.view(name));
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
