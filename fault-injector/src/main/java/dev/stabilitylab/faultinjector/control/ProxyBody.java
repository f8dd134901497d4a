package dev.stabilitylab.faultinjector.control;

import static dev.stabilitylab.faultinjector.control.ApiException.required;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.ListenAddress;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.proxy.WantedProxy.WantedToxic;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as the control API takes and shows it.
 *
 * @param error is shown, and ignored when a client sends it back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(value = "error", allowGetters = true)
record ProxyBody(
        @Nullable String name,
        @Nullable String listen,
        @Nullable String upstream,
        @Nullable Boolean enabled,

        @JsonDeserialize(using = Millis.FromZero.class) @Nullable
        Long delay,

        @JsonDeserialize(using = Millis.FromOne.class) @Nullable
        Long ttl,

        @Nullable String error,
        @Nullable JsonNode toxics) {

    static ProxyBody of(Proxy proxy) {
        ProxySettings settings = proxy.settings();
        Lifetime outage = proxy.outage();
        return new ProxyBody(
                settings.name(),
                settings.listen().toString(),
                settings.upstream().toString(),
                settings.enabled(),
                Millis.orNull(outage.delayMillis()),
                Millis.orNull(outage.ttlMillis()),
                proxy.problem().orElse(null),
                Json.tree(toxics(proxy).stream().map(ToxicBody::withoutHits).toList()));
    }

    /** Those of the upstream direction first, as Toxiproxy lists them; otherwise in the order in which they were added. */
    static List<ToxicBody> toxics(Proxy proxy) {
        return proxy.toxics().all().stream()
                .sorted(Comparator.comparing(AppliedToxic::direction))
                .map(toxic -> ToxicBody.of(toxic, proxy.toxics(), proxy.toxics().remaining(toxic.name())))
                .toList();
    }

    /** Reads what any client may send. */
    static ProxyBody of(JsonNode body) {
        return Json.read(body, ProxyBody.class);
    }

    /** Reads a list from any client, in which each proxy must have a name and an upstream. */
    static List<ProxyBody> list(JsonNode list) {
        List<ProxyBody> all = Json.each("proxy", requireArray(list), ProxyBody::of);
        for (int i = 0; i < all.size(); i++) {
            String place = " at proxy " + (i + 1);
            String unusedName = required("name" + place, all.get(i).name);
            String unusedUpstream = required("upstream" + place, all.get(i).upstream);
        }
        return all;
    }

    static JsonNode requireArray(JsonNode list) {
        if (!list.isArray() && !list.isNull()) {
            throw new IllegalArgumentException("it is not a JSON array of proxies");
        }
        return list;
    }

    /** A new proxy, without toxics. */
    WantedProxy wanted() {
        ProxySettings settings = new ProxySettings(
                required("name", name),
                listenAddress(listen == null ? "" : listen),
                Address.upstream(required("upstream", upstream)),
                enabled == null || enabled);
        return new WantedProxy(settings, Millis.lifetime(delay, ttl));
    }

    /** What is not given stays as it was, but a {@code delay} or {@code ttl} that is not given is none. The name stays, as with Toxiproxy. */
    WantedProxy change(ProxySettings before) {
        ProxySettings settings = new ProxySettings(
                before.name(),
                listen == null ? before.listen() : listenAddress(listen),
                upstream == null ? before.upstream() : Address.upstream(upstream),
                enabled == null ? before.enabled() : enabled);
        return new WantedProxy(settings, Millis.lifetime(delay, ttl));
    }

    /** The toxics, if they are given. They are read strictly: no client of Toxiproxy's sends any. */
    Optional<List<WantedToxic>> wantedToxics() {
        if (toxics == null || toxics.isNull()) {
            return Optional.empty();
        }
        if (!toxics.isArray()) {
            throw new IllegalArgumentException(
                    "toxics is %s; it must be an array of toxics".formatted(Json.brief(toxics)));
        }
        if (toxics.size() > WantedProxy.MAX_TOXICS) {
            throw new IllegalArgumentException("toxics is an array of %d; it must be one of 0 to %d toxics"
                    .formatted(toxics.size(), WantedProxy.MAX_TOXICS));
        }
        Set<String> names = new HashSet<>();
        return Optional.of(Json.each("toxic", toxics, entry -> {
            ToxicBody body = Json.readStrictly(entry, ToxicBody.class);
            return new WantedToxic(body.toxic(chosen -> requireFirst(names, chosen)), body.lifetime());
        }));
    }

    private static void requireFirst(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("there is a toxic %s already".formatted(name));
        }
    }

    /** The host at which it is to listen, if that is given as it should be. */
    Optional<String> listenHost() {
        try {
            return Optional.ofNullable(listen).map(text -> listenAddress(text).host());
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    private static ListenAddress listenAddress(String text) {
        try {
            return ListenAddress.of(Address.listen(text));
        } catch (IllegalArgumentException e) {
            throw ApiException.cannotListen(text, e);
        }
    }
}
