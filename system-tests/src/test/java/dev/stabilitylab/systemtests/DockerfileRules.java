package dev.stabilitylab.systemtests;

import dev.stabilitylab.systemtests.Dockerfile.Instruction;
import dev.stabilitylab.systemtests.Dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a Dockerfile must keep to. Each broken rule is a sentence. */
final class DockerfileRules {

    private static final Pattern ARGUMENT = Pattern.compile("\\$\\{(\\w+)}");
    /** A repository and a tag that begins with a full version, so that a build next year is on the same base. */
    private static final Pattern PINNED = Pattern.compile("[^:@]+:v?\\d+\\.\\d+\\.\\d+\\S*");

    private static final Pattern NUMERIC_USER = Pattern.compile("[1-9]\\d*(:\\d+)?");
    private static final Pattern SECRET =
            Pattern.compile("(?i)\\b\\w*(password|passwd|secret|token|credential|api_?key|private_?key)\\w*");

    private final Dockerfile file;
    private final List<String> broken = new ArrayList<>();

    private DockerfileRules(Dockerfile file) {
        this.file = file;
    }

    static List<String> broken(Dockerfile file) {
        DockerfileRules rules = new DockerfileRules(file);
        file.stages().forEach(rules::checkStage);
        rules.images().forEach(rules::checkImage);
        return rules.broken;
    }

    /** The stages that nothing is built on or copied from: what is run in the end. */
    private List<Stage> images() {
        Set<String> used = file.stages().stream().map(Stage::base).collect(Collectors.toSet());
        file.stages().stream()
                .flatMap(stage -> stage.all("COPY"))
                .flatMap(copy -> List.of(copy.value().split("\\s+")).stream())
                .filter(word -> word.startsWith("--from="))
                .forEach(word -> used.add(word.substring("--from=".length())));
        return file.stages().stream()
                .filter(stage -> !used.contains(stage.name()))
                .toList();
    }

    private void checkStage(Stage stage) {
        if (file.find(stage.base()).isEmpty()) {
            checkBase(stage);
        }
        stage.instructions().forEach(instruction -> checkInstruction(stage, instruction));
    }

    private void checkBase(Stage stage) {
        var argument = ARGUMENT.matcher(stage.base());
        if (!argument.matches()) {
            report(stage, "its base image %s is not an argument".formatted(stage.base()));
            return;
        }
        String image = file.arguments().getOrDefault(argument.group(1), "");
        if (!PINNED.matcher(image).matches()) {
            report(stage, "the tag of its base image '%s' is not a full version".formatted(image));
        }
    }

    private void checkInstruction(Stage stage, Instruction instruction) {
        switch (instruction.keyword()) {
            case "ADD" -> report(stage, "ADD can fetch and unpack unasked; COPY cannot");
            case "ENV", "ARG", "LABEL" -> checkForSecrets(stage, instruction);
            case "RUN" -> checkCommand(stage, instruction.value());
            default -> {
                // Nothing to ask of the others by themselves.
            }
        }
    }

    private void checkForSecrets(Stage stage, Instruction instruction) {
        var secret = SECRET.matcher(instruction.value());
        if (secret.find()) {
            report(
                    stage,
                    "%s is in %s, and so would be kept in the image".formatted(secret.group(), instruction.keyword()));
        }
    }

    private void checkCommand(Stage stage, String command) {
        if (command.contains("apt-get install") && !command.contains("rm -rf /var/lib/apt/lists")) {
            report(stage, "the package lists that it downloads stay in the layer");
        }
        if (command.contains("mvn ") && !command.contains("--mount=type=cache")) {
            report(stage, "what Maven downloads stays in the layer");
        }
        if (command.matches("(?s).*\\b(curl|wget)\\b.*")) {
            report(stage, "it downloads without a package manager that checks what it gets");
        }
    }

    private void checkImage(Stage image) {
        Optional<Instruction> user = file.last(image, "USER");
        if (user.isEmpty() || !NUMERIC_USER.matcher(user.get().value()).matches()) {
            String found = user.map(Instruction::value).orElse("root");
            report(image, "its user is %s; it must be a number, and not 0".formatted(found));
        }
        Optional<Instruction> entrypoint = file.last(image, "ENTRYPOINT");
        if (entrypoint.isEmpty() || !entrypoint.get().value().startsWith("[")) {
            report(image, "its entry point is not in exec form, so that a shell would keep the signals");
        }
        if (file.last(image, "EXPOSE").isPresent() && !file.hasHealthCheck(image)) {
            report(image, "it listens, and has no health check");
        }
    }

    private void report(Stage stage, String problem) {
        broken.add(stage.name() + ": " + problem);
    }
}
