package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.LoadSpec.Group;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code groups} of a load. */
final class GroupsReader {

    private static final int MAX_GROUPS = 10;
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?) ?%");

    private final Optional<Duration> end;
    private final String authorization;
    private final List<BigDecimal> shares = new ArrayList<>();

    /**
     * With what holds for all groups.
     *
     * @param end of the recording, if that is known
     * @param authorization of groups that say nothing of it
     */
    GroupsReader(Optional<Duration> end, String authorization) {
        this.end = end;
        this.authorization = authorization;
    }

    List<Group> read(Value value) {
        return value.names().map(section -> groups(value, section)).orElse(List.of());
    }

    private List<Group> groups(Value value, Section section) {
        List<Group> groups = new ArrayList<>();
        List<String> names = List.copyOf(section.keys());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean first = i == 0;
            section.get(name).ifPresent(group -> {
                checkName(name, section.lineOf(name), group);
                group(name, group, first).ifPresent(groups::add);
            });
        }
        if (names.isEmpty() || names.size() > MAX_GROUPS) {
            note(value, "has %d groups; it must have from 1 to %d".formatted(names.size(), MAX_GROUPS));
        } else if (groups.size() == names.size()) {
            // With a share missing, what is said of their sum would mislead.
            checkSum(value);
        }
        return List.copyOf(groups);
    }

    private static void checkName(String name, int line, Value value) {
        if (!NAME.matcher(name).matches()) {
            value.problems()
                    .add(
                            line,
                            "%s is not a name for a group; it must be up to 40 small letters, digits and hyphens"
                                    .formatted(value.path()));
        }
    }

    private Optional<Group> group(String name, Value value, boolean first) {
        return value.section(List.of("share", "authorization", "from")).flatMap(section -> {
            Optional<BigDecimal> share = section.require("share").flatMap(GroupsReader::share);
            share.ifPresent(shares::add);
            String token = section.get("authorization")
                    .flatMap(LoadReader::authorization)
                    .orElse(authorization);
            Optional<Duration> from = section.get("from").flatMap(moment -> first ? never(moment) : start(moment));
            return share.map(
                    percent -> new Group(name, percent.movePointLeft(2).doubleValue(), token, from.orElse(null)));
        });
    }

    private static Optional<BigDecimal> share(Value value) {
        String wanted = "it must be a share of all visits, above 0% and up to 100%";
        return value.scalar().flatMap(text -> {
            Matcher matcher = SHARE.matcher(text);
            Optional<BigDecimal> percent =
                    matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1))) : Optional.empty();
            return percent.filter(number -> number.signum() > 0 && number.compareTo(ALL) <= 0)
                    .or(() -> value.refuse(wanted));
        });
    }

    private static Optional<Duration> never(Value from) {
        return from.refuse("the first group is there from the start, in place of those that come later; remove it");
    }

    private Optional<Duration> start(Value from) {
        return from.duration(Duration.ZERO, ScriptReader.MAX_DURATION)
                .flatMap(time -> end.isPresent() && time.compareTo(end.get()) >= 0
                        ? from.refuse("it must be before the end of the recording, " + Durations.text(end.get()))
                        : Optional.of(time));
    }

    private void checkSum(Value value) {
        BigDecimal sum = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(ALL) != 0) {
            note(
                    value,
                    "has shares that add up to %s%%; they must add up to 100%%"
                            .formatted(sum.stripTrailingZeros().toPlainString()));
        }
    }

    private static void note(Value value, String predicate) {
        value.problems().add(value.line(), value.path() + " " + predicate);
    }
}
