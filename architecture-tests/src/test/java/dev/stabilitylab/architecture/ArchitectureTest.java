package dev.stabilitylab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way the arrows point, and habits that a review would otherwise have to check. */
class ArchitectureTest {

    private static final String ROOT = "dev.stabilitylab.";
    private static final String[] SERVICES = {
        ROOT + "auth..", ROOT + "recommendations..", ROOT + "popularity..", ROOT + "homepage.."
    };

    @ParameterizedTest
    @ValueSource(strings = {"auth", "recommendations", "popularity", "homepage"})
    void servicesKnowOnlyThemselvesTheKitAndTheGateway(String service) {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + service + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.stabilitylab..")
                        .and(not(resideInAnyPackage(
                                ROOT + service + "..", ROOT + "servicekit..", ROOT + "apiclient.."))))
                .because("services share a wire, not types: each owns its records"));
    }

    @Test
    void theKitKnowsNoService() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "servicekit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES)
                .because("what all services use must not need one of them"));
    }

    @Test
    void theGatewayKnowsNobody() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "apiclient..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.stabilitylab..").and(not(resideInAnyPackage(ROOT + "apiclient.."))))
                .because("any Spring Boot application can add it"));
    }

    @Test
    void theGatewaysInternalsAreItsOwnExceptForWhatTheKitShares() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "apiclient..", ROOT + "servicekit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "apiclient.internal..")
                .because("the library's API is its root package"));
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "servicekit..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + "apiclient.internal..")
                        .and(not(resideInAnyPackage(ROOT + "apiclient.internal.support.."))))
                .because("the kit shares small tools with the gateway, not its policies"));
    }

    @Test
    void labAndInjectorKnowTheServicesByTheirContractsOnly() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(ROOT + "lab..", ROOT + "faultinjector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "auth..",
                        ROOT + "recommendations..",
                        ROOT + "popularity..",
                        ROOT + "homepage..",
                        ROOT + "servicekit..",
                        ROOT + "apiclient..")
                .because("they work on a running system, wherever it came from"));
    }

    @Test
    void nobodyKnowsTheLab() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "lab..")
                .because("the lab watches; nothing may depend on being watched"));
    }

    @Test
    void onlyTheGatewaysInternalsKnowResilience4jAndTheHttpClient() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "apiclient.internal.core..",
                        ROOT + "apiclient.internal.gateway..",
                        ROOT + "apiclient.internal.wire..",
                        ROOT + "apiclient.autoconfigure..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.resilience4j..", "org.apache.hc..")
                .because("callers see outcomes, and the libraries behind them can be exchanged"));
        hold(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "apiclient.internal.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .because("one package speaks HTTP"));
    }

    @Test
    void whatACallDecidesNeedsNoThreadClockSocketOrChance() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "apiclient.internal.core..")
                .should()
                .dependOnClassesThat(belongToAnyOf(Thread.class, ThreadLocal.class, Random.class)
                        .or(resideInAnyPackage(
                                "java.net..",
                                "java.nio..",
                                "java.util.concurrent.locks..",
                                "org.springframework.boot.."))
                        .or(resideInAPackage("java.util.concurrent").and(not(type(TimeUnit.class)))))
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .because("every order of events can then be tested, and the same code runs in virtual time"));
    }

    @Test
    void servicesReachOthersThroughTheGatewayOnly() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(SERVICES)
                .or()
                .resideInAPackage(ROOT + "servicekit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "org.springframework.web.client..")
                .because("a call beside the gateway has no timeout, no breaker and no metrics"));
    }

    @Test
    void resilienceIsDeclaredInThePipelineNotByAnnotations() {
        hold(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.github.resilience4j..annotation.."))
                .because("the order of the policies stands in one method"));
    }

    @Test
    void packagesHaveNoCycles() {
        hold(slices().matching("dev.stabilitylab.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() {
        List<String> unmarked = Modules.CLASSES.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(known -> !isNullMarked(known))
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked)
                .as("packages without @NullMarked in a package-info.java")
                .isEmpty();
    }

    @Test
    void nobodyKeepsTheRandomOfAThread() {
        hold(noFields()
                .should()
                .haveRawType(ThreadLocalRandom.class)
                .because("it belongs to the thread that asked for it"));
    }

    @Test
    void nobodyPrintsToStandardStreamsButTheCommands() {
        hold(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because("a service logs, and a command has picocli's writers"));
    }

    @Test
    void applicationsAreTheOnlyPublicTypesOfTheServices() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(SERVICES)
                .and(not(annotatedWith("org.springframework.boot.autoconfigure.SpringBootApplication")))
                .should()
                .bePublic()
                .because("a service is used over HTTP"));
    }

    @Test
    void knowsEveryModule() throws IOException {
        List<String> modules = Pattern.compile("<module>(.+)</module>")
                .matcher(Files.readString(Path.of("..", "pom.xml")))
                .results()
                .map(match -> match.group(1))
                // Neither tests nor benchmarks are part of the system; both may know everything.
                .filter(module -> !module.endsWith("-tests") && !module.equals("benchmarks"))
                .toList();

        assertThat(Modules.NAMES).containsExactlyInAnyOrderElementsOf(modules);
        hold(classes().should().resideInAPackage("dev.stabilitylab.."));
    }

    private static boolean isNullMarked(JavaPackage known) {
        return known.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static void hold(ArchRule rule) {
        rule.check(Modules.CLASSES);
    }
}
