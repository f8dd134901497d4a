package dev.stabilitylab.faultinjector.control;

import static dev.stabilitylab.faultinjector.control.ApiException.required;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Lifetime;
import dev.stabilitylab.faultinjector.proxy.ListenAddress;
import dev.stabilitylab.faultinjector.proxy.Proxy;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.proxy.WantedProxy.WantedToxic;
import io.netty.handler.codec.http.HttpResponseStatus;
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
@JsonIgnoreProperties(value = "error", allowGetters = true)
record ProxyBody(
        @Nullable String name,
        @Nullable String listen,
        @Nullable String upstream,
        @Nullable Boolean enabled,
        @Nullable Long delay,
        @Nullable Long ttl,
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
                Json.orNull(outage.delayMillis()),
                Json.orNull(outage.ttlMillis()),
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

    /** Reads a list from any client, in which each proxy must have a name and an upstream. */
    static List<ProxyBody> list(JsonNode list) {
        if (!list.isArray() && !list.isNull()) {
            throw new IllegalArgumentException("it is not a JSON array of proxies");
        }
        List<ProxyBody> all = Json.each("proxy", list, entry -> Json.LENIENT.read(entry, ProxyBody.class));
        for (int i = 0; i < all.size(); i++) {
            String place = " at proxy " + (i + 1);
            String unusedName = required("name" + place, all.get(i).name);
            String unusedUpstream = required("upstream" + place, all.get(i).upstream);
        }
        return all;
    }

    /** A new proxy, without toxics. */
    WantedProxy wanted() {
        ProxySettings settings = new ProxySettings(
                required("name", name),
                listenAddress(requireNonNullElse(listen, "")),
                Address.upstream(required("upstream", upstream)),
                requireNonNullElse(enabled, true));
        return new WantedProxy(settings, Json.lifetime(delay, ttl));
    }

    /** What is not given stays as it was, but a {@code delay} or {@code ttl} that is not given is none. The name stays, as with Toxiproxy. */
    WantedProxy change(ProxySettings before) {
        ProxySettings settings = new ProxySettings(
                before.name(),
                listen == null ? before.listen() : listenAddress(listen),
                upstream == null ? before.upstream() : Address.upstream(upstream),
                requireNonNullElse(enabled, before.enabled()));
        return new WantedProxy(settings, Json.lifetime(delay, ttl));
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
            ToxicBody body = Json.STRICT.read(entry, ToxicBody.class);
            AppliedToxic toxic = body.toxic(name -> {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("there is a toxic %s already".formatted(name));
                }
            });
            return new WantedToxic(toxic, body.lifetime());
        }));
    }

    /** The host at which it is to listen, if that is given as it should be. */
    Optional<String> listenHost() {
        try {
            return Optional.ofNullable(listen).map(text -> listenAddress(text).host());
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    /** As Toxiproxy takes an address that cannot be one: not for a bad request, but for one that cannot be listened at. */
    private static ListenAddress listenAddress(String text) {
        try {
            return ListenAddress.of(Address.listen(text));
        } catch (IllegalArgumentException e) {
            String message = "listen tcp: address %s: missing port in address".formatted(text);
            throw new ApiException(HttpResponseStatus.INTERNAL_SERVER_ERROR, message, e.getMessage(), e);
        }
    }
}
