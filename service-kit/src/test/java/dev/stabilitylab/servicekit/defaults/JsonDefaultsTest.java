package dev.stabilitylab.servicekit.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** How the services' own ObjectMapper reads. */
class JsonDefaultsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(JsonAutoConfiguration.class, JacksonAutoConfiguration.class));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'number': 1, 'text': 'a'} {}",
                "{'number': 1, 'text': 'a'} x",
                "{'number': 1, 'number': 1, 'text': 'a'}",
                "{'number': null, 'text': 'a'}",
                "{'number': '1', 'text': 'a'}",
                "{'number': 1.5, 'text': 'a'}",
                "{'number': 1.0, 'text': 'a'}",
                "{'number': true, 'text': 'a'}",
                "{'number': '', 'text': 'a'}",
                "{'number': 1, 'text': 2}",
                "{'number': 1, 'text': 2.5}",
                "{'number': 1, 'text': true}",
                "{'number': 1, 'text': 'a', 'list': '1'}",
                "{'number': 1, 'text': 'a', 'list': [1.5]}"
            })
    void refusesWhatCouldBeAMistake(String json) {
        service.run(context -> assertThatThrownBy(() -> read(context.getBean(ObjectMapper.class), json))
                .isInstanceOf(JsonProcessingException.class));
    }

    @Test
    void leavesTheLastWordToSpringsProperties() {
        service.withPropertyValues("spring.jackson.deserialization.fail-on-trailing-tokens=false")
                .run(context -> assertThat(read(context.getBean(ObjectMapper.class), "{'number': 1, 'text': 'a'} {}"))
                        .isEqualTo(new Item(1, "a", null)));
    }

    @Test
    void ignoresUnknownFields() {
        service.run(context -> assertThat(
                        read(context.getBean(ObjectMapper.class), "{'number': 1, 'text': 'a', 'new': [{}]}"))
                .isEqualTo(new Item(1, "a", null)));
    }

    private static Item read(ObjectMapper mapper, String json) throws JsonProcessingException {
        return mapper.readValue(json.replace('\'', '"'), Item.class);
    }

    record Item(int number, String text, @Nullable List<Integer> list) {}
}
