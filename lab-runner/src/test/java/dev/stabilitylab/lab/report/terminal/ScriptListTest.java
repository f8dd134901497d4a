package dev.stabilitylab.lab.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.report.terminal.ScriptList.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptListTest {

    private static final List<Entry> SCRIPTS = List.of(
            new Entry("blackhole", 3, Duration.ofSeconds(130), "Recommendations accepts connections and never answers"),
            new Entry("slow", 1, Duration.ofMillis(45_400), "Slow"),
            new Entry("long", 12, Duration.ofMinutes(62), "Long"),
            new Entry("bad", 0, null, "cannot be read"));

    @Test
    void givesEachScriptALineInAPipe() throws IOException {
        assertThat(print(Terminal.plain())).isEqualTo("""
                           variants        takes  title
                blackhole         3   2 min 10 s  Recommendations accepts connections and never answers
                slow              1         45 s  Slow
                long             12    1 h 2 min  Long
                bad               -            -  cannot be read
                """);
    }

    @Test
    void breaksLongTitlesOnATerminal() throws IOException {
        assertThat(print(new Terminal(true, false, true, 70))).startsWith("""
                           variants        takes  title
                blackhole         3   2 min 10 s  Recommendations accepts connections
                                                  and never answers
                slow              1         45 s  Slow
                """);
    }

    private static String print(Terminal terminal) throws IOException {
        StringBuilder out = new StringBuilder();
        new ScriptList(terminal).print(SCRIPTS, out);
        return out.toString();
    }
}
