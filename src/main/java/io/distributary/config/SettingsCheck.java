package io.distributary.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import software.amazon.awssdk.core.SdkSystemSetting;

import static io.distributary.config.Setting.*;

/** What can be wrong with settings before anything is connected: pure decisions, each problem one sentence without secrets. */
final class SettingsCheck {
    static final Set<String> AWS_SERVICES_OF_OPENSEARCH = Set.of("es", "aoss");
    private static final List<String> PREFIXES = List.of("aws.", "claim-check.", "nats.", "opensearch.", "distributary.page.");
    private static final int SHORTEST_TOKEN = 16;
    private static final List<String> KNOWN_KEYS = Arrays.stream(Setting.values()).map(Setting::key).toList();

    private SettingsCheck() {
    }

    /** True for names that only a {@link Setting} may have. */
    static boolean isOurs(String key) {
        return PREFIXES.stream().anyMatch(key::startsWith);
    }

    static List<String> unknownKeys(Collection<String> keys) {
        return keys.stream()
                .filter(SettingsCheck::isOurs)
                .filter(key -> !KNOWN_KEYS.contains(key))
                .sorted()
                .map(SettingsCheck::unknown)
                .toList();
    }

    private static String unknown(String key) {
        Optional<SdkSystemSetting> sdk = Arrays.stream(SdkSystemSetting.values())
                .filter(setting -> setting.property().equals(key))
                .findFirst();
        if (sdk.isPresent()) {
            return key + " has no effect in a property file: the AWS SDK reads it as environment variable "
                    + sdk.get().environmentVariable() + " or as -D" + key;
        }
        String prefix = PREFIXES.stream().filter(key::startsWith).findFirst().orElse("");
        return "Unknown property " + key + EditDistance.nearest(key, KNOWN_KEYS)
                .map(nearest -> ": did you mean " + nearest + "?")
                .orElseGet(() -> ": known are " + KNOWN_KEYS.stream().filter(known -> known.startsWith(prefix))
                        .collect(Collectors.joining(", ")));
    }

    static List<String> contradictions(Map<Setting, String> values) {
        List<String> problems = new ArrayList<>();
        for (Setting url : List.of(AWS_ENDPOINT, AWS_ENDPOINT_DYNAMODB, AWS_ENDPOINT_SQS, AWS_ENDPOINT_SNS, AWS_ENDPOINT_S3,
                AWS_ENDPOINT_STS)) {
            Optional.ofNullable(values.get(url)).ifPresent(value -> checkUrl(url, value, List.of("http", "https"), problems));
        }
        needs(values, AWS_EXTERNAL_ID, AWS_ASSUME_ROLE_ARN, problems);
        String role = values.get(AWS_ASSUME_ROLE_ARN);
        if (role != null && !role.matches("arn:[^:]+:iam::\\d{12}:role/.+")) {
            problems.add(AWS_ASSUME_ROLE_ARN.key() + " is not the ARN of a role (arn:aws:iam::123456789012:role/name): " + role);
        }

        split(values, NATS_URL).forEach(url -> checkUrl(NATS_URL, url, List.of("nats", "tls", "ws", "wss"), problems));
        pair(values, NATS_USER, NATS_PASSWORD, problems);
        pair(values, NATS_CLIENT_CERTIFICATE, NATS_CLIENT_KEY, problems);
        atMostOne(values, problems, NATS_CREDENTIALS_FILE, NATS_USER, NATS_TOKEN);

        List<String> nodes = split(values, OPENSEARCH_URLS);
        nodes.forEach(url -> checkUrl(OPENSEARCH_URLS, url, List.of("http", "https"), problems));
        if (nodes.stream().flatMap(SettingsCheck::path).distinct().count() > 1) {
            problems.add(OPENSEARCH_URLS.key() + ": all nodes must have the same path: " + String.join(", ", nodes));
        }
        pair(values, OPENSEARCH_USERNAME, OPENSEARCH_PASSWORD, problems);
        atMostOne(values, problems, OPENSEARCH_USERNAME, OPENSEARCH_AWS_SERVICE);
        String service = values.get(OPENSEARCH_AWS_SERVICE);
        if (service != null && !AWS_SERVICES_OF_OPENSEARCH.contains(service)) {
            problems.add(OPENSEARCH_AWS_SERVICE.key() + " must be es (Amazon OpenSearch Service) or aoss (Serverless), not "
                    + service);
        }
        checkPage(values, problems);
        return problems;
    }

    private static void checkPage(Map<Setting, String> values, List<String> problems) {
        for (Setting flag : List.of(PAGE_ENABLED, PAGE_RECORDS)) {
            String value = values.getOrDefault(flag, flag.defaultValue());
            if (!value.equals("true") && !value.equals("false")) {
                problems.add(flag.key() + " must be true or false, not " + value);
            }
        }
        String letters = values.getOrDefault(PAGE_DEAD_LETTERS, PAGE_DEAD_LETTERS.defaultValue());
        if (!letters.matches("\\d{1,3}|1000")) {
            problems.add(PAGE_DEAD_LETTERS.key() + " must be a number from 0 to 1000, not " + letters);
        }
        pair(values, PAGE_REDRIVE_STORE, PAGE_REDRIVE_TOKEN, problems);
        String token = values.get(PAGE_REDRIVE_TOKEN);
        if (token != null && token.length() < SHORTEST_TOKEN) {
            problems.add(PAGE_REDRIVE_TOKEN.key() + " has fewer than " + SHORTEST_TOKEN + " characters: it could be guessed");
        }
        for (String range : split(values, PAGE_ALLOW)) {
            try {
                if (!range.equals("any")) {
                    AddressRange.parse(range);
                }
            } catch (IllegalArgumentException e) {
                problems.add(PAGE_ALLOW.key() + ": " + e.getMessage());
            }
        }
        for (String host : split(values, PAGE_HOSTS)) {
            if (!host.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
                problems.add(PAGE_HOSTS.key() + " takes plain names like status.example.com, without scheme and port, not " + host);
            }
        }
    }

    private static void pair(Map<Setting, String> values, Setting one, Setting other, List<String> problems) {
        needs(values, one, other, problems);
        needs(values, other, one, problems);
    }

    private static void needs(Map<Setting, String> values, Setting given, Setting needed, List<String> problems) {
        if (values.containsKey(given) && !values.containsKey(needed)) {
            problems.add(given.key() + " is set but " + needed.key() + " is not: set both or none");
        }
    }

    private static void atMostOne(Map<Setting, String> values, List<String> problems, Setting... settings) {
        List<String> given = Arrays.stream(settings).filter(values::containsKey).map(Setting::key).toList();
        if (given.size() > 1) {
            problems.add(String.join(" and ", given) + " exclude each other: set only one");
        }
    }

    private static void checkUrl(Setting setting, String url, List<String> schemes, List<String> problems) {
        String example = schemes.get(0) + "://host:port";
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null || !schemes.contains(uri.getScheme()) || uri.getHost() == null) {
                problems.add(setting.key() + " must be a URL like " + example + " (" + String.join(", ", schemes) + "), not "
                        + withoutUserInfo(url));
            } else if (uri.getUserInfo() != null) {
                problems.add(setting.key() + " must not hold a user or password (they would be logged): use the settings for them");
            }
        } catch (URISyntaxException e) {
            problems.add(setting.key() + " must be a URL like " + example + ", not " + withoutUserInfo(url));
        }
    }

    private static String withoutUserInfo(String url) {
        return url.replaceFirst("//.*@", "//***@");
    }

    private static List<String> split(Map<Setting, String> values, Setting setting) {
        return Optional.ofNullable(values.get(setting)).map(Settings::split).orElse(List.of());
    }

    private static Stream<String> path(String url) {
        try {
            return Stream.of(Optional.ofNullable(new URI(url).getPath()).orElse("").replaceFirst("/$", ""));
        } catch (URISyntaxException e) {
            return Stream.empty();
        }
    }
}
