package io.distributary.sandbox.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The answer of ListObjectsV2: keys in their order, a page at a time. */
final class Listing {
    private static final int MOST = 100;

    private Listing() {
    }

    static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        for (var part : raw.split("&")) {
            var pair = part.split("=", 2);
            query.put(URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    static String of(String bucket, Map<String, Buckets.Stored> objects, Map<String, String> query) {
        var prefix = query.getOrDefault("prefix", "");
        var after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        var most = Math.min(MOST, Integer.parseInt(query.getOrDefault("max-keys", "1000")));
        var keys = new TreeMap<>(objects).tailMap(after, after.isEmpty()).entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix)).limit(most + 1L).toList();
        var page = keys.subList(0, Math.min(most, keys.size()));
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>").append(bucket)
                .append("</Name><Prefix>").append(S3Error.escape(prefix)).append("</Prefix><KeyCount>").append(page.size())
                .append("</KeyCount><MaxKeys>").append(most).append("</MaxKeys><IsTruncated>").append(keys.size() > most)
                .append("</IsTruncated>");
        if (keys.size() > most) {
            xml.append("<NextContinuationToken>").append(S3Error.escape(page.get(most - 1).getKey())).append("</NextContinuationToken>");
        }
        page.forEach(object -> xml.append("<Contents><Key>").append(S3Error.escape(object.getKey())).append("</Key><ETag>")
                .append(S3Error.escape(object.getValue().eTag())).append("</ETag><LastModified>").append(object.getValue().modified()).append("</LastModified><Size>").append(object.getValue().content().length)
                .append("</Size></Contents>"));
        return xml.append("</ListBucketResult>").toString();
    }
}
