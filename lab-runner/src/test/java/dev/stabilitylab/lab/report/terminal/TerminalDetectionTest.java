package dev.stabilitylab.lab.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalDetectionTest {

    @Test
    void drawsAndColoursOnATerminal() {
        Terminal terminal = detect(true, Map.of("COLUMNS", "132", "TERM", "xterm"), "UTF-8");

        assertThat(terminal).isEqualTo(new Terminal(true, true, true, 132));
    }

    @Test
    void honoursNoColor() {
        Terminal terminal = detect(true, Map.of("COLUMNS", "80", "NO_COLOR", "1"), "UTF-8");

        assertThat(terminal.interactive()).isTrue();
        assertThat(terminal.colour()).isFalse();
    }

    @Test
    void takesADumbTerminalForNone() {
        assertThat(detect(true, Map.of("TERM", "dumb"), "UTF-8").interactive()).isFalse();
    }

    @Test
    void keepsToAsciiInOtherEncodings() {
        assertThat(detect(false, Map.of(), "ANSI_X3.4-1968").unicode()).isFalse();
        assertThat(detect(false, Map.of(), "no such encoding").unicode()).isFalse();
    }

    @Test
    void assumesEightyColumnsInAPipe() {
        assertThat(detect(false, Map.of("COLUMNS", "0"), "UTF-8")).isEqualTo(new Terminal(false, false, true, 80));
    }

    private static Terminal detect(boolean terminal, Map<String, String> environment, String encoding) {
        Properties properties = new Properties();
        properties.setProperty("native.encoding", encoding);
        return new TerminalDetection(environment, properties).detect(terminal);
    }
}
