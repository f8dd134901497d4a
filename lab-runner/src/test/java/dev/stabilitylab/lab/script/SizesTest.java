package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({
        "0KB, 0, 0B",
        "1B, 1, 1B",
        "1025B, 1025, 1025B",
        "512KB, 524288, 512KB",
        "1024KB, 1048576, 1MB",
        "1048576B, 1048576, 1MB",
        "10MB, 10485760, 10MB",
        "10 MB, 10485760, 10MB",
        "1024MB, 1073741824, 1024MB",
    })
    void readsAndWrites(String text, long bytes, String shortest) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
        assertThat(Sizes.text(bytes)).isEqualTo(shortest);
    }
}
