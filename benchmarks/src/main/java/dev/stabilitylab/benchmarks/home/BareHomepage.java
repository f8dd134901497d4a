package dev.stabilitylab.benchmarks.home;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.http.client.HttpClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.client.RestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.HttpEncodingAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * The page as one would write it with Spring alone: authentication first, then two lists at the same time. No retries, no breaker, no
 * metrics; a connect and a read timeout is all it has.
 */
// By name, since the gateway's own would come along from the class path.
@ImportAutoConfiguration({
    EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpEncodingAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    HttpClientAutoConfiguration.class,
    RestClientAutoConfiguration.class,
    TaskExecutionAutoConfiguration.class
})
@Import(BareHomepage.HomeController.class)
public class BareHomepage {

    /** Started with the upstreams' addresses as {@code auth}, {@code recommendations} and {@code popularity}. */
    public static void main(String[] args) {
        SpringApplication.run(BareHomepage.class, args);
    }

    @RestController
    static final class HomeController {

        private static final ParameterizedTypeReference<List<Integer>> ITEMS = new ParameterizedTypeReference<>() {};

        private final RestClient auth;
        private final RestClient recommendations;
        private final RestClient popularity;
        private final AsyncTaskExecutor executor;

        HomeController(RestClient.Builder builder, Environment addresses, AsyncTaskExecutor applicationTaskExecutor) {
            this.auth = client(builder, addresses, "auth");
            this.recommendations = client(builder, addresses, "recommendations");
            this.popularity = client(builder, addresses, "popularity");
            this.executor = applicationTaskExecutor;
        }

        private static RestClient client(RestClient.Builder builder, Environment addresses, String upstream) {
            return builder.clone()
                    .baseUrl(addresses.getRequiredProperty(upstream))
                    .build();
        }

        @GetMapping("/home")
        ResponseEntity<Page> home(@RequestHeader(HttpHeaders.AUTHORIZATION) String token)
                throws InterruptedException, ExecutionException {
            User user = auth.post()
                    .uri("/authenticate")
                    .header(HttpHeaders.AUTHORIZATION, token)
                    .retrieve()
                    .body(User.class);
            if (user == null || !user.permissions().contains("can_view_homepage")) {
                return ResponseEntity.status(403).build();
            }
            Future<List<Integer>> popularItems = executor.submit(() -> ask(popularity, "/popular-items", token));
            return ResponseEntity.ok(new Page(ask(recommendations, "/recommendations", token), popularItems.get()));
        }

        private static List<Integer> ask(RestClient upstream, String path, String token) {
            List<Integer> items = upstream.get()
                    .uri(path)
                    .header(HttpHeaders.AUTHORIZATION, token)
                    .retrieve()
                    .body(ITEMS);
            return items == null ? List.of() : items;
        }
    }

    record User(String uuid, List<String> permissions) {}

    record Page(
            List<Integer> recommendations,
            @JsonProperty("popular_items") List<Integer> popularItems) {}
}
