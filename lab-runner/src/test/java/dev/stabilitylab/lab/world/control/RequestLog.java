package dev.stabilitylab.lab.world.control;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.ArrayList;
import java.util.List;

/** What a stub server was asked, in the order in which it came. */
record RequestLog(WireMockExtension server) {

    /** Method and path of each. */
    List<String> requests() {
        return logged().stream()
                .map(request -> request.getMethod() + " " + request.getUrl())
                .toList();
    }

    List<String> bodies() {
        return logged().stream().map(LoggedRequest::getBodyAsString).toList();
    }

    /** The journal has the newest first, and several may be of one millisecond. */
    private List<LoggedRequest> logged() {
        List<LoggedRequest> requests = new ArrayList<>();
        server.getAllServeEvents().forEach(event -> requests.add(0, event.getRequest()));
        return requests;
    }
}
