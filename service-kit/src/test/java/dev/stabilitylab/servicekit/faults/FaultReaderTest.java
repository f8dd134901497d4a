package dev.stabilitylab.servicekit.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultReaderTest {

    @Test
    void readsAllThatThereIs() {
        ServiceFault fault = read("""
                {"slowdown": {"latency": "7500ms", "jitter": "2500ms", "probability": 0.3},
                 "errors": {"probability": 0.2}, "seed": -9223372036854775808}
                """);

        assertThat(fault)
                .isEqualTo(new ServiceFault(
                        new Slowdown(Duration.ofMillis(7500), Duration.ofMillis(2500), 0.3),
                        new Errors(0.2),
                        Long.MIN_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"slowdown\": {\"latency\": \"2s\"}}",
                "{\"slowdown\": {\"latency\": \"2s\"}, \"errors\": null}"
            })
    void meansEveryRequestAlikeUnlessToldOtherwise(String json) {
        assertThat(read(json))
                .isEqualTo(new ServiceFault(new Slowdown(Duration.ofSeconds(2), Duration.ZERO, 1), null, 1));
    }

    @Test
    void readsErrorsAlone() {
        assertThat(read("{\"errors\": {}}")).isEqualTo(new ServiceFault(null, new Errors(1), 1));
    }

    static Stream<String> limits() {
        return Stream.of(
                "{'slowdown': {'latency': '1ms', 'jitter': '1ms', 'probability': 1}}",
                "{'slowdown': {'latency': '1h', 'jitter': '0ms', 'probability': 1e-9}}",
                "{'errors': {'probability': 1.0}, 'seed': 9223372036854775807}");
    }

    @ParameterizedTest
    @MethodSource("limits")
    void readsWhatIsJustAllowed(String json) {
        assertThat(read(json.replace('\'', '"'))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                        | slowdown and errors are missing; at least one of them must be there
            {'seed': 1}                               | slowdown and errors are missing; at least one of them must be there
            {'slowdown': null, 'errors': null}        | slowdown and errors are missing; at least one of them must be there
            []                                        | the body is []; it must be a JSON object
            null                                      | the body is null; it must be a JSON object
            1                                         | the body is 1; it must be a JSON object
            'slow'                                    | the body is 'slow'; it must be a JSON object
            {'slow': {}}                              | slow is not known; known here are slowdown, errors, seed
            {'errors': {}, 'ttl': '20s', 'a': 1}      | a, ttl is not known; known here are slowdown, errors, seed
            {'errors': {'rate': 1, 'no': 2}}          | errors.no, errors.rate is not known; known here are probability
            {'slowdown': {'toxicity': 1}}             | slowdown.toxicity is not known; known here are latency, jitter, probability
            {'slowdown': []}                          | slowdown is []; it must be a JSON object
            {'slowdown': '2s'}                        | slowdown is '2s'; it must be a JSON object
            {'errors': true}                          | errors is true; it must be a JSON object
            {'slowdown': {}}                          | slowdown.latency is missing; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': null}}           | slowdown.latency is null; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': 7500}}           | slowdown.latency is 7500; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': '7500'}}         | slowdown.latency is '7500'; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': ''}}             | slowdown.latency is ''; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': 'long'}}         | slowdown.latency is 'long'; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': '9999999d'}}     | slowdown.latency is '9999999d'; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': '0ms'}}          | slowdown.latency is 0ms; it must be from 1ms to 1h
            {'slowdown': {'latency': '999us'}}        | slowdown.latency is 999us; it must be from 1ms to 1h
            {'slowdown': {'latency': '-2s'}}          | slowdown.latency is -2s; it must be from 1ms to 1h
            {'slowdown': {'latency': '3601s'}}        | slowdown.latency is 3601s; it must be from 1ms to 1h
            {'slowdown': {'latency': '2s', 'jitter': '2001ms'}} | slowdown.jitter is 2001ms; it must be from 0ms to the latency, which is 2s
            {'slowdown': {'latency': '2s', 'jitter': '-1ms'}}   | slowdown.jitter is -1ms; it must be from 0ms to the latency, which is 2s
            {'slowdown': {'latency': '2s', 'jitter': null}}     | slowdown.jitter is null; it must be a duration with its unit, such as 300ms or 2s
            {'slowdown': {'latency': '2s', 'probability': 0}}   | slowdown.probability is 0.0; it must be above 0 and at most 1
            {'errors': {'probability': 0}}            | errors.probability is 0.0; it must be above 0 and at most 1
            {'errors': {'probability': -0.1}}         | errors.probability is -0.1; it must be above 0 and at most 1
            {'errors': {'probability': 1.01}}         | errors.probability is 1.01; it must be above 0 and at most 1
            {'errors': {'probability': 1e999}}        | errors.probability is Infinity; it must be above 0 and at most 1
            {'errors': {'probability': '0.2'}}        | errors.probability is '0.2'; it must be a number
            {'errors': {'probability': '20%'}}        | errors.probability is '20%'; it must be a number
            {'errors': {'probability': null}}         | errors.probability is null; it must be a number
            {'errors': {'probability': true}}         | errors.probability is true; it must be a number
            {'errors': {}, 'seed': 1.0}               | seed is 1.0; it must be a whole number of at most 64 bits
            {'errors': {}, 'seed': '1'}               | seed is '1'; it must be a whole number of at most 64 bits
            {'errors': {}, 'seed': null}              | seed is null; it must be a whole number of at most 64 bits
            {'errors': {}, 'seed': 9223372036854775808} | seed is 9223372036854775808; it must be a whole number of at most 64 bits
            """)
    void refusesWhatItCannotDo(String json, String sentence) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence.replace('\'', '"'));
    }

    private static ServiceFault read(String json) {
        try {
            return FaultReader.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
