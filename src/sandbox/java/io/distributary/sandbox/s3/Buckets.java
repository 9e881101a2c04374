package io.distributary.sandbox.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** The buckets and what is in them. Thread-safe. */
final class Buckets {
    static final String SHA256 = "x-amz-checksum-sha256";
    static final String CRC32_HEADER = "x-amz-checksum-crc32";

    private final Map<String, Map<String, Stored>> buckets = new ConcurrentHashMap<>();

    /**
     * An object.
     *
     * @param sha256 base64, as {@value Buckets#SHA256} has it
     */
    record Stored(byte[] content, String contentType, String sha256, Instant modified) {
        String eTag() {
            return '"' + HexFormat.of().formatHex(digest("MD5", content)) + '"';
        }
    }

    void create(String bucket) {
        buckets.putIfAbsent(bucket, new ConcurrentHashMap<>());
    }

    Map<String, Stored> bucket(String name) {
        var bucket = buckets.get(name);
        if (bucket == null) {
            throw new S3Error(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        return bucket;
    }

    /** @param checksums headers and trailers; those that are checksums are checked */
    Stored put(String bucket, String key, byte[] content, String contentType, Map<String, String> checksums) {
        var stored = new Stored(content, contentType, base64(digest("SHA-256", content)), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        var crc = new CRC32();
        crc.update(content);
        check(checksums, SHA256, stored.sha256());
        check(checksums, CRC32_HEADER, base64(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array()));
        bucket(bucket).put(key, stored);
        return stored;
    }

    /** @param eTag the object's where it is to go only as it is, or null; what is not there is gone already */
    void delete(String bucket, String key, String eTag) {
        bucket(bucket).computeIfPresent(key, (name, stored) -> {
            if (eTag != null && !eTag.equals(stored.eTag())) {
                throw new S3Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            }
            return null;
        });
    }

    Stored get(String bucket, String key) {
        var stored = bucket(bucket).get(key);
        if (stored == null) {
            throw new S3Error(404, "NoSuchKey", "The specified key does not exist.");
        }
        return stored;
    }

    private static void check(Map<String, String> checksums, String name, String computed) {
        var given = checksums.get(name);
        if (given != null && !given.equals(computed)) {
            throw new S3Error(400, "BadDigest", "The " + name + " you specified did not match the calculated checksum.");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
