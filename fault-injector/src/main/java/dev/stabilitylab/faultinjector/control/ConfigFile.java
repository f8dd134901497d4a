package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.proxy.AllowedAddresses;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.Refusals;
import dev.stabilitylab.faultinjector.proxy.Resolution;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A file of proxies, which can be reloaded. It is read strictly, since a person wrote it. */
public final class ConfigFile {

    private final Path path;
    private final Set<String> taken;
    private final Function<List<WantedProxy>, AllowedAddresses> allowed;
    /** The proxies that came from the file. */
    private Set<String> loaded = Set.of();

    /**
     * Does not read it yet.
     *
     * @param taken names that proxies have which are not from the file, and must not be in it
     * @param allowed where proxies may connect to and listen when these are in the file
     */
    public ConfigFile(Path path, Collection<String> taken, Function<List<WantedProxy>, AllowedAddresses> allowed) {
        this.path = path;
        this.taken = Set.copyOf(taken);
        this.allowed = allowed;
    }

    /**
     * The proxies that there are to be from the start.
     *
     * @throws IllegalArgumentException when the file cannot be used; the message names the file, the proxy by its position, and the field
     */
    public List<WantedProxy> load() {
        List<Entry> entries = read();
        loaded = names(entries);
        return entries.stream().map(Entry::wanted).toList();
    }

    /** What the file says now; as {@link #load}, but nothing comes of it yet. */
    List<Entry> read() {
        try {
            JsonNode list = Json.STRICT.parse(Files.readAllBytes(path));
            if (!list.isArray()) {
                throw new IllegalArgumentException("it is not a JSON array of proxies");
            }
            Set<String> names = new HashSet<>(taken);
            return Json.each("proxy", list, json -> {
                Entry entry = Entry.of(Json.STRICT.read(json, ProxyBody.class));
                if (!names.add(entry.name())) {
                    throw new IllegalArgumentException(
                            "proxy %s is there twice; names must differ".formatted(entry.name()));
                }
                return entry;
            });
        } catch (IOException e) {
            boolean missing = e instanceof NoSuchFileException;
            throw unusable(missing ? "there is no such file" : "it cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    private IllegalArgumentException unusable(String reason, Exception cause) {
        return new IllegalArgumentException("--config is %s; %s".formatted(path, reason), cause);
    }

    /**
     * Makes the proxies what the file says: those that came from it and are not in it any more are removed, others are added, or
     * changed as far as they differ. A change that is refused does not keep the others from being made.
     *
     * @return the proxies of the file
     * @throws dev.stabilitylab.faultinjector.proxy.RefusedException the first one's, with the others suppressed
     */
    List<Proxy> apply(List<Entry> entries, Proxies proxies, Map<String, Resolution> found) {
        Map<String, Proxy> there = proxies.byName();
        List<WantedProxy> wanted;
        try {
            wanted = Json.each("proxy", entries, entry -> entry.change(there.get(entry.name())));
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
        proxies.allow(allowed.apply(wanted));
        Set<String> names = names(entries);
        loaded.stream()
                .filter(name -> there.containsKey(name) && !names.contains(name))
                .forEach(proxies::remove);
        loaded = names;
        List<Proxy> applied = new ArrayList<>();
        Refusals refusals = new Refusals();
        wanted.forEach(one -> refusals.attempt(() -> applied.add(proxies.apply(one.with(found)))));
        refusals.throwFirst();
        return applied;
    }

    private static Set<String> names(List<Entry> entries) {
        return Set.copyOf(entries.stream().map(Entry::name).toList());
    }

    /**
     * A proxy in the file.
     *
     * @param wanted what it is to be when there is none yet
     */
    record Entry(ProxyBody body, WantedProxy wanted) {

        private static Entry of(ProxyBody body) {
            return new Entry(body, body.wanted().withToxics(body.wantedToxics()));
        }

        private String name() {
            return wanted.settings().name();
        }

        /** What the file does not say stays as it is. */
        private WantedProxy change(@Nullable Proxy there) {
            return there == null ? wanted : body.change(there.settings()).withToxics(wanted.givenToxics());
        }
    }
}
