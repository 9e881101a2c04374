package io.distributary.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.IOHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nats.urls                | Unknown property nats.urls: did you mean nats.url?
            opensearch.url           | Unknown property opensearch.url: did you mean opensearch.urls?
            aws.assumeRoleArn        | Unknown property aws.assumeRoleArn: did you mean aws.assume-role-arn?
            aws.endpoint.dynamo      | Unknown property aws.endpoint.dynamo: did you mean aws.endpoint.dynamodb?
            distributary.page.everyone-may-see-it | Unknown property distributary.page.everyone-may-see-it: known are distributary.page.enabled, distributary.page.allow, distributary.page.hosts, distributary.page.records, distributary.page.dead-letters, distributary.page.redrive-store, distributary.page.redrive-token
            distributary.page.host   | Unknown property distributary.page.host: did you mean distributary.page.hosts?
            nats.credential-file     | Unknown property nats.credential-file: did you mean nats.credentials-file?
            aws.accessKeyId          | aws.accessKeyId has no effect in a property file: the AWS SDK reads it as environment variable AWS_ACCESS_KEY_ID or as -Daws.accessKeyId
            """)
    void anUnknownNameIsRefusedWithTheNearestKnownOne(String key, String message) {
        assertEquals(List.of(message), SettingsCheck.unknownKeys(Set.of(key, "nats.url", "orders.table")));
    }

    @Test
    void aNameNearToNothingIsRefusedWithTheKnownOnesOfItsKind() {
        String problem = SettingsCheck.unknownKeys(Set.of("nats.compression-of-everything")).get(0);

        assertEquals("Unknown property nats.compression-of-everything: known are nats.url, nats.connection-name, "
                + "nats.credentials-file, nats.user, nats.password, nats.token, nats.ca-certificate, nats.client-certificate, "
                + "nats.client-key", problem);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                arguments(Map.of(Setting.NATS_USER, "u"), "nats.user is set but nats.password is not: set both or none"),
                arguments(Map.of(Setting.NATS_PASSWORD, "p"), "nats.password is set but nats.user is not: set both or none"),
                arguments(Map.of(Setting.NATS_USER, "u", Setting.NATS_PASSWORD, "p", Setting.NATS_TOKEN, "t"),
                        "nats.user and nats.token exclude each other: set only one"),
                arguments(Map.of(Setting.NATS_CLIENT_CERTIFICATE, "c.pem"),
                        "nats.client-certificate is set but nats.client-key is not: set both or none"),
                arguments(Map.of(Setting.NATS_URL, "localhost:4222"),
                        "nats.url must be a URL like nats://host:port (nats, tls, ws, wss), not localhost:4222"),
                arguments(Map.of(Setting.NATS_URL, "nats://a:1,nats://me:secret@b:2"),
                        "nats.url must not hold a user or password (they would be logged): use the settings for them"),
                arguments(Map.of(Setting.AWS_EXTERNAL_ID, "x"),
                        "aws.external-id is set but aws.assume-role-arn is not: set both or none"),
                arguments(Map.of(Setting.AWS_ASSUME_ROLE_ARN, "reader"),
                        "aws.assume-role-arn is not the ARN of a role (arn:aws:iam::123456789012:role/name): reader"),
                arguments(Map.of(Setting.AWS_ENDPOINT_SQS, "localhost"),
                        "aws.endpoint.sqs must be a URL like http://host:port (http, https), not localhost"),
                arguments(Map.of(Setting.OPENSEARCH_AWS_SERVICE, "s3"),
                        "opensearch.aws-service must be es (Amazon OpenSearch Service) or aoss (Serverless), not s3"),
                arguments(Map.of(Setting.OPENSEARCH_USERNAME, "u"),
                        "opensearch.username is set but opensearch.password is not: set both or none"),
                arguments(Map.of(Setting.OPENSEARCH_USERNAME, "u", Setting.OPENSEARCH_PASSWORD, "p",
                        Setting.OPENSEARCH_AWS_SERVICE, "es"),
                        "opensearch.username and opensearch.aws-service exclude each other: set only one"),
                arguments(Map.of(Setting.PAGE_ENABLED, "yes"), "distributary.page.enabled must be true or false, not yes"),
                arguments(Map.of(Setting.PAGE_RECORDS, "loopback"), "distributary.page.records must be true or false, not loopback"),
                arguments(Map.of(Setting.PAGE_DEAD_LETTERS, "1001"), "distributary.page.dead-letters must be a number from 0 to 1000, not 1001"),
                arguments(Map.of(Setting.PAGE_ALLOW, "any, localhost"),
                        "distributary.page.allow: localhost is neither an address nor a network like 10.0.0.0/8"),
                arguments(Map.of(Setting.PAGE_ALLOW, "10.1.0.0/8"), "distributary.page.allow: 10.1.0.0/8 has bits set after the first 8"),
                arguments(Map.of(Setting.PAGE_REDRIVE_TOKEN, "0123456789abcdef"),
                        "distributary.page.redrive-token is set but distributary.page.redrive-store is not: set both or none"),
                arguments(Map.of(Setting.PAGE_REDRIVE_TOKEN, "hidden", Setting.PAGE_REDRIVE_STORE, "sqs:a"),
                        "distributary.page.redrive-token has fewer than 16 characters: it could be guessed"),
                arguments(Map.of(Setting.PAGE_HOSTS, "http://status.example.com"), "distributary.page.hosts takes plain names like "
                        + "status.example.com, without scheme and port, not http://status.example.com"),
                arguments(Map.of(Setting.OPENSEARCH_URLS, "http://a:1/x,http://b:1/y"),
                        "opensearch.urls: all nodes must have the same path: http://a:1/x, http://b:1/y"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void aContradictionIsOneSentence(Map<Setting, String> values, String problem) {
        InvalidSettingsException refused = assertThrows(InvalidSettingsException.class, () -> Settings.of(values, Set.of()));

        assertEquals(List.of(problem), refused.problems());
    }

    static Stream<Map<Setting, String>> consistent() {
        return Stream.of(
                Map.of(),
                Map.of(Setting.NATS_USER, "u", Setting.NATS_PASSWORD, "p", Setting.NATS_URL, "nats://a:4222, tls://b:4222"),
                Map.of(Setting.AWS_ASSUME_ROLE_ARN, "arn:aws-cn:iam::123456789012:role/path/reader", Setting.AWS_EXTERNAL_ID, "x"),
                Map.of(Setting.OPENSEARCH_URLS, "https://a.example, https://b.example/", Setting.OPENSEARCH_AWS_SERVICE, "aoss"),
                Map.of(Setting.PAGE_ALLOW, "10.0.0.0/8, fd00::/8, 192.0.2.7", Setting.PAGE_HOSTS, "status.example.com",
                        Setting.PAGE_ENABLED, "false"),
                Map.of(Setting.PAGE_ALLOW, "any"),
                Map.of(Setting.NATS_PASSWORD, " "));
    }

    @ParameterizedTest
    @MethodSource("consistent")
    void consistentSettingsAreAccepted(Map<Setting, String> values) {
        assertDoesNotThrow(() -> Settings.of(values, Set.of("camel.main.name", "nats.url")));
    }

    @Test
    void noProblemEverRepeatsASecret() {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        values.put(Setting.NATS_PASSWORD, "hidden");
        values.put(Setting.NATS_TOKEN, "hidden");
        values.put(Setting.OPENSEARCH_PASSWORD, "hidden");
        values.put(Setting.PAGE_REDRIVE_TOKEN, "hidden");
        values.put(Setting.NATS_URL, "http://u:hidden@a");
        values.put(Setting.OPENSEARCH_URLS, "nats://u:hidden@a");

        InvalidSettingsException refused = assertThrows(InvalidSettingsException.class, () -> Settings.of(values, Set.of()));

        assertFalse(refused.getMessage().contains("hidden"), refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theEnvironmentVariableIsTheOneThatCamelLooksUp(Setting setting) {
        assertEquals(IOHelper.normalizeEnvironmentVariable(setting.key()), setting.environmentVariable());
    }

    @Test
    void anUnknownNameInAFileStopsTheStart() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("opensearch.user", "me");

            Exception refused = assertThrows(Exception.class, context::start);

            assertEquals("Unknown property opensearch.user: did you mean opensearch.username?", root(refused).getMessage());
        }
    }

    @Test
    void anSdkSystemPropertyIsNoMistake() throws Exception {
        System.setProperty("aws.sharedCredentialsFile", "/none");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertDoesNotThrow(context::start);
        } finally {
            System.clearProperty("aws.sharedCredentialsFile");
        }
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }
}
