package io.distributary.diagnosis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ServerProblemsTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                refused(sqs(403, "AccessDenied", "not authorized to perform: sqs:SendMessage"),
                        "Sqs: not authorized to perform: sqs:SendMessage (AccessDenied)"),
                refused(QueueDoesNotExistException.builder().statusCode(400).awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Sqs").errorCode("QueueDoesNotExist").errorMessage("The specified queue does not exist.")
                        .build()).build(), "Sqs: The specified queue does not exist. (QueueDoesNotExist)"),
                retried(sqs(400, "ThrottlingException", "Rate exceeded"), "Sqs: Rate exceeded (ThrottlingException)"),
                retried(sqs(503, "ServiceUnavailable", "Try later"), "Sqs: Try later (ServiceUnavailable)"),
                retried(SdkClientException.create("Unable to execute HTTP request: no route", new ConnectException("no route")),
                        "Unable to execute HTTP request: no route"),
                retried(SdkClientException.create("Unable to execute HTTP request: sqs.x", new UnknownHostException("sqs.x")),
                        "Unable to execute HTTP request: sqs.x"),
                Arguments.of(Named.of("no credentials", SdkClientException.create(
                        "Unable to load credentials from any of the providers in the chain A(B(C)) : [x, y]")),
                        ExitCode.CONFIGURATION, false, "no AWS credentials found in environment, profile, web identity, container"
                                + " or instance role: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"),
                Arguments.of(Named.of("no region", SdkClientException.create(
                        "Unable to load region from any of the providers in the chain A(B): [x]")),
                        ExitCode.CONFIGURATION, false, "no AWS region: set aws.region, or AWS_REGION in the environment"),
                retried(new IOException("Unable to connect to NATS servers: [nats://a:1]"),
                        "Unable to connect to NATS servers: [nats://a:1]"),
                Arguments.of(Named.of("a file, no server", new NoSuchFileException("nats.creds")), ExitCode.FAILED, false,
                        "NoSuchFileException: nats.creds"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatCanPassIsTriedAgainAndWhatCannotEndsTheStart(Throwable failure, ExitCode code, boolean retry, String message) {
        Diagnosis diagnosis = diagnose(new FailedToStartRouteException("orders", "it failed", failure));
        assertEquals("route orders: " + message, diagnosis.message());
        assertEquals(code, diagnosis.exitCode());
        assertEquals(retry, diagnosis.retry());
    }

    @ParameterizedTest
    @MethodSource("finished")
    void aFinishedMessageStaysAsItIs(RuntimeException failure, ExitCode code) {
        assertEquals(new Diagnosis("Table 'orders': do this.", code, false),
                diagnose(new FailedToStartRouteException("orders", "it failed", failure)));
    }

    static Stream<Arguments> finished() {
        return Stream.of(
                Arguments.of(new StreamUnavailableException("Table 'orders': do this.", null), ExitCode.REFUSED),
                Arguments.of(new CheckpointException("Table 'orders': do this."), ExitCode.REFUSED),
                Arguments.of(new ConfigurationProblem("Table 'orders': do this."), ExitCode.CONFIGURATION));
    }

    private static Diagnosis diagnose(Throwable failure) {
        return new Diagnoser(new CamelSurroundings(new DefaultCamelContext(), Path.of("a.properties"), Path.of("kamelets")))
                .diagnose(failure);
    }

    private static SqsException sqs(int status, String code, String message) {
        return (SqsException) SqsException.builder().statusCode(status).awsErrorDetails(AwsErrorDetails.builder()
                .serviceName("Sqs").errorCode(code).errorMessage(message).build()).build();
    }

    private static Arguments refused(Exception failure, String message) {
        return Arguments.of(Named.of(message, failure), ExitCode.REFUSED, false, message);
    }

    private static Arguments retried(Exception failure, String message) {
        return Arguments.of(Named.of(message, failure), ExitCode.FAILED, true, message);
    }
}
