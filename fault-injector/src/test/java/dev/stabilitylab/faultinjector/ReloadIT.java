package dev.stabilitylab.faultinjector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.conformance.Api;
import dev.stabilitylab.faultinjector.control.AllowedCallers;
import dev.stabilitylab.faultinjector.control.ConfigFile;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AllowedAddresses;
import dev.stabilitylab.faultinjector.proxy.Lookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reloading the file of {@code --config}. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class ReloadIT {

    @TempDir
    private Path directory;

    private Path file;
    private Upstream upstream;
    private FaultInjector injector;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.echo();
        file = directory.resolve("proxies.json");
        write(proxy("one", ",\"toxics\":[{\"name\":\"slow\",\"type\":\"latency\"}]"), proxy("two", ""));
        ConfigFile config = new ConfigFile(file, Set.of("option"), wanted -> AllowedAddresses.loopback());
        injector = new FaultInjector(
                new Address("127.0.0.1", 0),
                new AllowedCallers(List.of()),
                config.load(),
                AllowedAddresses.loopback(),
                Optional.of(config),
                Lookup.system(),
                42,
                "1.2.3");
        api = new Api("http://127.0.0.1:" + injector.controlPort());
    }

    @AfterEach
    void stop() throws IOException {
        injector.close();
        upstream.close();
    }

    @Test
    void changesNothingWhenTheFileIsTheSame() throws IOException {
        String before = api.get("/proxies").text();
        try (Socket socket = connect("one")) {
            assertEchoes(socket);

            JsonNode proxies = api.post("/reload", "").require(200).json().get("proxies");

            assertThat(proxies.findValuesAsText("name")).contains("one", "two");
            assertThat(api.get("/proxies").text()).isEqualTo(before);
            assertEchoes(socket);
        }
    }

    @Test
    void removesAddsAndChangesWhatDiffersAndKeepsConnectionsOpen() throws IOException {
        api.post("/proxies", proxy("mine", "")).require(201);
        try (Socket socket = connect("one")) {
            assertEchoes(socket);
            write(
                    proxy(
                            "one",
                            ",\"toxics\":[{\"name\":\"thin\",\"type\":\"bandwidth\",\"attributes\":{\"rate\":1000}}]"),
                    proxy("three", ",\"enabled\":false"));

            api.post("/reload", "").require(200);

            JsonNode proxies = api.get("/proxies").json();
            assertThat(proxies.fieldNames()).toIterable().containsExactly("mine", "one", "three");
            assertThat(proxies.get("one").get("toxics").findValuesAsText("name"))
                    .containsExactly("thin");
            assertThat(proxies.get("three").get("enabled").asBoolean()).isFalse();
            assertEchoes(socket);
        }
    }

    @Test
    void leavesAloneWhatTheFileDoesNotSay() throws IOException {
        api.patch("/proxies/two", "{\"enabled\":false}").require(200);
        api.post("/proxies/two/toxics", "{\"type\":\"timeout\"}").require(200);
        String before = api.get("/proxies/two").text();

        api.post("/reload", "").require(200);

        assertThat(api.get("/proxies/two").text()).isEqualTo(before);
    }

    @Test
    void enablesWhatTheFileEnables() throws IOException {
        api.patch("/proxies/two", "{\"enabled\":false}").require(200);
        write(proxy("two", ",\"enabled\":true"));

        api.post("/reload", "").require(200);

        try (Socket socket = connect("two")) {
            assertEchoes(socket);
        }
    }

    @Test
    void bringsBackWhatSomebodyRemovedAndTakesOverWhatSomebodyAdded() throws IOException {
        api.delete("/proxies/two").require(204);
        api.post("/proxies", proxy("mine", "")).require(201);
        write(proxy("two", ""), proxy("mine", ""));
        api.post("/reload", "").require(200);
        write(proxy("two", ""));

        api.post("/reload", "").require(200);

        assertThat(api.get("/proxies").json().fieldNames()).toIterable().containsExactly("two");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                     | it is empty
            {}                                                     | it is not a JSON array of proxies
            null                                                   | it is not a JSON array of proxies
            [] []                                                  | railing
            [{"name":"one","name":"two"}]                          | Duplicate field 'name'
            [{"name":"x"}]                                         | proxy 1: missing required field: upstream
            [{"name":"x","upstream":"a"}]                          | proxy 1: upstream is "a"; it must be HOST:PORT
            [{"name":"x","upstream":"a:1","listen":"b"}]           | proxy 1: listen is "b"; it must be HOST:PORT
            [{"name":"x","upstream":"a:1","enabled":1}]            | proxy 1: enabled is 1; it must be true or false
            [{"name":"option","upstream":"a:1"}]                   | proxy 1: proxy option is there twice; names must differ
            [{"name":"x","upstream":"a:1","toxics":[{"type":"timeout","attributes":{"timeout":-1}}]}] | proxy 1: toxic 1: timeout of timeout is -1; it must be a whole number of milliseconds from 0 to 86400000
            """)
    void changesNothingWhenTheFileIsBroken(String content, String sentence) throws IOException {
        String before = api.get("/proxies").text();
        Files.writeString(file, content);

        Api.Reply reply = api.post("/reload", "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("--config is " + file).contains(sentence);
        assertThat(api.get("/proxies").text()).isEqualTo(before);
    }

    @Test
    void namesTheFileWhenAChangeCannotBe() throws IOException {
        String listen = api.get("/proxies/one").json().get("listen").asText();
        Files.writeString(file, "[{\"name\":\"one\",\"upstream\":\"%s\"}]".formatted(listen));

        Api.Reply reply = api.post("/reload", "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("--config is " + file + "; proxy 1: one listens at " + listen);
        assertThat(api.get("/proxies").json().fieldNames()).toIterable().containsExactly("one", "two");
    }

    @Test
    void changesNothingWhenTheFileIsGoneOrNoText() throws IOException {
        Files.write(file, new byte[] {'[', '{', '"', (byte) 0xff, (byte) 0xfe, '"', '}', ']'});
        Api.Reply noText = api.post("/reload", "");
        Files.delete(file);
        Api.Reply gone = api.post("/reload", "");

        assertThat(noText.status()).isEqualTo(400);
        assertThat(noText.error()).contains("Invalid UTF-8");
        assertThat(gone.status()).isEqualTo(400);
        assertThat(gone.error()).isEqualTo("--config is %s; there is no such file".formatted(file));
    }

    @Test
    void goesOnAfterAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write(proxy("three", "").replace("127.0.0.1:0", "127.0.0.1:" + taken.getLocalPort()), proxy("four", ""));

            Api.Reply reply = api.post("/reload", "");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text()).contains("three cannot listen at 127.0.0.1:" + taken.getLocalPort());
            assertThat(api.get("/proxies").json().fieldNames()).toIterable().containsExactly("four");
        }
    }

    @Test
    void isRefusedWithoutAFile() throws IOException {
        try (BareInjector bare = new BareInjector()) {
            Api.Reply reply = new Api("http://127.0.0.1:" + bare.controlPort()).post("/reload", "");

            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.error()).contains("no file to reload", "--config FILE");
        }
    }

    private void write(String... proxies) throws IOException {
        Files.writeString(file, "[" + String.join(",\n", proxies) + "]");
    }

    private String proxy(String name, String more) {
        return "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:%d\"%s}"
                .formatted(name, upstream.port(), more);
    }

    private Socket connect(String proxy) throws IOException {
        String listen = api.get("/proxies/" + proxy).json().get("listen").asText();
        int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(Lab.PATIENCE_MILLIS);
        return socket;
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        assertThat(socket.getInputStream().read()).isEqualTo('a');
    }
}
