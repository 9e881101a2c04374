package io.distributary.event;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The canonical text of an item's key, and the ids derived from it.
 *
 * <p>A key value's text is S as it is, N its digits, B padded base64. The item key is the partition key's text, and
 * with a sort key {@code partition|sort}; in both parts {@code \} becomes {@code \\} and {@code |} becomes {@code \|},
 * so different keys never join alike. A backslash before anything else cannot occur in an item key; the forms below use
 * that, so that none of them equals another item's key.
 */
public final class ItemKey {
    /** The most UTF-8 bytes of an OpenSearch {@code _id}. */
    public static final int MAX_DOCUMENT_ID_BYTES = 512;

    /** The most characters of a message group id of SQS and SNS FIFO. */
    public static final int MAX_MESSAGE_GROUP_ID_LENGTH = 128;

    /**
     * What {@link ChangeEvent#itemKey()} says when a record has no usable key: no item's key, and no id can be made of
     * it.
     */
    public static final String UNKNOWN = "\\?";

    private static final String HASHED = "\\#";
    private static final int HASH_LENGTH = 64;

    private ItemKey() {
    }

    /**
     * Joins two canonical texts.
     *
     * @param partition the partition key's text
     * @param sort      the sort key's text, or null
     */
    public static String join(String partition, String sort) {
        return sort == null ? escape(partition) : escape(partition) + '|' + escape(sort);
    }

    /**
     * An OpenSearch document id: the item key where it has at most 512 bytes, else its beginning, {@code \#} and the
     * SHA-256 of the whole in hex, 512 bytes or a few less. Other keys give other ids.
     *
     * @throws IllegalArgumentException without an item key
     */
    public static String documentId(String itemKey) {
        byte[] utf8 = known(itemKey).getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_DOCUMENT_ID_BYTES) {
            return itemKey;
        }
        int end = MAX_DOCUMENT_ID_BYTES - HASHED.length() - HASH_LENGTH;
        while ((utf8[end] & 0xC0) == 0x80) {
            end--; // not inside a character
        }
        int backslashes = 0;
        while (backslashes < end && utf8[end - 1 - backslashes] == '\\') {
            backslashes++;
        }
        end -= backslashes % 2; // not inside an escape
        return new String(utf8, 0, end, StandardCharsets.UTF_8) + HASHED + Sha256.hex(utf8);
    }

    /**
     * A FIFO message group id: the item key where it has at most 128 characters, all of them ASCII letters, digits or
     * punctuation, as SQS and SNS allow; else {@code \#} and its SHA-256 in hex. Other keys give other ids.
     *
     * @throws IllegalArgumentException without an item key
     */
    public static String messageGroupId(String itemKey) {
        boolean allowed = known(itemKey).length() <= MAX_MESSAGE_GROUP_ID_LENGTH;
        for (int i = 0; allowed && i < itemKey.length(); i++) {
            allowed = itemKey.charAt(i) > ' ' && itemKey.charAt(i) < 0x7f;
        }
        return allowed ? itemKey : HASHED + Sha256.hex(itemKey.getBytes(StandardCharsets.UTF_8));
    }

    /** The canonical text of the named key, or null where the keys hold none: absent, or of a type no key can have. */
    static String text(Map<String, AttributeValue> keys, String name) {
        AttributeValue value = keys.get(name);
        if (value == null || value.type() == null) {
            return null;
        }
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case B -> Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe());
            default -> null;
        };
    }

    private static String known(String itemKey) {
        if (itemKey == null || itemKey.isEmpty() || itemKey.equals(UNKNOWN)) {
            throw new IllegalArgumentException(
                    "No id can be made of a record without usable keys (item key: " + itemKey + ")");
        }
        return itemKey;
    }

    private static String escape(String text) {
        if (text.indexOf('|') < 0 && text.indexOf('\\') < 0) {
            return text;
        }
        return text.replace("\\", "\\\\").replace("|", "\\|");
    }
}
