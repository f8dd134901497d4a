package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.remote.Probe.Finding;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the instances of the homepage behind the addresses that a person gave. */
public final class Discovery {

    private static final int AT_ONCE = 16;

    private Discovery() {}

    /**
     * Every instance once, in the order of the addresses, as {@code homepage-1}, {@code homepage-2} and so on. Where an instance
     * has two addresses, the later one is used: the front door of the compose file is the first of all.
     *
     * @throws WorldException when an address leads nowhere or to several instances at once, or there is no instance at all
     */
    public static List<Instance> of(Addresses addresses) {
        return find(addresses, Probe::ofManagement);
    }

    /** The same for those who want pages only: every address that answers, be it an instance or something in front of several. */
    public static List<Instance> ofPages(Addresses addresses) {
        return find(addresses, Probe::ofPages);
    }

    private static List<Instance> find(Addresses addresses, Function<URI, Finding> probe) {
        List<Place> places = places(addresses.homepages(), probe);
        Map<String, URI> byIdentity = new LinkedHashMap<>();
        for (Place place : places) {
            place.requireUsable();
            place.found().forEach(found -> byIdentity.put(found.finding().identity(), found.baseUrl()));
        }
        if (byIdentity.isEmpty()) {
            throw new WorldException(nobody(places));
        }
        List<URI> found = List.copyOf(byIdentity.values());
        return IntStream.range(0, found.size())
                .mapToObj(i -> Instance.of(Service.HOMEPAGE.text() + "-" + (i + 1), found.get(i)))
                .toList();
    }

    private static List<Place> places(List<HomepagePattern> patterns, Function<URI, Finding> probe) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, Discovery::daemon);
        try {
            List<CompletableFuture<Place>> places = patterns.stream()
                    .map(pattern -> CompletableFuture.supplyAsync(() -> place(pattern, probe), pool))
                    .toList();
            return places.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static Place place(HomepagePattern pattern, Function<URI, Finding> probe) {
        try {
            return new Place(
                    pattern,
                    candidates(pattern.baseUrl())
                            .map(url -> new Probed(url, probe.apply(url)))
                            .toList());
        } catch (UnknownHostException e) {
            String problem = "There is no host %s, which %s names."
                    .formatted(pattern.baseUrl().getHost(), pattern.baseUrl());
            return new Place(pattern, List.of(new Probed(pattern.baseUrl(), new Finding("", problem, false))));
        }
    }

    /**
     * One for each address of the host, in an order that does not depend on who is asked. Names are looked up once: later the
     * same name may stand for another instance. (Not with TLS, whose certificates are for names.)
     */
    private static Stream<URI> candidates(URI url) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(url.getHost());
        if (url.getScheme().equals("https")) {
            return Stream.of(url);
        }
        return Stream.of(all)
                .sorted((one, other) -> Arrays.compareUnsigned(one.getAddress(), other.getAddress()))
                .map(address -> at(url, address));
    }

    private static URI at(URI url, InetAddress address) {
        String text = address.getHostAddress();
        String host = text.contains(":") ? "[" + text + "]" : text;
        return URI.create("http://%s:%d".formatted(host, url.getPort() > 0 ? url.getPort() : 80));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "discovery");
        thread.setDaemon(true);
        return thread;
    }

    /** Says what stands in the way where somebody answered, and else only where nobody did. */
    private static String nobody(List<Place> places) {
        String answers = places.stream()
                .flatMap(place -> place.probed().stream())
                .map(Probed::finding)
                .filter(Finding::answered)
                .map(Finding::problem)
                .distinct()
                .collect(Collectors.joining("\n"));
        if (!answers.isEmpty()) {
            return answers;
        }
        String where = places.stream()
                .map(place -> place.pattern().baseUrl().toString())
                .collect(Collectors.joining(", "));
        return "No homepage answers at %s. Start a system first (./lab up), or say where one is (--system FILE, or LAB_HOMEPAGES). For the one of docker compose up, run the lab inside: docker compose run --rm lab …"
                .formatted(where);
    }

    private record Probed(URI baseUrl, Finding finding) {}

    /** An address that was given, and what is behind it. */
    private record Place(HomepagePattern pattern, List<Probed> probed) {

        List<Probed> found() {
            return probed.stream().filter(one -> one.finding().isInstance()).toList();
        }

        /** An address that has to be there may have no other than homepages behind it, and at least one. */
        void requireUsable() {
            if (pattern.required()) {
                probed.stream()
                        .map(Probed::finding)
                        .filter(finding -> !finding.isInstance())
                        .filter(finding -> finding.answered() || found().isEmpty())
                        .findFirst()
                        .ifPresent(finding -> {
                            throw new WorldException(finding.problem());
                        });
            }
        }
    }
}
