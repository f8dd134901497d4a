package dev.stabilitylab.lab.report.html;

import dev.stabilitylab.lab.script.LoadSpec;
import dev.stabilitylab.lab.script.LoadSpec.Group;
import dev.stabilitylab.lab.script.LoadSpec.Reloads;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A load in a sentence without its full stop. */
final class LoadText {

    private LoadText() {}

    static String of(LoadSpec load) {
        return rhythm(load) + reloads(load) + groups(load.groups());
    }

    private static String rhythm(LoadSpec load) {
        if (load instanceof LoadSpec.Closed closed) {
            return "%d users, each of whom waits for a page before asking for the next".formatted(closed.users());
        }
        if (load instanceof LoadSpec.Open open) {
            return "%s pages asked for a second, however the earlier ones fare"
                    .formatted(Compact.of(open.ratePerSecond()));
        }
        return "";
    }

    private static String reloads(LoadSpec load) {
        Reloads reloads = load.reloads();
        return reloads == null
                ? ""
                : "; who gets less than the whole page asks again, up to %d times".formatted(reloads.max());
    }

    private static String groups(List<Group> groups) {
        return groups.size() == 1
                ? ""
                : groups.stream().map(LoadText::group).collect(Collectors.joining(", ", "; of them ", ""));
    }

    private static String group(Group group) {
        Duration from = group.from();
        return "%s %% %s%s"
                .formatted(
                        Compact.of(group.share() * 100),
                        group.name(),
                        from == null ? "" : " from %s s on".formatted(Compact.of(ReportData.seconds(from))));
    }
}
