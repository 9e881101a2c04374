package io.distributary.ddbstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class PageCaptureTest {
    private static final StreamSource SOURCE = new StreamSource("orders", "arn", "shard", "pk", null);
    private static final byte[] PAGE = "{\"Records\":[{\"eventID\":\"1\"}],\"NextShardIterator\":\"next\"}".getBytes(StandardCharsets.UTF_8);

    private final Deque<Answer> answers = new ArrayDeque<>();
    private int closed;

    private record Answer(int status, String header, String value, InputStream body) {
    }

    @Test
    void readsAPage() {
        answers.add(new Answer(200, "Content-Length", String.valueOf(PAGE.length), new ByteArrayInputStream(PAGE)));

        assertPage();
        assertEquals(1, closed, "the body, for the connection to be used again");
    }

    @Test
    void readsAPageOfUnknownLength() {
        answers.add(new Answer(200, "Transfer-Encoding", "chunked", new ByteArrayInputStream(PAGE)));

        assertPage();
    }

    @Test
    void checksTheChecksum() {
        answers.add(new Answer(200, "x-amz-crc32", checksum(PAGE), new ByteArrayInputStream(PAGE)));

        assertPage();
    }

    @Test
    void asksAgainWhereTheChecksumIsWrong() {
        answers.add(new Answer(200, "x-amz-crc32", "1", new ByteArrayInputStream(PAGE)));
        answers.add(new Answer(200, "x-amz-crc32", checksum(PAGE), new ByteArrayInputStream(PAGE)));

        assertPage();
    }

    @Test
    void saysThatTheChecksumIsWrong() {
        for (int i = 0; i < 2; i++) {
            answers.add(new Answer(200, "X-Amz-Crc32", "1", new ByteArrayInputStream(PAGE)));
        }
        var thrown = assertThrows(SdkClientException.class, this::page);
        assertTrue(thrown.getMessage().contains("checksum"), thrown.getMessage());
    }

    @Test
    void asksAgainWhereTheAnswerBreaksOff() {
        answers.add(new Answer(200, "Content-Length", String.valueOf(PAGE.length), new ByteArrayInputStream(PAGE, 0, 20)));
        answers.add(new Answer(200, "Content-Length", String.valueOf(PAGE.length), broken()));
        var thrown = assertThrows(SdkClientException.class, this::page);
        assertTrue(thrown.getMessage().contains("reset"), thrown.getMessage());

        answers.add(new Answer(200, "Content-Length", String.valueOf(PAGE.length), broken()));
        answers.add(new Answer(200, "Content-Length", String.valueOf(PAGE.length), new ByteArrayInputStream(PAGE)));
        assertPage();
    }

    @Test
    void leavesErrorsToTheSdk() {
        answers.add(new Answer(400, "Content-Type", "application/x-amz-json-1.0", new ByteArrayInputStream(
                "{\"__type\":\"com.amazonaws.dynamodb#ExpiredIteratorException\"}".getBytes(StandardCharsets.UTF_8))));

        assertThrows(ExpiredIteratorException.class, this::page);
    }

    @Test
    void leavesACompressedAnswerToTheSdk() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(PAGE);
        }
        answers.add(new Answer(200, "Content-Encoding", "gzip", new ByteArrayInputStream(zipped.toByteArray())));

        assertPage();
    }

    private void assertPage() {
        var page = page();
        assertEquals(List.of("1"), page.changes().stream().map(change -> change.eventId()).toList());
        assertEquals("next", page.nextShardIterator());
        assertEquals("1", page.changes().get(0).record().eventID());
        assertTrue(answers.isEmpty());
    }

    private ChangePage page() {
        var builder = DynamoDbStreamsClient.builder().region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create()).httpClient(new Scripted());
        StreamClients.reading(builder);
        var clients = new StreamClients(builder.build(), null, true, false);
        try {
            return clients.getRecords("iterator", 1000, SOURCE);
        } finally {
            clients.close();
        }
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
    }

    private static String checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return String.valueOf(crc.getValue());
    }

    private final class Scripted implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    var answer = answers.remove();
                    var body = new FilterInputStream(answer.body()) {
                        @Override
                        public void close() throws IOException {
                            closed++;
                            super.close();
                        }
                    };
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(answer.status())
                                    .putHeader(answer.header(), answer.value()).build())
                            .responseBody(AbortableInputStream.create(body)).build();
                }

                @Override
                public void abort() {
                    // nothing is under way
                }
            };
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
