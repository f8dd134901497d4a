package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.systemtests.DashboardFile.Query;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsInDocsTest {

    private static final Pattern CODE = Pattern.compile("`([a-zA-Z_:][\\w:]*)`");

    /** What a timer's name is followed by; the docs name the timer. */
    private static final Pattern PART_OF_TIMER = Pattern.compile("(?<=_seconds)_(count|sum|max|bucket)$");

    /** The fault injector's metrics are described with it. */
    private final Set<String> documented = Stream.of("docs/metrics.md", "docs/fault-injector.md")
            .flatMap(page -> CODE.matcher(Project.text(Project.file(page))).results())
            .map(match -> match.group(1))
            .collect(Collectors.toSet());

    @Test
    void listWhatRulesAndDashboardsUse() {
        Set<String> used = Stream.concat(
                        Rule.all().stream().map(Rule::expression),
                        DashboardFile.all().stream()
                                .flatMap(dashboard -> dashboard.queries().stream())
                                .map(Query::expression))
                .flatMap(expression -> PromExpression.metrics(expression).stream())
                .map(metric -> PART_OF_TIMER.matcher(metric).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isNotEmpty().isSubsetOf(documented);
    }

    @Test
    void listWhatIsRecorded() {
        assertThat(documented)
                .containsAll(Rule.all().stream()
                        .filter(rule -> !rule.isAlert())
                        .map(Rule::name)
                        .toList());
    }
}
