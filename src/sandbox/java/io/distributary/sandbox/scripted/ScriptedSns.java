package io.distributary.sandbox.scripted;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

import com.sun.net.httpserver.Headers;

/** SNS (Query protocol) for {@link ScriptedEndpoint}: the topic {@code orders} exists, and those created. */
public final class ScriptedSns extends ScriptedEndpoint {
    private static final String ARN = "arn:aws:sns:us-east-1:000000000000:";
    private static final String ENTRIES = "PublishBatchRequestEntries.member.";

    private final Set<String> topics = new ConcurrentSkipListSet<>(List.of("orders", "orders.fifo"));

    @Override
    protected Call read(Headers headers, String body) {
        Map<String, String> form = form(body);
        List<Sent> entries = new ArrayList<>();
        if (form.get("Action").equals("Publish")) {
            entries.add(sent(form, ""));
        }
        for (int i = 1; form.containsKey(ENTRIES + i + ".Id"); i++) {
            entries.add(sent(form, ENTRIES + i + "."));
        }
        return new Call(form.get("Action"), entries, body);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            form.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private static Sent sent(Map<String, String> form, String prefix) {
        Map<String, String> attributes = new TreeMap<>();
        String entry = prefix + "MessageAttributes.entry.";
        for (int i = 1; form.containsKey(entry + i + ".Name"); i++) {
            String value = entry + i + ".Value.";
            attributes.put(form.get(entry + i + ".Name"), form.get(value + "DataType") + ":"
                    + form.getOrDefault(value + "StringValue", form.get(value + "BinaryValue")));
        }
        return new Sent(form.get("TopicArn"), form.get(prefix + "Id"), form.get(prefix + "Message"),
                form.get(prefix + "MessageGroupId"), form.get(prefix + "MessageDeduplicationId"), form.get(prefix + "Subject"),
                form.get(prefix + "MessageStructure"), null, attributes);
    }

    @Override
    protected Answer accept(Call call, Fault.FailEntries fault) {
        if (call.action().equals("Publish")) {
            return answer("Publish", "<MessageId>id-of-" + call.entries().get(0).id() + "</MessageId>");
        }
        StringBuilder successful = new StringBuilder();
        StringBuilder failed = new StringBuilder();
        for (Sent entry : call.entries()) {
            if (fault != null && fault.which().test(entry)) {
                failed.append("<member><Id>").append(entry.id()).append("</Id><Code>").append(fault.code())
                        .append("</Code><Message>as the script says</Message><SenderFault>").append(fault.senderFault())
                        .append("</SenderFault></member>");
            } else {
                successful.append("<member><Id>").append(entry.id()).append("</Id><MessageId>id-of-").append(entry.id())
                        .append("</MessageId></member>");
            }
        }
        return answer("PublishBatch", "<Successful>" + successful + "</Successful><Failed>" + failed + "</Failed>");
    }

    @Override
    protected Answer refuse(Fault.Refuse fault) {
        return new Answer(fault.status(), "<ErrorResponse><Error><Type>Sender</Type><Code>" + fault.code() + "</Code><Message>"
                + fault.message() + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    @Override
    protected Answer other(Call call) {
        Map<String, String> form = form(call.body());
        return switch (call.action()) {
            case "CreateTopic" -> {
                topics.add(form.get("Name"));
                yield answer("CreateTopic", "<TopicArn>" + ARN + form.get("Name") + "</TopicArn>");
            }
            case "ListTopics" -> {
                StringBuilder members = new StringBuilder();
                topics.forEach(topic -> members.append("<member><TopicArn>").append(ARN).append(topic).append("</TopicArn></member>"));
                yield answer("ListTopics", "<Topics>" + members + "</Topics>");
            }
            default -> answer(call.action(), "");
        };
    }

    private static Answer answer(String action, String result) {
        return new Answer(200, "<" + action + "Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><" + action + "Result>"
                + result + "</" + action + "Result></" + action + "Response>");
    }
}
