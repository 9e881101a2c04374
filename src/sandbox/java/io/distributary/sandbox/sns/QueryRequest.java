package io.distributary.sandbox.sns;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of one request in the AWS Query protocol (a form), or a part of them. */
record QueryRequest(Map<String, String> parameters) {

    static QueryRequest parse(String form) {
        var parameters = new HashMap<String, String>();
        for (var pair : form.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new QueryRequest(parameters);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The value, or null. */
    String get(String name) {
        return parameters.get(name);
    }

    String required(String name) {
        var value = get(name);
        if (value == null || value.isEmpty()) {
            throw SnsError.invalidParameter(name + " Reason: no value for required parameter");
        }
        return value;
    }

    /** The members {@code name.member.1}, {@code name.member.2}, ... in order, each with its own parameters. */
    List<QueryRequest> members(String name) {
        return numbered(name + ".member.");
    }

    /** The map {@code name.entry.N.key} to {@code name.entry.N.value}. */
    Map<String, String> map(String name) {
        var map = new LinkedHashMap<String, String>();
        for (var entry : numbered(name + ".entry.")) {
            map.put(entry.required("key"), entry.parameters.getOrDefault("value", ""));
        }
        return map;
    }

    /** The message attributes {@code MessageAttributes.entry.N}. */
    Map<String, MessageAttribute> messageAttributes() {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        for (var entry : numbered("MessageAttributes.entry.")) {
            var name = entry.required("Name");
            attributes.put(name, MessageAttribute.of(name, entry.get("Value.DataType"), entry.get("Value.StringValue"),
                    entry.get("Value.BinaryValue")));
        }
        return attributes;
    }

    private List<QueryRequest> numbered(String prefix) {
        var byNumber = new TreeMap<Integer, Map<String, String>>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                var rest = name.substring(prefix.length());
                var dot = rest.indexOf('.');
                var number = Integer.parseInt(dot < 0 ? rest : rest.substring(0, dot));
                byNumber.computeIfAbsent(number, n -> new HashMap<>())
                        .put(dot < 0 ? "" : rest.substring(dot + 1), value);
            }
        });
        var requests = new ArrayList<QueryRequest>();
        byNumber.values().forEach(part -> requests.add(new QueryRequest(part)));
        return requests;
    }
}
