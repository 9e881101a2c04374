package io.distributary.deadletter.store;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

import io.distributary.aws.AwsOutcomes;
import io.distributary.aws.SharedS3;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix that were there when it was opened, in the order of their keys: by day, then table. */
final class S3DeadLetters implements DeadLetterStore {
    private static final int CHANGED = 412;

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final LetterReader letters;
    private final Instant openedAt;
    private final Queue<S3Object> listed = new ArrayDeque<>();
    /** What has been read of each key: a newer dead letter may take its place meanwhile. */
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private String nextPage;
    private StoredDeadLetter next;

    private S3DeadLetters(S3Client s3, String bucket, String prefix, LetterReader letters) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.letters = letters;
        this.openedAt = ServerClock.of(list().sdkHttpResponse());
    }

    /** @param uri {@code s3://bucket/prefix}; only whole segments of keys match the prefix */
    static S3DeadLetters open(CamelContext context, String uri, LetterReader letters) {
        URI parsed = uri.matches("s3://[A-Za-z0-9.-]+(/.*)?") ? URI.create(uri.replace(" ", "%20")) : null;
        if (parsed == null) {
            throw new IllegalArgumentException(uri + ": s3://BUCKET/PREFIX expected");
        }
        String bucket = parsed.getAuthority();
        String prefix = parsed.getPath().replaceAll("^/+|/+$", "");
        try {
            return new S3DeadLetters(SharedS3.of(context), bucket, prefix.isEmpty() || prefix.endsWith(".json") ? prefix : prefix + '/', letters);
        } catch (NoSuchBucketException e) {
            throw new IllegalArgumentException("There is no S3 bucket " + bucket, e);
        } catch (SdkException e) {
            throw new IllegalArgumentException(uri + ": " + AwsOutcomes.reason(e), e);
        }
    }

    private ListObjectsV2Response list() {
        ListObjectsV2Response page = s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix).continuationToken(nextPage));
        listed.addAll(page.contents());
        nextPage = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
        return page;
    }

    private void listMore() {
        try {
            list();
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    @Override
    public String name() {
        return "s3://" + bucket + '/' + prefix;
    }

    @Override
    public boolean hasNext() {
        while (next == null && (!listed.isEmpty() || nextPage != null)) {
            if (listed.isEmpty()) {
                listMore();
            } else {
                S3Object object = listed.remove();
                next = object.lastModified() != null && object.lastModified().isAfter(openedAt) ? null : read(object.key());
            }
        }
        return next != null;
    }

    /** Null where it is none, or has gone meanwhile. */
    private StoredDeadLetter read(String key) {
        try {
            ResponseBytes<GetObjectResponse> object = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
            tags.put(key, object.response().eTag());
            return letters.read(object.asString(StandardCharsets.UTF_8), "s3://" + bucket + '/' + key, key);
        } catch (NoSuchKeyException gone) {
            return null;
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    @Override
    public long withOthers() {
        return 0;
    }

    @Override
    public StoredDeadLetter next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StoredDeadLetter result = next;
        next = null;
        return result;
    }

    /** What has taken its place since it was read stays. */
    @Override
    public void remove(StoredDeadLetter letter) {
        String tag = tags.get(letter.id());
        if (tag == null) {
            return;
        }
        try {
            s3.deleteObject(delete -> delete.bucket(bucket).key(letter.id()).ifMatch(tag));
        } catch (SdkException e) {
            if (!(e instanceof S3Exception refusal) || refusal.statusCode() != CHANGED) {
                throw failed(e);
            }
        }
        tags.remove(letter.id());
    }

    private IllegalStateException failed(SdkException e) {
        return new IllegalStateException(name() + ": " + AwsOutcomes.reason(e), e);
    }

    @Override
    public void close() {
        listed.clear(); // the client is the context's
    }
}
