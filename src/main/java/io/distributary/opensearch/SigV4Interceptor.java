package io.distributary.opensearch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.List;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;

/**
 * Signs each request for Amazon OpenSearch Service ({@code es}) or Serverless ({@code aoss}), with its body's hash, which
 * Serverless demands in {@code x-amz-content-sha256}.
 *
 * <p>Own, because the published interceptors (aws-request-signing-apache-interceptor 3.0) hash the body of blocking clients
 * only; an asynchronous client's request would be signed as if it were empty.
 */
final class SigV4Interceptor implements HttpRequestInterceptor {
    private static final String CONTENT_HASH = "x-amz-content-sha256";

    private final String service;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    SigV4Interceptor(String service, Region region, AwsCredentialsProvider credentials) {
        this.service = service;
        this.region = region;
        this.credentials = credentials;
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) throws HttpException, IOException {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.getMethod()));
        try {
            unsigned.uri(request.getUri());
        } catch (URISyntaxException e) {
            throw new HttpException("Cannot sign a request for " + request.getRequestUri(), e);
        }
        if (entity != null && entity.getContentType() != null) {
            unsigned.putHeader(HttpHeaders.CONTENT_TYPE, entity.getContentType());
        }
        unsigned.putHeader(CONTENT_HASH, "required"); // the signer replaces it by the hash
        byte[] body = content(entity);
        SdkHttpRequest signed = signer.sign(sign -> sign
                .identity(credentials.resolveCredentials())
                .request(unsigned.build())
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()))
                .request();
        signed.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.HOST) && !name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                request.setHeader(name, String.join(",", values));
            }
        });
    }

    /** The whole body. The client's producer starts over when its stream has ended, as OpenSearch's are repeatable. */
    private static byte[] content(EntityDetails entity) throws IOException {
        Collected collected = new Collected();
        if (entity instanceof AsyncEntityProducer producer) {
            if (!producer.isRepeatable()) {
                throw new IOException("Cannot sign a request whose body can be read only once");
            }
            while (!collected.ended) {
                producer.produce(collected);
            }
        } else if (entity != null) {
            throw new IOException("Cannot sign a request with a body of " + entity.getClass().getName());
        }
        return collected.bytes.toByteArray();
    }

    private static final class Collected implements DataStreamChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        @Override
        public int write(ByteBuffer source) {
            byte[] part = new byte[source.remaining()];
            source.get(part);
            bytes.writeBytes(part);
            return part.length;
        }

        @Override
        public void endStream(List<? extends Header> trailers) {
            ended = true;
        }

        @Override
        public void endStream() {
            ended = true;
        }

        @Override
        public void requestOutput() {
            // output is asked for until the stream ends
        }
    }
}
