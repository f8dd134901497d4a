package dev.stabilitylab.servicekit.faults;

import dev.stabilitylab.apiclient.internal.support.ChangePermission;
import dev.stabilitylab.apiclient.internal.support.DurationText;
import dev.stabilitylab.apiclient.internal.support.JsonBody;
import dev.stabilitylab.servicekit.problems.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sets and clears the fault, below the path of {@link FaultsEndpoint}. A controller, since an actuator operation binds flat parameters
 * only and there is none for PUT; below the endpoint's own path, since the actuator answers 405 there to what it does not know.
 */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}")
final class FaultController {

    private static final String PATH = "/${management.endpoints.web.path-mapping.faults:faults}/active";

    private final FaultSwitch faults;
    private final FaultsEndpoint endpoint;
    private final ChangePermission permission;

    FaultController(FaultSwitch faults, FaultsEndpoint endpoint, ChangePermission permission) {
        this.faults = faults;
        this.endpoint = endpoint;
        this.permission = permission;
    }

    /** Replaces the active fault, if there is one; {@code ttl} is required. */
    @PutMapping(PATH)
    FaultView set(@RequestParam(required = false) @Nullable String ttl, InputStream body) throws IOException {
        requireAllowed();
        try {
            faults.set(FaultReader.read(body), DurationText.require("ttl", ttl));
        } catch (JsonBody.TooLongException tooLong) {
            throw new ProblemException(
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "The service fault is too long",
                    String.valueOf(tooLong.getMessage()));
        } catch (IllegalArgumentException refused) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "The service fault is not usable", String.valueOf(refused.getMessage()));
        }
        return endpoint.show();
    }

    /** Where there is no fault, nothing changes, and that is no error: it may have expired a moment ago. */
    @DeleteMapping(PATH)
    FaultView clear() {
        requireAllowed();
        faults.clear();
        return endpoint.show();
    }

    private void requireAllowed() {
        if (permission.obstacle() != null) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "Service faults cannot be switched here", permission.obstacle());
        }
    }
}
