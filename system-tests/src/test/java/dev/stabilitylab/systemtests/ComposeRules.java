package dev.stabilitylab.systemtests;

import dev.stabilitylab.systemtests.ComposeFile.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What each service of a compose file must keep to. Each broken rule is a sentence. */
final class ComposeRules {

    private static final Pattern PINNED = Pattern.compile("[^:@]+:v?\\d+\\.\\d+\\.\\d+");
    private static final Pattern ON_LOOPBACK = Pattern.compile("127\\.0\\.0\\.1:\\d+(-\\d+)?:\\d+");
    private static final Pattern LONGEST_STOP = Pattern.compile("([1-9]|10)s");

    private final ComposeFile file;
    private final Dockerfile images;
    private final List<String> broken = new ArrayList<>();

    private ComposeRules(ComposeFile file, Dockerfile images) {
        this.file = file;
        this.images = images;
    }

    /**
     * Checks all services.
     *
     * @param images what the services that have a {@code build} are built with
     */
    static List<String> broken(ComposeFile file, Dockerfile images) {
        ComposeRules rules = new ComposeRules(file, images);
        if (file.has("version")) {
            rules.broken.add("version: Compose v2 warns about this key, and v1.29 does not need it");
        }
        file.services().forEach(rules::check);
        return rules.broken;
    }

    private void check(Service service) {
        require(
                service,
                PINNED.matcher(service.settings().text("image")).matches(),
                "image is %s; its tag must be a full version",
                "image");
        require(
                service,
                service.settings().text("read_only").equals("true"),
                "read_only is '%s'; it must be true",
                "read_only");
        require(
                service,
                service.settings().list("cap_drop").equals(List.of("ALL")),
                "cap_drop is '%s'; it must be [ALL]",
                "cap_drop");
        require(
                service,
                service.settings().list("security_opt").contains("no-new-privileges:true"),
                "security_opt is '%s'; it must contain no-new-privileges:true",
                "security_opt");
        require(
                service,
                service.settings().text("mem_limit").matches("\\d+m"),
                "mem_limit is '%s'; it must be in megabytes, like 256m",
                "mem_limit");
        require(
                service,
                service.settings().text("pids_limit").matches("[1-9]\\d*"),
                "pids_limit is '%s'; it must be a number of processes and threads",
                "pids_limit");
        // More than one would keep the system from starting on a machine with one.
        require(
                service,
                service.settings().text("cpus").matches("0\\.\\d+|1\\.0"),
                "cpus is '%s'; it must be at most 1.0",
                "cpus");
        List<String> inMemory = service.settings().list("tmpfs");
        if (inMemory.isEmpty() || !inMemory.stream().allMatch(folder -> folder.matches("/[a-z]+:size=\\d+m"))) {
            report(service, "tmpfs is '%s'; it must be folders with a size, like /tmp:size=64m".formatted(inMemory));
        }
        require(
                service,
                LONGEST_STOP
                        .matcher(service.settings().text("stop_grace_period"))
                        .matches(),
                "stop_grace_period is '%s'; it must be at most 10s",
                "stop_grace_period");
        for (String key : List.of("privileged", "cap_add", "network_mode", "pid", "devices")) {
            require(service, !service.settings().has(key), key + " is '%s'; it must not be set", key);
        }
        checkPorts(service);
        checkUser(service);
        checkHealth(service);
    }

    private void checkPorts(Service service) {
        service.settings().list("ports").stream()
                .filter(port -> !ON_LOOPBACK.matcher(port).matches())
                .forEach(port -> report(service, "port %s is not published at 127.0.0.1 only".formatted(port)));
    }

    private void checkUser(Service service) {
        if (service.settings().has("user")) {
            require(
                    service,
                    !service.settings().text("user").matches("(root|0)(:.*)?"),
                    "user is %s; it must not be root",
                    "user");
        } else if (!service.settings().has("build")) {
            report(service, "it is not built here, and has no user of its own");
        }
    }

    /** Whoever is waited for or spoken to says when it is ready. */
    private void checkHealth(Service service) {
        boolean needed =
                isWaitedFor(service) || !service.settings().list("ports").isEmpty();
        if (needed && !service.settings().has("healthcheck") && !imageHasHealthCheck(service)) {
            report(service, "neither it nor its image has a health check");
        }
    }

    private boolean isWaitedFor(Service service) {
        return file.services().stream()
                .map(other -> other.settings().map("depends_on", service.name()))
                .anyMatch(dependency -> dependency.text("condition").equals("service_healthy"));
    }

    private boolean imageHasHealthCheck(Service service) {
        return images.find(service.settings().map("build").text("target"))
                .filter(images::hasHealthCheck)
                .isPresent();
    }

    private void require(Service service, boolean kept, String problem, String key) {
        if (!kept) {
            report(service, problem.formatted(service.settings().text(key)));
        }
    }

    private void report(Service service, String problem) {
        broken.add(service.name() + ": " + problem);
    }
}
