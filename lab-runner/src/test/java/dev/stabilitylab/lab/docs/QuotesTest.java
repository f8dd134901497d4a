package dev.stabilitylab.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stabilitylab.lab.docs.Directive.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotesTest {

    private static final String JAVA = """
            class A {
                // docs:begin loop
                void run() {
                    // docs:begin inner
                    a();

                    // docs:end inner
                }
                // docs:end loop
                // docs:begin twice
                // docs:end twice
                // docs:begin twice
                // docs:end twice
                // docs:begin open
                // docs:end shut
                // docs:end turned
                // docs:begin turned
                // docs:begin empty

                // docs:end empty
                // docs:begin loops
            }
            """;

    private static final String YAML = """
            # About it.
            title: A script

            load:
              closed: {users: 8}
              patience: 10s

            # About the variants.
            variants:
              fail-fast:
                description: |
                  Two
                  lines.
                policies:   # what differs
                  recommendations:
                    deadline: 1s
                    retry:
                expect:
                - rate in before > 1/s
                # Half-open breakers probe.
                - every breaker closed

              # The other one.
              other: {policies: {auth: {deadline: 2s}}, expect: [a,
                b]}
            settings:
              service-kit.capacity: 80ms
              service-kit: {capacity: 70ms}
            # docs:begin marked
            last: 1
            # docs:end marked
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(home.resolve("docs/pages"));
        Files.writeString(home.resolve("A.java"), JAVA);
        Files.writeString(home.resolve("a.yml"), YAML);
    }

    @Test
    void quotesTheLinesBetweenMarkersWithoutTheirCommonIndent() {
        assertThat(text("A.java", "loop")).isEqualTo("""
                ```java
                void run() {
                    a();

                }
                ```

                from [A.java](../../A.java)""");
        assertThat(text("A.java", "inner")).startsWith("```java\na();\n```\n");
    }

    @Test
    void quotesAKeyWithItsValue() {
        assertThat(code("a.yml", "title")).isEqualTo("title: A script");
        assertThat(code("a.yml", "load")).isEqualTo("""
                load:
                  closed: {users: 8}
                  patience: 10s""");
        assertThat(code("a.yml", "variants.fail-fast.description")).isEqualTo("""
                description: |
                  Two
                  lines.""");
        assertThat(code("a.yml", "variants.fail-fast.policies")).isEqualTo("""
                policies:   # what differs
                  recommendations:
                    deadline: 1s
                    retry:""");
        assertThat(code("a.yml", "variants.fail-fast.expect")).isEqualTo("""
                expect:
                - rate in before > 1/s
                # Half-open breakers probe.
                - every breaker closed""");
        assertThat(code("a.yml", "variants.other")).isEqualTo("""
                other: {policies: {auth: {deadline: 2s}}, expect: [a,
                  b]}""");
    }

    @Test
    void quotesMarkedLinesOfYamlToo() {
        assertThat(code("a.yml", "marked")).isEqualTo("last: 1");
    }

    @Test
    void fencesCodeThatHasAFenceItself() throws IOException {
        Files.writeString(home.resolve("a.txt"), "<!-- docs:begin x -->\n```\nx\n```\n<!-- docs:end x -->\n");

        assertThat(text("a.txt", "x")).startsWith("````\n```\nx\n```\n````\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    A.java | gone | there is no line with docs:begin gone
                    A.java | open | there is no line with docs:end open
                    A.java | shut | there is no line with docs:begin shut
                    A.java | twice | docs:begin twice is there 2 times, first in lines 10 and 12
                    A.java | turned | docs:end turned stands before docs:begin
                    A.java | empty | there is nothing in it
                    a.yml | nobody | there is no key nobody
                    a.yml | title.x | there is no key title.x
                    a.yml | load.open | there is no key load.open
                    a.yml | load.closed.users | the key load.closed.users stands in the middle of line 5
                    a.yml | settings.service-kit.capacity | the key settings.service-kit.capacity is there 2 times, first in lines 27 and 28
                    B.java | x | there is no such file
                    docs | x | there is no such file
                    ../x | x | it is outside of the project's folder
                    docs/../../x | x | it is outside of the project's folder
                    """)
    void saysWhyItCannotQuote(String path, String region, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(path, region))
                .withMessage("%s#%s cannot be quoted: %s", path, region, why);
    }

    @Test
    void saysWhatIsNotYaml() throws IOException {
        Files.writeString(home.resolve("bad.yml"), "a: [1\nb: 2\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> text("bad.yml", "a"))
                .withMessageStartingWith("bad.yml#a cannot be quoted: this is not YAML: ");
    }

    private String text(String path, String region) {
        return new Quotes(home).text(new Quote(path, region), home.resolve("docs/pages"));
    }

    private String code(String path, String region) {
        String text = text(path, region);
        return text.substring("```yaml\n".length(), text.indexOf("\n```\n"));
    }
}
