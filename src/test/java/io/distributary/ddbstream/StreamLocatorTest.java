package io.distributary.ddbstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import io.distributary.ddbstream.shard.TableStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The real SDK clients against scripted answers, as AWS words them. */
class StreamLocatorTest {
    private static final String OLD = "arn:aws:dynamodb:eu-west-1:1:table/orders/stream/2026-01-01T00:00:00.000";
    private static final String NEW = "arn:aws:dynamodb:eu-west-1:1:table/orders/stream/2026-02-01T00:00:00.000";

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private HttpServer server;
    private StreamClients clients;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        clients = new StreamClients(set(DynamoDbStreamsClient.builder()), set(DynamoDbClient.builder()), true, true);
        answers.put("DescribeTable", """
                {"Table":{"TableName":"orders","LatestStreamArn":"%s","StreamSpecification":{"StreamEnabled":true}}}"""
                .formatted(NEW));
        answers.put("DescribeStream " + NEW, described(NEW, "ENABLED"));
        answers.put("DescribeStream " + OLD, described(OLD, "DISABLED"));
        answers.put("ListStreams", """
                {"Streams":[{"StreamArn":"%s","TableName":"orders","StreamLabel":"2026-01-01T00:00:00.000"},
                {"StreamArn":"%s","TableName":"orders","StreamLabel":"2026-02-01T00:00:00.000"}]}""".formatted(OLD, NEW));
    }

    @AfterEach
    void stop() {
        clients.close();
        server.stop(0);
    }

    @Test
    void takesTheTablesLatestStreamAndItsKeys() {
        assertEquals(new TableStream("orders", NEW, "pk", "sk"), find());
        assertEquals(List.of("DescribeTable", "DescribeStream"), calls);
        assertEquals(1, turns.get(), "turns waited for to call DescribeStream");
    }

    @Test
    void takesTheEnabledOneOfTheListedStreamsWhereDescribeTableIsNotPermitted() {
        answers.put("DescribeTable", error("AccessDeniedException", "not authorized to perform: dynamodb:DescribeTable"));
        assertEquals(NEW, find().streamArn());
        assertEquals(List.of("DescribeTable", "ListStreams", "DescribeStream", "DescribeStream"), calls);
    }

    @Test
    void saysThatTheTableDoesNotExistAndWhereItLooked() {
        answers.put("DescribeTable", error("ResourceNotFoundException", "Requested resource not found"));
        assertEquals("Table 'orders' does not exist in region eu-west-1 at http://localhost:" + server.getAddress().getPort()
                + ": check the table's name, the region option (or AWS_REGION) and the account of the credentials.", refusal());
    }

    @Test
    void saysThatTheStreamIsSwitchedOffAndHowToSwitchItOn() {
        answers.put("DescribeTable", "{\"Table\":{\"TableName\":\"orders\",\"LatestStreamArn\":\"" + OLD + "\"}}");
        String refusal = refusal();
        assertTrue(refusal.startsWith("The stream of table 'orders' in region eu-west-1"), refusal);
        assertTrue(refusal.contains("is switched off"), refusal);
        assertTrue(refusal.endsWith("aws dynamodb update-table --table-name orders --stream-specification"
                + " StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES"), refusal);
    }

    @Test
    void saysThatNoListedStreamIsEnabled() {
        answers.put("DescribeTable", error("AccessDeniedException", "no"));
        answers.put("DescribeStream " + NEW, described(NEW, "DISABLED"));
        assertTrue(refusal().contains("is switched off"));
        answers.put("ListStreams", "{\"Streams\":[]}");
        assertTrue(refusal().contains("has no stream in region eu-west-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException"})
    void saysThatTheCredentialsAreRefusedInAwssWords(String code) {
        answers.put("DescribeTable", error(code, "The security token included in the request is invalid."));
        String refusal = refusal();
        assertTrue(refusal.contains("may not be read (" + code + ": The security token included in the request is invalid.)"),
                refusal);
        assertTrue(refusal.contains("dynamodb:DescribeStream"), refusal);
    }

    @Test
    void saysThatNoRightIsThereAtAll() {
        answers.put("DescribeTable", error("AccessDeniedException", "no"));
        answers.put("ListStreams", error("AccessDeniedException", "not authorized to perform: dynamodb:ListStreams"));
        assertTrue(refusal().contains("not authorized to perform: dynamodb:ListStreams"));
    }

    @Test
    void leavesThrottlingToTheCallerToTryAgain() {
        answers.put("DescribeTable", error("ThrottlingException", "slow down"));
        assertThrows(DynamoDbException.class, this::find);
    }

    @Test
    void theNextStreamIsTheOldestLaterOneThatIsListedOrTheTablesLatest() {
        StreamLocator locator = new StreamLocator("orders", clients, turns::incrementAndGet);
        assertEquals(NEW, locator.after(OLD).orElseThrow().streamArn());
        assertEquals(Optional.empty(), locator.after(NEW));
        answers.put("ListStreams", error("AccessDeniedException", "not authorized to perform: dynamodb:ListStreams"));
        assertEquals(NEW, locator.after(OLD).orElseThrow().streamArn());
    }

    @Test
    void whileTheTableIsGoneThereIsNoNextStream() {
        answers.put("DescribeTable", error("ResourceNotFoundException", "Requested resource not found"));
        answers.put("ListStreams", "{\"Streams\":[]}");
        assertEquals(Optional.empty(), new StreamLocator("orders", clients, turns::incrementAndGet).after(OLD));
    }

    @Test
    void aStreamThatNoLongerExistsIsNoFailure() {
        answers.put("DescribeStream " + OLD, error("ResourceNotFoundException", "Requested resource not found: Stream"));
        assertEquals(Optional.empty(), new StreamLocator("orders", clients, turns::incrementAndGet).describe(OLD));
        assertEquals(Optional.of(NEW), new StreamLocator("orders", clients, turns::incrementAndGet).resumable(Set.of(OLD, NEW)));
    }

    private TableStream find() {
        return new StreamLocator("orders", clients, turns::incrementAndGet).find();
    }

    private String refusal() {
        return assertThrows(StreamUnavailableException.class, this::find).getMessage();
    }

    private void answer(HttpExchange http) throws IOException {
        String target = http.getRequestHeaders().getFirst("X-Amz-Target");
        String call = target.substring(target.indexOf('.') + 1);
        String request = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(call);
        String answer = answers.get(!call.equals("DescribeStream") ? call : request.contains(NEW) ? call + " " + NEW : call + " " + OLD);
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(answer.contains("__type") ? 400 : 200, body.length);
        http.getResponseBody().write(body);
        http.close();
    }

    private <B extends AwsClientBuilder<B, C>, C> C set(B builder) {
        return builder.region(Region.EU_WEST_1)
                .endpointOverride(URI.create("http://localhost:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    private static String described(String arn, String status) {
        return """
                {"StreamDescription":{"StreamArn":"%s","TableName":"orders","StreamStatus":"%s","Shards":[],"KeySchema":[
                {"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]}}""".formatted(arn, status);
    }

    private static String error(String code, String message) {
        return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"" + message + "\"}";
    }
}
