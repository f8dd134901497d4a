package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.remote.Probe.Finding;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the instances of the homepage behind the addresses that a person gave. */
public final class Discovery {

    private static final int AT_ONCE = 16;

    private Discovery() {}

    /**
     * Every instance once, in the order of the addresses, as {@code homepage-1}, {@code homepage-2} and so on.
     *
     * @throws WorldException when an address leads nowhere or to several instances at once, or there is no instance at all
     */
    public static List<Instance> of(Addresses addresses) {
        List<Candidate> candidates =
                addresses.homepages().stream().flatMap(Discovery::candidates).toList();
        List<URI> found = new ArrayList<>();
        Set<String> known = new HashSet<>();
        List<Finding> findings = probe(candidates);
        for (int i = 0; i < candidates.size(); i++) {
            Finding finding = findings.get(i);
            if (finding.isInstance()) {
                if (known.add(finding.identity())) {
                    found.add(candidates.get(i).baseUrl());
                }
            } else if (candidates.get(i).required()) {
                throw new WorldException(finding.problem());
            }
        }
        if (found.isEmpty()) {
            throw new WorldException(nobody(candidates, findings));
        }
        return IntStream.range(0, found.size())
                .mapToObj(i -> new Instance(Service.HOMEPAGE.text() + "-" + (i + 1), found.get(i)))
                .toList();
    }

    /** A name with several addresses is a candidate for each of them, and none of them has to be there. */
    private static Stream<Candidate> candidates(HomepagePattern pattern) {
        URI url = pattern.baseUrl();
        try {
            InetAddress[] all = InetAddress.getAllByName(url.getHost());
            return all.length == 1
                    ? Stream.of(new Candidate(url, pattern.required()))
                    : Stream.of(all).map(address -> new Candidate(at(url, address), false));
        } catch (UnknownHostException e) {
            throw new WorldException("There is no host %s, which %s names.".formatted(url.getHost(), url), e);
        }
    }

    private static URI at(URI url, InetAddress address) {
        String text = address.getHostAddress();
        String host = text.contains(":") ? "[" + text + "]" : text;
        return URI.create("%s://%s:%d".formatted(url.getScheme(), host, port(url)));
    }

    private static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
    }

    private static List<Finding> probe(List<Candidate> candidates) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, Discovery::daemon);
        try {
            List<CompletableFuture<Finding>> probes = candidates.stream()
                    .map(candidate -> CompletableFuture.supplyAsync(() -> Probe.of(candidate.baseUrl()), pool))
                    .toList();
            return probes.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "discovery");
        thread.setDaemon(true);
        return thread;
    }

    /** Says what stands in the way where somebody answered, and else only where nobody did. */
    private static String nobody(List<Candidate> candidates, List<Finding> findings) {
        String answers = findings.stream()
                .filter(Finding::answered)
                .map(Finding::problem)
                .distinct()
                .collect(Collectors.joining("\n"));
        if (!answers.isEmpty()) {
            return answers;
        }
        String where = candidates.stream()
                .map(candidate -> candidate.baseUrl().toString())
                .collect(Collectors.joining(", "));
        return "No homepage answers at %s. Start a system first (docker compose up, or ./lab up), or say where one is (--system FILE, or LAB_HOMEPAGES)."
                .formatted(where);
    }

    private record Candidate(URI baseUrl, boolean required) {}
}
