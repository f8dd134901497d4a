package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where an alert sends whoever gets it. */
class RunbookTest {

    private static final String FILE = "docs/alerts.md";
    private static final Pattern SECTION = Pattern.compile("^## (\\w+)$", Pattern.MULTILINE);

    @ParameterizedTest
    @MethodSource("alerts")
    void isTheSectionOfItsName(Rule alert) {
        assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
        assertThat(alert.annotations().get("runbook_url"))
                .isEqualTo(FILE + "#" + alert.name().toLowerCase(Locale.ROOT));
        assertThat(sections()).contains(alert.name());
    }

    @Test
    void hasNoSectionForAnAlertThatIsGone() {
        List<String> names = alerts().stream().map(Rule::name).distinct().toList();

        assertThat(sections()).containsExactlyInAnyOrderElementsOf(names);
    }

    static List<Rule> alerts() {
        return Rule.all().stream().filter(Rule::isAlert).toList();
    }

    /** One word each; a heading of several words is no alert. */
    private static List<String> sections() {
        return SECTION.matcher(Project.text(Project.file(FILE)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
