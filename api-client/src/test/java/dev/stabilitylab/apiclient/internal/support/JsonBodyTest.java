package dev.stabilitylab.apiclient.internal.support;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a': 1                       | line 1, column 8
            {'a': 1} {}                   | line 1, column 10: there is more after its end
            {'a': 1} x                    | line 1, column 10
            {'a': 1, 'a': 1}              | Duplicate field 'a'
            {'a': {'b': 1, 'b': 2}}       | Duplicate field 'b'
            {'a': NaN}                    | Non-standard token 'NaN'
            {'a': 1,}                     | line 1, column 9
            {a: 1}                        | line 1, column 2
            /* */ {'a': 1}                | line 1, column 1
            nothing                       | line 1, column 1:
            """)
    void saysWhereABodyIsNotJson(String json, String part) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the body is not JSON at line 1, column ")
                .hasMessageContaining(part)
                .message()
                .doesNotContain("fasterxml", "Feature", "start marker", "`");
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> read("{\n  \"a\": 1,\n  \"a\": 2\n}")).hasMessageContaining("at line 3, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void saysThatABodyIsEmpty(String body) {
        assertThatThrownBy(() -> read(body))
                .hasMessage("the body is empty; it must be a JSON object, sent as application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"a\"", "[]", "true"})
    void saysThatABodyIsNoObject(String body) {
        assertThatThrownBy(() -> read(body)).hasMessage("the body is %s; it must be a JSON object".formatted(body));
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        assertThatThrownBy(() -> read("\"" + "x".repeat(10_000) + "\""))
                .hasMessage("the body is \"" + "x".repeat(99) + "…; it must be a JSON object");
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        assertThatThrownBy(() -> read(new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the body is not UTF-8 at byte 3");
        assertThatThrownBy(() -> read("{\"a\": 1}".getBytes(UTF_16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the body is not UTF-8 at byte 1");
    }

    @Test
    void readsUpTo64KiB() throws IOException {
        String json = "{\"a\": 1}";

        assertThat(read(json + " ".repeat(65_536 - json.length())).integer("a")).isOne();
        assertThatThrownBy(() -> read(json + " ".repeat(65_537 - json.length())))
                .isInstanceOf(JsonBody.TooLongException.class)
                .hasMessage("It may have at most 65536 bytes.");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> read("{\"a\": " + "[".repeat(60_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the body is not JSON")
                .hasMessageContaining("nesting depth")
                .message()
                .doesNotContain("`");
    }

    private static JsonFields read(String json) throws IOException {
        return read(json.getBytes(UTF_8));
    }

    private static JsonFields read(byte[] json) throws IOException {
        return JsonBody.read(new ByteArrayInputStream(json), "a");
    }
}
