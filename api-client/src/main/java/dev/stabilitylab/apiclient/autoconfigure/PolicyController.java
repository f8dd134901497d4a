package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.internal.gateway.Gateways;
import dev.stabilitylab.apiclient.internal.gateway.UpstreamView;
import dev.stabilitylab.apiclient.internal.policy.Policy;
import dev.stabilitylab.apiclient.internal.policy.PolicyReader;
import dev.stabilitylab.apiclient.internal.support.ChangePermission;
import dev.stabilitylab.apiclient.internal.support.DurationText;
import dev.stabilitylab.apiclient.internal.support.JsonBody;
import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches policies while the service runs, below the path of {@link UpstreamsEndpoint}, which shows them. A controller, since an
 * actuator operation binds flat parameters only, and a policy is given whole.
 */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}")
final class PolicyController {

    private static final String PATH = "/${management.endpoints.web.path-mapping.upstreams:upstreams}/{name}/policy";

    private final Gateways gateways;
    private final ProblemWriter problems;
    private final ChangePermission permission;

    PolicyController(Gateways gateways, ProblemWriter problems, ChangePermission permission) {
        this.gateways = gateways;
        this.problems = problems;
        this.permission = permission;
    }

    /** Without {@code ttl} the policy lasts. */
    @PutMapping(PATH)
    UpstreamView replace(
            @PathVariable String name, @RequestParam(required = false) @Nullable String ttl, InputStream body)
            throws IOException {
        requireAllowed();
        requireUpstream(name);
        try {
            Policy policy = PolicyReader.read(body);
            if (ttl == null) {
                gateways.switchPolicy(name, policy);
            } else {
                gateways.switchPolicy(name, policy, DurationText.require("ttl", ttl));
            }
        } catch (JsonBody.TooLongException tooLong) {
            throw problem(HttpStatus.PAYLOAD_TOO_LARGE, "The policy is too long", tooLong.getMessage());
        } catch (IllegalArgumentException refused) {
            throw problem(HttpStatus.BAD_REQUEST, "The policy is not usable", refused.getMessage());
        }
        return gateways.view(name);
    }

    /** Ends a temporary policy. Where there is none, nothing changes, and that is no error: it may have ended a moment ago. */
    @DeleteMapping(PATH)
    UpstreamView endTemporary(@PathVariable String name) {
        requireAllowed();
        requireUpstream(name);
        gateways.endTemporaryPolicy(name);
        return gateways.view(name);
    }

    @ExceptionHandler
    void refuse(ErrorResponseException refusal, HttpServletResponse response) throws IOException {
        problems.write(refusal.getBody(), refusal.getHeaders(), response);
    }

    private void requireAllowed() {
        if (permission.obstacle() != null) {
            throw problem(HttpStatus.FORBIDDEN, "Policies cannot be switched here", permission.obstacle());
        }
    }

    private void requireUpstream(String name) {
        if (!gateways.upstreams().contains(name)) {
            throw problem(
                    HttpStatus.NOT_FOUND,
                    "There is no such upstream",
                    "The upstreams of this service are %s.".formatted(gateways.upstreams()));
        }
    }

    private static ErrorResponseException problem(HttpStatus status, String title, @Nullable String detail) {
        return new ErrorResponseException(status, ProblemWriter.problem(status, title, String.valueOf(detail)), null);
    }
}
