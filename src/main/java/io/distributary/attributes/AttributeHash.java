package io.distributary.attributes;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.distributary.event.Sha256;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Hashes of attribute values, 64 hex digits in a string: SHA-256, or with a key HMAC-SHA-256. Of a string its UTF-8 is hashed,
 * of a number its digits, of a binary its bytes, of a boolean {@code true} or {@code false}; in a map, list or set each value by
 * itself. NULL stays. Equal values have equal hashes.
 */
final class AttributeHash {
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key null for none */
    AttributeHash(String key) {
        this.key = key == null ? null : new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    AttributeValue of(AttributeValue value) {
        return switch (value.type()) {
            case S -> text(value.s());
            case N -> text(value.n());
            case BOOL -> text(value.bool().toString());
            case B -> AttributeValue.fromS(hex(value.b()));
            case SS -> set(value.ss().stream().map(AttributeHash::utf8));
            case NS -> set(value.ns().stream().map(AttributeHash::utf8));
            case BS -> set(value.bs().stream());
            case M -> AttributeValue.fromM(map(value.m()));
            case L -> AttributeValue.fromL(value.l().stream().map(this::of).toList());
            // NULL, and a type unknown to the SDK, which keeps nothing of it: the conversion that follows tells
            default -> value;
        };
    }

    private Map<String, AttributeValue> map(Map<String, AttributeValue> values) {
        Map<String, AttributeValue> hashes = new LinkedHashMap<>();
        values.forEach((name, value) -> hashes.put(name, of(value)));
        return hashes;
    }

    private AttributeValue set(Stream<SdkBytes> members) {
        List<String> hashes = members.map(this::hex).sorted().toList();
        return AttributeValue.fromSs(hashes);
    }

    private AttributeValue text(String text) {
        return AttributeValue.fromS(hex(utf8(text)));
    }

    private static SdkBytes utf8(String text) {
        return SdkBytes.fromUtf8String(text);
    }

    private String hex(SdkBytes bytes) {
        if (key == null) {
            return Sha256.hex(bytes.asByteArrayUnsafe());
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes.asByteArrayUnsafe()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256, and it takes any key", e);
        }
    }
}
