package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.schedule.Action;
import dev.stabilitylab.faultinjector.schedule.Action.AddToxic;
import dev.stabilitylab.faultinjector.schedule.Action.RemoveToxic;
import dev.stabilitylab.faultinjector.schedule.Action.Reset;
import dev.stabilitylab.faultinjector.schedule.Action.SetEnabled;
import dev.stabilitylab.faultinjector.schedule.Event;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Events of a schedule as the control API shows and takes them. */
final class EventJson {

    private static final Set<String> ACTIONS = Set.of("enabled", "toxic", "remove", "reset");
    private static final Set<String> FIELDS =
            Set.of("at", "proxy", "enabled", "delay", "ttl", "toxic", "remove", "reset");

    private EventJson() {}

    /**
     * Reads one event.
     *
     * @param proxies the names of those that there are
     */
    static Event read(JsonNode entry, Set<String> proxies) {
        Fields all = Fields.strictlyOf(entry, FIELDS);
        List<String> actions = new TreeSet<>(ACTIONS)
                .stream().filter(name -> all.field(name).isPresent()).toList();
        if (actions.size() != 1) {
            throw new IllegalArgumentException("it has %s; it must have exactly one of %s"
                    .formatted(
                            actions.isEmpty() ? "nothing to do" : String.join(" and ", actions),
                            String.join(", ", new TreeSet<>(ACTIONS))));
        }
        long at = all.millis("at", 0).orElseThrow(() -> ApiException.missing("at"));
        return new Event(at, action(actions.get(0), entry, proxies));
    }

    private static Action action(String kind, JsonNode entry, Set<String> proxies) {
        return switch (kind) {
            case "enabled" ->
                setEnabled(Fields.strictlyOf(entry, Set.of("at", "proxy", "enabled", "delay", "ttl")), proxies);
            case "toxic" -> addToxic(Fields.strictlyOf(entry, Set.of("at", "proxy", "toxic")), proxies);
            case "remove" -> removeToxic(Fields.strictlyOf(entry, Set.of("at", "proxy", "remove")), proxies);
            default -> reset(Fields.strictlyOf(entry, Set.of("at", "reset")));
        };
    }

    private static Action setEnabled(Fields fields, Set<String> proxies) {
        return new SetEnabled(proxy(fields, proxies), fields.flag("enabled").orElseThrow(), fields.lifetime());
    }

    private static Action addToxic(Fields fields, Set<String> proxies) {
        Fields toxic = ToxicJson.strictFields(fields.field("toxic").orElseThrow());
        return new AddToxic(proxy(fields, proxies), ToxicJson.read(toxic, name -> {}), toxic.lifetime());
    }

    private static Action removeToxic(Fields fields, Set<String> proxies) {
        return new RemoveToxic(proxy(fields, proxies), fields.requiredText("remove"));
    }

    private static Action reset(Fields fields) {
        if (!fields.flag("reset").orElseThrow()) {
            throw new IllegalArgumentException("reset is false; it must be true");
        }
        return new Reset();
    }

    private static String proxy(Fields fields, Set<String> proxies) {
        String name = fields.requiredText("proxy");
        if (!proxies.contains(name)) {
            throw new IllegalArgumentException(
                    "there is no proxy %s; there are %s".formatted(name, String.join(", ", new TreeSet<>(proxies))));
        }
        return name;
    }

    static ObjectNode write(Event event) {
        ObjectNode node = Json.object().put("at", event.atMillis());
        Action action = event.action();
        if (action instanceof SetEnabled change) {
            node.put("proxy", change.proxy()).put("enabled", change.enabled());
            ToxicJson.writeLifetime(node, change.outage());
        } else if (action instanceof AddToxic addition) {
            node.put("proxy", addition.proxy());
            node.set("toxic", ToxicJson.write(addition.toxic(), addition.lifetime()));
        } else if (action instanceof RemoveToxic removal) {
            node.put("proxy", removal.proxy()).put("remove", removal.toxic());
        } else {
            node.put("reset", true);
        }
        return node;
    }
}
