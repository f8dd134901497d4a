package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.script.ScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./lab new}: a script to start from. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description =
                "Write a script to start from: it can be played as it is, and its comments say what can be changed.",
        footer = {"", "Exit status: 2 when it cannot be written, also since there is such a file already."})
final class NewCommand implements Callable<Integer> {

    private static final String TEMPLATE = "new-simulation.yml";

    @Parameters(paramLabel = "NAME", description = "The file's name or path; .yml is added when it is missing.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path name;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path file = file();
        try (InputStream template = Objects.requireNonNull(NewCommand.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            Files.write(file, template.readAllBytes(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException exists) {
            throw new ScriptException(List.of("%s exists already; it is left as it is.".formatted(file)));
        } catch (IOException problem) {
            throw new ScriptException(List.of("%s cannot be written: %s".formatted(file, problem)));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Wrote %s. Play it: ./lab run %s".formatted(file, file));
        out.flush();
        return ExitStatus.HELD;
    }

    private Path file() {
        if (name.toString().isBlank()) {
            throw new ParameterException(spec.commandLine(), "NAME is empty; it must be the name of a file.");
        }
        if (Files.isDirectory(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s is a folder; name a file in it, such as %s.".formatted(name, name.resolve("outage.yml")));
        }
        Path parent = Objects.requireNonNullElse(name.getParent(), Path.of(""));
        if (!Files.isDirectory(parent)) {
            throw new ParameterException(
                    spec.commandLine(), "%s cannot be written: there is no folder %s.".formatted(name, parent));
        }
        String last = String.valueOf(name.getFileName());
        return last.endsWith(".yml") || last.endsWith(".yaml") ? name : name.resolveSibling(last + ".yml");
    }
}
