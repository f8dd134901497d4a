package dev.stabilitylab.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTableTest {

    @Test
    void staysWithinItsCells() {
        MarkdownTable table = new MarkdownTable(
                List.of("a", MarkdownTable.cell("b|c")), List.of(List.of("1", MarkdownTable.cell("two\nlines"))));

        assertThat(table.text()).isEqualTo("""
                | a | b\\|c |
                |---|---|
                | 1 | two lines |""");
        assertThat(table.isShapeOf(table.text())).isTrue();
    }

    @Test
    void letsAnEmptyCellStandForAnything() {
        MarkdownTable shape = new MarkdownTable(List.of("a", ""), List.of(List.of("1", "")));

        assertThat(shape.isShapeOf("| a | b |\n|---|---|\n| 1 | 5.00/s |\n\nA note."))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "| a | b |",
                "| a | b |\n|---|---|",
                "| a | b |\n|---|---|\n| 2 | x |",
                "| a | b |\n|---|---|\n| 1 |",
                "| a | b |\n|---|---|\n| 1 | x |\n| 2 | x |",
                "| a | b | c |\n|---|---|---|\n| 1 | x | y |",
                "| z | b |\n|---|---|\n| 1 | x |",
            })
    void tellsAnotherShape(String text) {
        MarkdownTable shape = new MarkdownTable(List.of("a", "b"), List.of(List.of("1", "")));

        assertThat(shape.isShapeOf(text)).isFalse();
    }
}
