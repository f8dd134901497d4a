package dev.stabilitylab.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.docs.Part.Block;
import dev.stabilitylab.lab.docs.Part.Prose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageParserTest {

    @Test
    void tellsProseFromBlocks() {
        Page page = PageParser.parse("# Title\n\n<!-- lab:run -->\nold\n<!-- lab:end -->\nMore.\n");

        assertThat(page.problems()).isEmpty();
        assertThat(page.parts())
                .containsExactly(
                        new Prose(1, "# Title\n\n"),
                        new Block(3, "<!-- lab:run -->\n", new Directive.Run(), "old\n", "<!-- lab:end -->\n"),
                        new Prose(6, "More.\n"));
    }

    @Test
    void readsADirectiveOverSeveralLines() {
        Page page = PageParser.parse("<!-- lab:table\n     columns=\"rate in before\"\n-->\n<!-- lab:end -->");

        assertThat(page.problems()).isEmpty();
        assertThat(page.blocks()).singleElement().satisfies(block -> {
            assertThat(block.directive()).isInstanceOf(Directive.Table.class);
            assertThat(block.tail()).isEqualTo("<!-- lab:end -->");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"```markdown\n<!-- lab:run -->\n```\n", "~~~~\n```\n<!-- lab:what -->\n~~~~\n"})
    void leavesDirectivesInBlocksOfCodeAlone(String text) {
        Page page = PageParser.parse(text);

        assertThat(page.problems()).isEmpty();
        assertThat(page.parts()).containsExactly(new Prose(1, text));
    }

    @Test
    void takesAnEndInQuotedCodeForCode() {
        Page page = PageParser.parse("<!-- lab:events -->\n````\n```\n<!-- lab:end -->\n```\n````\n<!-- lab:end -->\n");

        assertThat(page.problems()).isEmpty();
        assertThat(page.blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.text()).startsWith("````").endsWith("````"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "no newline at the end",
                "a\r\nb\r\n\r\n<!-- lab:run -->\r\nx\r\n<!-- lab:end -->\r\n  trailing  \r\n",
                "<!-- lab:run -->\n<!-- lab:end -->\n<!-- lab:events -->\n\n\n<!-- lab:end -->",
                "<!-- another comment -->\ttabs\u00a0and more\n<!-- lab:run -->\nx\n<!-- lab:end -->\n\n\n\n",
            })
    void keepsEveryByteOfAPageThatIsNotFilled(String text) {
        Page page = PageParser.parse(text);

        assertThat(page.filled(block -> null)).isEqualTo(text);
    }

    @Test
    void keepsEveryByteOutsideOfTheBlocks() {
        String before = "# A\r\n\ttab  \n\n";
        String between = "\u2028odd\n";
        String after = "no end";
        String directives = "<!-- lab:run -->\n%s<!-- lab:end -->\n";

        Page page =
                PageParser.parse(before + directives.formatted("old\n") + between + directives.formatted("") + after);

        String filled = directives.formatted("\nnew\n\n");
        assertThat(page.filled(block -> "new")).isEqualTo(before + filled + between + filled + after);
    }

    @Test
    void saysWhereEachProblemIs() {
        assertThat(problems("<!-- lab:end -->")).containsExactly("1 lab:end ends nothing");
        assertThat(problems("x\n<!-- lab:run -->\ntext\n"))
                .containsExactly("2 the block that begins here has no <!-- lab:end -->");
        assertThat(problems("<!-- lab:run -->\n\n<!-- lab:events -->\n<!-- lab:end -->\n"))
                .containsExactly("1 the block that begins here has no <!-- lab:end -->");
        assertThat(problems("<!-- lab:run now -->\n<!-- lab:end -->\n<!-- lab:end -->"))
                .containsExactly("1 lab:run stands alone, but is followed by \"now\"", "3 lab:end ends nothing");
        assertThat(problems("\n```\n<!-- lab:run -->\n"))
                .containsExactly("2 the block of code that begins here never ends");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " <!-- lab:run -->",
                "Text <!-- lab:run -->",
                "<!--lab:run -->",
                "<!--  lab : run -->",
                "<!-- lab:run --> text",
                "<!-- lab:run --> <!-- lab:end -->",
                "<!-- lab:run",
                "<!-- lab:run\nand on\n",
            })
    void acceptsADirectiveOnlyByItself(String text) {
        assertThat(problems(text))
                .containsExactly(
                        "1 a directive must stand by itself, from \"<!-- lab:\" at the start of a line to \"-->\" at the end of one");
    }

    private static List<String> problems(String text) {
        return PageParser.parse(text).problems().stream()
                .map(problem -> problem.line() + " " + problem.sentence())
                .toList();
    }
}
