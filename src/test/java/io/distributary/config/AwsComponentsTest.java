package io.distributary.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws2.ddb.Ddb2Component;
import org.apache.camel.component.aws2.ddb.Ddb2Configuration;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamComponent;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration;
import org.apache.camel.component.aws2.sns.Sns2Component;
import org.apache.camel.component.aws2.sns.Sns2Configuration;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Configuration;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AwsComponentsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer aws;

    /** The test's own credentials: what the SDK's chain finds first. */
    @BeforeEach
    void chain() {
        System.setProperty("aws.accessKeyId", "CHAINKEY");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        context.close();
        if (aws != null) {
            aws.stop(0);
        }
    }

    @Test
    void everyStockComponentGetsTheSettings() {
        set("aws.region", "eu-west-3", "aws.endpoint", "http://all:1", "aws.endpoint.sqs", "http://queues:2");

        Sqs2Configuration sqs = context.getComponent("aws2-sqs", Sqs2Component.class).getConfiguration();
        Sns2Configuration sns = context.getComponent("aws2-sns", Sns2Component.class).getConfiguration();
        Ddb2Configuration ddb = context.getComponent("aws2-ddb", Ddb2Component.class).getConfiguration();
        Ddb2StreamConfiguration stream = context.getComponent("aws2-ddbstream", Ddb2StreamComponent.class).getConfiguration();

        assertEquals(List.of("eu-west-3", "http://queues:2", true, true), List.of(sqs.getRegion(), sqs.getUriEndpointOverride(),
                sqs.isOverrideEndpoint(), sqs.isUseDefaultCredentialsProvider()));
        assertEquals(List.of("eu-west-3", "http://all:1", true, true), List.of(sns.getRegion(), sns.getUriEndpointOverride(),
                sns.isOverrideEndpoint(), sns.isUseDefaultCredentialsProvider()));
        assertEquals(List.of("eu-west-3", "http://all:1", true, true), List.of(ddb.getRegion(), ddb.getUriEndpointOverride(),
                ddb.isOverrideEndpoint(), ddb.isUseDefaultCredentialsProvider()));
        assertEquals(List.of("eu-west-3", "http://all:1", true),
                List.of(stream.getRegion(), stream.getUriEndpointOverride(), stream.isOverrideEndpoint()));
    }

    @Test
    void withoutSettingsOnlyTheCredentialsComeFromTheSdksChain() {
        Sqs2Configuration sqs = context.getComponent("aws2-sqs", Sqs2Component.class).getConfiguration();

        assertNull(sqs.getRegion());
        assertFalse(sqs.isOverrideEndpoint());
        assertTrue(sqs.isUseDefaultCredentialsProvider());
    }

    @Test
    void componentPropertiesWinOverTheSettings() throws Exception {
        Main main = new Main();
        main.addInitialProperty("aws.region", "eu-west-3");
        main.addInitialProperty("aws.endpoint", "http://all:1");
        main.addInitialProperty("camel.component.aws2-sqs.region", "us-east-2");
        main.addInitialProperty("camel.component.aws2-sqs.uri-endpoint-override", "http://mine:3");
        main.start();
        try {
            Sqs2Configuration sqs = main.getCamelContext().getComponent("aws2-sqs", Sqs2Component.class).getConfiguration();

            assertEquals(List.of("us-east-2", "http://mine:3"), List.of(sqs.getRegion(), sqs.getUriEndpointOverride()));
        } finally {
            main.stop();
        }
    }

    @Test
    void optionsOfTheEndpointWinOverTheSettingsAndTheRole() throws Exception {
        set("aws.region", "eu-west-3", "aws.endpoint", aws(), "aws.assume-role-arn", ROLE);

        Sqs2Configuration sqs = context.getEndpoint("aws2-sqs:q?region=us-east-2&accessKey=K&secretKey=S", Sqs2Endpoint.class)
                .getConfiguration();

        assertEquals("us-east-2", sqs.getRegion());
        assertFalse(sqs.isUseDefaultCredentialsProvider());
        assertNull(sqs.getAmazonSQSClient());
        assertTrue(requests.stream().allMatch(request -> request.contains("Credential=K/")), requests::toString);
    }

    @Test
    void anApplicationsOwnClientAndOptionsAreKept() throws Exception {
        String url = aws();
        set("aws.region", "eu-west-3", "aws.endpoint", url, "aws.assume-role-arn", ROLE);
        Sqs2Component own = new Sqs2Component(context);
        own.getConfiguration().setRegion("us-east-2");
        own.getConfiguration().setDelaySeconds(7);
        context.addComponent("aws2-sqs", own);
        try (SqsClient client = SqsClient.builder().region(Region.EU_WEST_1)
                .endpointOverride(URI.create(url)).build()) {
            context.getRegistry().bind("mine", client);

            Sqs2Configuration sqs = context.getEndpoint("aws2-sqs:q?amazonSQSClient=#mine", Sqs2Endpoint.class).getConfiguration();

            assertSame(client, sqs.getAmazonSQSClient());
            assertEquals(List.of("us-east-2", 7), List.of(sqs.getRegion(), sqs.getDelaySeconds()));
        }
    }

    @Test
    void nothingIsBuiltBeforeAnEndpointIsUsed() {
        set("aws.assume-role-arn", ROLE, "aws.region", "eu-west-3");

        assertNull(context.getComponent("aws2-sqs", Sqs2Component.class).getConfiguration().getAmazonSQSClient());
    }

    @Test
    void callsAreMadeWithTheRolesCredentials() throws Exception {
        String url = aws();
        set("aws.region", "eu-west-3", "aws.endpoint", url, "aws.assume-role-arn", ROLE, "aws.external-id", "partner");

        Sqs2Configuration first = context.getEndpoint("aws2-sqs:a", Sqs2Endpoint.class).getConfiguration();
        Sqs2Configuration second = context.getEndpoint("aws2-sqs:b", Sqs2Endpoint.class).getConfiguration();
        first.getAmazonSQSClient().listQueues();
        Ddb2StreamConfiguration source = context.getComponent("aws2-ddbstream", Ddb2StreamComponent.class).getConfiguration();
        try (DynamoDbClient dynamoDb = AwsConnection.of(context).client(source, DynamoDbClient::builder, builder -> { })) {
            dynamoDb.listTables();
        }

        assertSame(first.getAmazonSQSClient(), second.getAmazonSQSClient());
        List<String> assumed = requests.stream().filter(request -> request.contains("AssumeRole")).toList();
        List<String> calls = requests.stream().filter(request -> !request.contains("AssumeRole")).toList();
        assertEquals(1, assumed.size(), requests::toString);
        assertTrue(assumed.get(0).contains("Credential=CHAINKEY/") && assumed.get(0).contains("RoleArn=" + ROLE)
                && assumed.get(0).contains("ExternalId=partner")
                && assumed.get(0).contains("RoleSessionName=distributary"), assumed.get(0));
        assertTrue(calls.stream().allMatch(call -> call.contains("Credential=ROLEKEY/") && call.contains("/eu-west-3/")),
                requests::toString);
        assertTrue(calls.stream().anyMatch(call -> call.contains("/sqs/"))
                && calls.stream().anyMatch(call -> call.contains("/dynamodb/")), requests::toString);
    }

    @Test
    void theRolesClientsAreClosedWithTheContext() throws Exception {
        set("aws.region", "eu-west-3", "aws.endpoint", aws(), "aws.assume-role-arn", ROLE);
        context.start();
        SqsClient client = context.getEndpoint("aws2-sqs:a", Sqs2Endpoint.class).getConfiguration().getAmazonSQSClient();

        context.stop();

        assertEquals("Connection pool shut down", assertThrows(IllegalStateException.class,
                client::listQueues).getMessage());
    }

    private void set(String... properties) {
        set(context, properties);
    }

    private static void set(CamelContext context, String... properties) {
        for (int i = 0; i < properties.length; i += 2) {
            context.getPropertiesComponent().addInitialProperty(properties[i], properties[i + 1]);
        }
    }

    /** An endpoint that hands out a role's credentials and says yes to all else. */
    private String aws() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", this::answer);
        aws.start();
        return "http://localhost:" + aws.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        byte[] answer = (body.contains("AssumeRole") ? """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                <AccessKeyId>ROLEKEY</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
                <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
                """ : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
