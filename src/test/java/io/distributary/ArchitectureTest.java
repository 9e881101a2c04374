package io.distributary;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.distributary";

    /** What each package may know of the others. The root package, which puts them together, may know all. */
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            entry("event", Set.of()),
            entry("attributes", Set.of("event")),
            entry("filter", Set.of("event", "attributes")),
            entry("config", Set.of()),
            entry("metrics", Set.of("event")),
            entry("fifo", Set.of("event")),
            entry("retry", Set.of()),
            entry("errors", Set.of()),
            entry("file", Set.of("preview")),
            entry("values", Set.of("event", "attributes", "fifo")),
            entry("coalesce", Set.of("errors", "event", "metrics", "retry")),
            entry("preview", Set.of("coalesce")),
            entry("oversize", Set.of("event", "config", "metrics", "coalesce", "aws")),
            entry("ddb", Set.of("event", "config", "metrics", "coalesce", "aws", "preview")),
            entry("ddbstream", Set.of("errors", "event", "config", "metrics", "retry")),
            entry("outbox", Set.of("event", "fifo")),
            entry("nats", Set.of("event", "config", "metrics", "coalesce", "oversize", "preview")),
            entry("opensearch", Set.of("event", "config", "metrics", "coalesce", "preview")),
            entry("aws", Set.of("event", "config", "coalesce")),
            entry("sqs", Set.of("event", "config", "metrics", "fifo", "coalesce", "aws", "oversize", "preview")),
            entry("sns", Set.of("event", "config", "metrics", "fifo", "coalesce", "aws", "oversize", "preview")),
            entry("deadletter", Set.of("event", "config", "fifo", "metrics", "coalesce", "aws", "oversize", "nats", "preview")),
            entry("diagnosis", Set.of("config", "ddbstream", "coalesce")),
            entry("routes", Set.of("event", "config", "ddbstream", "nats", "opensearch", "deadletter", "diagnosis", "retry")),
            entry("ops", Set.of("diagnosis")),
            entry("status", Set.of("coalesce", "config", "ddbstream", "deadletter", "metrics", "routes")),
            entry("page", Set.of("config", "redrive")),
            entry("validate", Set.of("config", "diagnosis", "filter")),
            entry("feed", Set.of("event", "ddbstream", "preview")),
            entry("dryrun", Set.of("event", "coalesce", "deadletter", "feed", "nats", "preview")),
            entry("replay", Set.of("event", "feed")),
            entry("redrive", Set.of("event", "config", "metrics", "attributes", "deadletter", "feed", "preview", "replay")),
            entry("backfill", Set.of("event", "config", "ddbstream", "coalesce", "feed", "replay", "diagnosis", "retry")),
            entry("explain", Set.of("event", "nats")),
            entry("cli", Set.of("backfill", "dryrun", "explain", "feed", "redrive", "replay", "event", "config", "ddbstream", "nats",
                    "opensearch", "deadletter", "diagnosis", "ops", "routes", "validate", "status", "page")));

    private static final JavaClasses RELEASED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(ROOT);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final ArchRule PACKAGES = classes().should(knowOnlyWhatTheyMay());
    private static final ArchRule NO_PRINTING = noClasses()
            .that().resideOutsideOfPackage(ROOT + ".cli..").and().doNotHaveFullyQualifiedName(ROOT + ".Distributary")
            .should(ACCESS_STANDARD_STREAMS);
    private static final ArchRule NO_SLEEP = noClasses().should(callMethodWhere(sleeps()));

    @Test
    void aPackageKnowsOnlyThoseItNeeds() {
        PACKAGES.check(RELEASED);
    }

    @Test
    void theReleasedCodeKnowsNeitherTheSandboxNorTheTestLibraries() {
        noClasses().should().dependOnClassesThat(resideInAPackage(ROOT + ".sandbox..")
                .or(resideInAPackage("org.junit..")).or(resideInAPackage("org.testcontainers.."))
                .or(resideInAPackage("com.amazonaws.services.dynamodbv2.local.."))
                .or(resideInAPackage("org.elasticmq..")))
                .check(RELEASED);
        assertTrue(RELEASED.stream().noneMatch(type -> type.getPackageName().startsWith(ROOT + ".sandbox")),
                "the sandbox is compiled into the released classes");
    }

    @Test
    void onlyTheCommandLineWritesToTheStandardStreams() {
        NO_PRINTING.check(RELEASED);
    }

    @Test
    void noTestAndNoSandboxSleeps() {
        NO_SLEEP.check(TESTS.that(DescribedPredicate.not(nameMatching(".*ArchitectureTest\\$Broken")
                .or(nameMatching(".*\\.jmh_generated\\..*"))))); // JMH's code, not ours
    }

    @Test
    void noClassIsCalledUtilsOrImpl() {
        noClasses().should().haveNameMatching(".*(Utils?|Impl)(\\$.*)?").check(RELEASED);
        noClasses().should().haveNameMatching(".*(Utils?|Impl)(\\$.*)?").check(TESTS);
    }

    @Test
    void aBrokenRuleIsFound() {
        var broken = new ClassFileImporter().importClasses(Broken.class);
        assertEquals(2, NO_SLEEP.evaluate(broken).getFailureReport().getDetails().size());
        assertEquals(1, NO_PRINTING.evaluate(broken).getFailureReport().getDetails().size());
        assertTrue(PACKAGES.evaluate(TESTS).hasViolation(), "io.distributary.project is not in KNOWS");
    }

    private static ArchCondition<JavaClass> knowOnlyWhatTheyMay() {
        return new ArchCondition<>("know only what ArchitectureTest.KNOWS lets their package know") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var from = part(type.getPackageName());
                if (from.isEmpty()) {
                    return;
                }
                if (!KNOWS.containsKey(from)) {
                    events.add(SimpleConditionEvent.violated(type, "package " + from + " of " + type.getName()
                            + " is not in ArchitectureTest.KNOWS: say there what it may know"));
                    return;
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForbidden(from, dependency.getTargetClass().getPackageName()))
                        .map(dependency -> SimpleConditionEvent.violated(type, dependency.getDescription()))
                        .forEach(events::add);
            }
        };
    }

    private static boolean isForbidden(String from, String packageName) {
        if (!(packageName + ".").startsWith(ROOT + ".")) {
            return false;
        }
        var to = part(packageName);
        return !to.equals(from) && !KNOWS.get(from).contains(to);
    }

    /** The name right below the root package, empty for the root package itself. */
    private static String part(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1).replaceFirst("\\..*", "");
    }

    private static DescribedPredicate<JavaCall<?>> sleeps() {
        return DescribedPredicate.describe("sleeps", call -> call.getName().equals("sleep")
                && (call.getTargetOwner().isEquivalentTo(Thread.class)
                || call.getTargetOwner().isEquivalentTo(TimeUnit.class)));
    }

    /** Breaks the rules that it is to prove. */
    private static final class Broken {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
            TimeUnit.MILLISECONDS.sleep(1);
        }

        void print() {
            System.out.println();
        }
    }
}
