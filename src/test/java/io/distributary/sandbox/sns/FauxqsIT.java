package io.distributary.sandbox.sns;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The npm package fauxqs, an independent server: shows that what the stand-in is tested for is not only our own idea of SNS. */
@EnabledIfSystemProperty(named = "fauxqs", matches = ".+", disabledReason = "to check the SNS stand-in against an independent"
        + " server: npm install --prefix target/fauxqs fauxqs@1.9.2, then -Dfauxqs=target/fauxqs/node_modules/fauxqs")
final class FauxqsIT extends SnsContract {
    private static Process server;
    private static URI endpoint;
    private static SnsClient snsClient;
    private static SqsClient sqsClient;

    FauxqsIT() {
        super(snsClient, sqsClient);
    }

    @BeforeAll
    static void start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("node", Path.of(System.getProperty("fauxqs"), "dist", "cli.js").toString())
                .redirectErrorStream(true);
        builder.environment().put("FAUXQS_PORT", "0");
        server = builder.start();
        BufferedReader log = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); endpoint == null && line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Server listening at http://127.0.0.1:")) {
                endpoint = URI.create(line.replaceFirst(".*(http://127\\.0\\.0\\.1:\\d+).*", "$1"));
                break;
            }
        }
        if (endpoint == null) {
            throw new IllegalStateException("fauxqs did not start: " + said);
        }
        snsClient = aws(SnsClient.builder());
        sqsClient = aws(SqsClient.builder());
        Thread drain = new Thread(() -> log.lines().forEach(line -> { }), "fauxqs-log");
        drain.setDaemon(true);
        drain.start();
    }

    @AfterAll
    static void stop() {
        if (snsClient != null) {
            snsClient.close();
            sqsClient.close();
        }
        server.destroy();
    }

    private static <B extends AwsClientBuilder<B, C>, C> C aws(B builder) {
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x"))).build();
    }
}
