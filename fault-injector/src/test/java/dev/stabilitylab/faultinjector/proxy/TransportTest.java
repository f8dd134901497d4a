package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TransportTest {

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void isNativeWhereItsLibraryIsPartOfTheProgram() {
        assertThat(Transport.best()).isEqualTo(Transport.EPOLL);
    }
}
