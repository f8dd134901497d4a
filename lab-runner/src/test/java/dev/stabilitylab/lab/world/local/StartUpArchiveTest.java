package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartUpArchiveTest {

    private static final Path DIRECTORY = Path.of("jars");
    private static final List<String> PROGRAM = List.of("-jar", "auth.jar");

    @Test
    void isSharedClassDataBefore24() {
        StartUpArchive archive = StartUpArchive.in(DIRECTORY, jvm(17, "17.0.1 A"));

        assertThat(archive.file().toString()).endsWith(".jsa");
        assertThat(archive.use()).contains("-XX:SharedArchiveFile=" + archive.file());
        assertThat(archive.make(PROGRAM, Path.of("new")))
                .singleElement()
                .satisfies(command -> assertThat(command)
                        .contains("-XX:ArchiveClassesAtExit=new")
                        .endsWith("-jar", "auth.jar"));
    }

    @Test
    void isRecordedAndThenMadeFrom24On() {
        StartUpArchive archive = StartUpArchive.in(DIRECTORY, jvm(25, "25.0.1 A"));

        assertThat(archive.use()).containsExactly("-XX:AOTCache=" + archive.file());
        assertThat(archive.make(PROGRAM, Path.of("new")))
                .satisfiesExactly(
                        record ->
                                assertThat(record).contains("-XX:AOTMode=record", "-XX:AOTConfiguration=new.recording"),
                        create -> assertThat(create).contains("-XX:AOTMode=create", "-XX:AOTCache=new"));
    }

    @Test
    void isAnotherOneForEveryBuildOfJava() {
        Path one = StartUpArchive.in(DIRECTORY, jvm(25, "25.0.1 A")).file();
        Path other = StartUpArchive.in(DIRECTORY, jvm(25, "25.0.1 B")).file();

        assertThat(one).isNotEqualTo(other);
    }

    private static Jvm jvm(int feature, String version) {
        return new Jvm(Path.of("java"), feature, version);
    }
}
