package dev.stabilitylab.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stabilitylab.lab.docs.Directive.Column;
import dev.stabilitylab.lab.docs.Directive.Quote;
import dev.stabilitylab.lab.docs.Directive.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectiveParserTest {

    @Test
    void understandsThoseThatStandAlone() {
        assertThat(DirectiveParser.parse("run")).isEqualTo(new Directive.Run());
        assertThat(DirectiveParser.parse("events")).isEqualTo(new Directive.Events());
        assertThat(DirectiveParser.parse(" expectations\n")).isEqualTo(new Directive.Expectations());
    }

    @Test
    void understandsATableOfAllVariantsUnderItsFiguresOwnWords() {
        Directive table = DirectiveParser.parse("table columns=\"rate in before; p99 in  whole run\"");

        assertThat(table)
                .isEqualTo(new Table(
                        List.of(),
                        List.of(
                                new Column("rate in before", "rate in before"),
                                new Column("p99 in whole run", "p99 in whole run"))));
    }

    @Test
    void understandsATableOverSeveralLines() {
        Directive table =
                DirectiveParser.parse("table variants=\"a, b\"\n     labels=\"one\"\n     columns=\"rate in before\"");

        assertThat(table).isEqualTo(new Table(List.of("a", "b"), List.of(new Column("rate in before", "one"))));
    }

    @Test
    void understandsAQuote() {
        assertThat(DirectiveParser.parse("quote simulations/x.yml#variants.a"))
                .isEqualTo(new Quote("simulations/x.yml", "variants.a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    tabel columns="x" | there is no directive lab:tabel; known are lab:run, lab:table, lab:expectations, lab:events, lab:quote and lab:end
                    `` | there is no directive lab:; known are lab:run, lab:table, lab:expectations, lab:events, lab:quote and lab:end
                    end now | there is no directive lab:end; known are lab:run, lab:table, lab:expectations, lab:events, lab:quote and lab:end
                    run fast | lab:run stands alone, but is followed by "fast"
                    events x="y" | lab:events stands alone, but is followed by "x="y""
                    table | lab:table has no columns; it must have some, as in columns="rate in before; rate in during"
                    table columns=rate | lab:table has "columns=rate"; it must be NAME="VALUE"
                    table columns="x" more | lab:table has "more"; it must be NAME="VALUE"
                    table columns="x"labels="y" | lab:table has "columns="x"labels="y""; it must be NAME="VALUE"
                    table rows="x" | lab:table has no attribute rows; known are variants, columns and labels
                    table columns="x" columns="y" | lab:table has columns twice
                    table columns="" | columns of lab:table has an empty place in ""
                    table columns="x;" | columns of lab:table has an empty place in "x;"
                    table columns="x" variants="a,,b" | variants of lab:table has an empty place in "a,,b"
                    table columns="x; y" labels="one" | lab:table has 1 labels for 2 columns; there must be one for each
                    quote | lab:quote is followed by ""; it must be a file and what of it, as in lab:quote simulations/x.yml#timeline
                    quote pom.xml | lab:quote is followed by "pom.xml"; it must be a file and what of it, as in lab:quote simulations/x.yml#timeline
                    quote pom.xml#a#b | lab:quote is followed by "pom.xml#a#b"; it must be a file and what of it, as in lab:quote simulations/x.yml#timeline
                    quote pom.xml#a b | lab:quote is followed by "pom.xml#a b"; it must be a file and what of it, as in lab:quote simulations/x.yml#timeline
                    """)
    void saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DirectiveParser.parse(text))
                .withMessage(message);
    }
}
