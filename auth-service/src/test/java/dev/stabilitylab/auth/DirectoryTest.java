package dev.stabilitylab.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.auth.AuthProperties.Entry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final String UUID_OF_ADA = "0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132";
    private static final Entry ADA = new Entry(UUID_OF_ADA, "Ada", "sEcReT", List.of("can_view_homepage"));

    @Test
    void findsAUserByToken() {
        Directory directory = directory(ADA);

        assertThat(directory.find("sEcReT")).hasValueSatisfying(user -> {
            assertThat(user.uuid()).isEqualTo(UUID.fromString(UUID_OF_ADA));
            assertThat(user.permissions()).containsExactly(Permission.CAN_VIEW_HOMEPAGE);
        });
    }

    @Test
    void findsNobodyByAnotherToken() {
        Directory directory = directory(ADA);

        assertThat(directory.find("secret")).isEmpty();
        assertThat(directory.find("sEcReT=")).isEmpty();
    }

    @Test
    void needsAtLeastOneUser() {
        assertRefused("auth.users is empty; there must be at least 1 user");
    }

    @Test
    void needsAToken() {
        assertRefused(
                "auth.users[0].token of Ada is blank; it must be 1 to 256 letters, digits or -._~+/",
                new Entry(UUID_OF_ADA, "Ada", " ", List.of()));
    }

    @Test
    void refusesATokenThatNoHeaderCanCarryAndDoesNotShowIt() {
        assertRefused(
                "auth.users[0].token of Ada is malformed (its value is not shown); "
                        + "it must be 1 to 256 letters, digits or -._~+/",
                new Entry(UUID_OF_ADA, "Ada", "sEcReT sEcReT", List.of()));
    }

    @Test
    void refusesTwoUsersWithTheSameTokenAndDoesNotShowIt() {
        assertRefused(
                "auth.users[1].token of Bob is the token of Ada too; every user needs a token of their own",
                ADA,
                new Entry(UUID_OF_ADA, "Bob", "sEcReT", List.of()));
    }

    @Test
    void refusesAPermissionThatItDoesNotKnow() {
        assertRefused(
                "auth.users[0].permissions of Ada has can_fly; known are can_view_homepage, can_view_recommendations",
                new Entry(UUID_OF_ADA, "Ada", "sEcReT", List.of("can_view_homepage", "can_fly")));
    }

    @Test
    void refusesAUuidThatIsNone() {
        assertRefused(
                "auth.users[0].uuid of Ada is me; it must be a UUID", new Entry("me", "Ada", "sEcReT", List.of()));
    }

    @Test
    void needsAUuid() {
        assertRefused(
                "auth.users[0].uuid of Ada is missing; every user needs one",
                new Entry(null, "Ada", "sEcReT", List.of()));
    }

    @Test
    void needsAName() {
        assertRefused(
                "auth.users[0].name is blank; every user needs one", new Entry(UUID_OF_ADA, "", "sEcReT", List.of()));
    }

    @Test
    void doesNotPrintTokens() {
        assertThat(new AuthProperties(List.of(ADA)).toString()).contains("Ada").doesNotContain("sEcReT");
    }

    private static Directory directory(Entry... users) {
        return new Directory(new AuthProperties(List.of(users)));
    }

    private static void assertRefused(String sentence, Entry... users) {
        assertThatThrownBy(() -> directory(users)).hasMessage(sentence);
    }
}
