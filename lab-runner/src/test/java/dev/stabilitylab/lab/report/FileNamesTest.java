package dev.stabilitylab.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNamesTest {

    private final FileNames names = new FileNames();

    @Test
    void keepsAPlainName() {
        assertThat(names.next("no-retries", ".png")).isEqualTo("no-retries.png");
    }

    @Test
    void neverLeavesTheDirectory() {
        assertThat(names.next("../../etc/passwd", ".png")).isEqualTo("etc-passwd.png");
    }

    @Test
    void replacesWhatAFileSystemMayNotTake() {
        assertThat(names.next("zwölf µs?", ".png")).isEqualTo("zw-lf-s.png");
        assertThat(names.next("重试", ".png")).isEqualTo("variant.png");
    }

    @Test
    void numbersNamesThatAreTaken() {
        names.next("pages", ".png");

        assertThat(names.next("Pages", ".png")).isEqualTo("Pages-2.png");
        assertThat(names.next("pages", ".png")).isEqualTo("pages-3.png");
    }
}
