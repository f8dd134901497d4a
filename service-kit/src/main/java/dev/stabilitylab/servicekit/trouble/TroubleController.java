package dev.stabilitylab.servicekit.trouble;

import dev.stabilitylab.servicekit.problems.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows, begins and ends trouble. A controller, since an actuator endpoint's own operations take flat parameters only and know no
 * PUT, and a path that the actuator knows supports nothing but those.
 */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/trouble")
final class TroubleController {

    private static final int MAX_BYTES = 64 * 1024;

    private final TroubleSwitch trouble;
    private final boolean allowed;
    /** New with every start. */
    private final String instance = UUID.randomUUID().toString();

    TroubleController(TroubleSwitch trouble, boolean allowed) {
        this.trouble = trouble;
        this.allowed = allowed;
    }

    @GetMapping
    TroubleView show() {
        return TroubleView.of(instance, trouble.running());
    }

    /** Begins trouble in place of what there is, if any; {@code ttl} is required. */
    @PutMapping
    TroubleView begin(@RequestParam(required = false) @Nullable String ttl, InputStream body) throws IOException {
        requireAllowed();
        byte[] json = body.readNBytes(MAX_BYTES + 1);
        if (json.length > MAX_BYTES) {
            throw new ProblemException(
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "The trouble is too long",
                    "It may have at most %d bytes.".formatted(MAX_BYTES));
        }
        try {
            trouble.begin(TroubleReader.trouble(json), TroubleReader.ttl(ttl));
        } catch (IllegalArgumentException refused) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "The trouble is not usable", String.valueOf(refused.getMessage()));
        }
        return show();
    }

    /** Where there is none, nothing changes, and that is no error: it may have ended a moment ago. */
    @DeleteMapping
    TroubleView end() {
        requireAllowed();
        trouble.end();
        return show();
    }

    private void requireAllowed() {
        if (!allowed) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "Trouble cannot be switched here",
                    "Set %s to true to allow it.".formatted(TroubleProperties.TROUBLE_SWITCHING));
        }
    }
}
