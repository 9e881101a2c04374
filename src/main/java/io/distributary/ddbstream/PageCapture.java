package io.distributary.ddbstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes the body of a good answer away from the SDK, whose reading of records costs more than all the rest of their way
 * through a route. Signing, retries, time-outs and errors stay the SDK's.
 */
final class PageCapture implements ExecutionInterceptor {
    /** Set on the requests whose answer is to be taken. */
    static final ExecutionAttribute<Body> BODY = new ExecutionAttribute<>("DistributaryGetRecordsBody");
    private static final String CRC32_HEADER = "x-amz-crc32";
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

    /** Where the answer is put; for one request, by the thread that makes it. */
    static final class Body {
        private byte[] json;

        /** Null when the SDK has read the answer. */
        byte[] json() {
            return json;
        }
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return takes(context, attributes) ? context.httpResponse().toBuilder().removeHeader(CRC32_HEADER).build()
                : context.httpResponse();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!takes(context, attributes)) {
            return context.responseBody();
        }
        SdkHttpResponse response = context.httpResponse();
        byte[] json;
        try (InputStream body = context.responseBody().orElseThrow()) {
            json = read(body, response);
        } catch (IOException e) {
            throw RetryableException.create("The answer of GetRecords broke off: " + e.getMessage(), e);
        }
        response.firstMatchingHeader(CRC32_HEADER).ifPresent(expected -> verify(json, Long.parseLong(expected)));
        attributes.getAttribute(BODY).json = json;
        return Optional.of(new ByteArrayInputStream(NOTHING));
    }

    /** A compressed answer, which nobody asks for, is the SDK's to unpack. */
    private static boolean takes(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return attributes.getAttribute(BODY) != null && context.httpResponse().isSuccessful()
                && context.responseBody().isPresent() && context.httpResponse().firstMatchingHeader("Content-Encoding").isEmpty();
    }

    private static byte[] read(InputStream body, SdkHttpResponse response) throws IOException {
        int length = response.firstMatchingHeader("Content-Length").map(Integer::parseInt).orElse(-1);
        if (length < 0) {
            return body.readAllBytes();
        }
        byte[] json = new byte[length];
        if (body.readNBytes(json, 0, length) < length) {
            throw new IOException("fewer than " + length + " bytes");
        }
        return json;
    }

    private static void verify(byte[] json, long expected) {
        CRC32 crc = new CRC32();
        crc.update(json);
        if (crc.getValue() != expected) {
            throw RetryableException.create("The answer of GetRecords has the checksum " + crc.getValue() + " and not, as it says, "
                    + expected);
        }
    }
}
