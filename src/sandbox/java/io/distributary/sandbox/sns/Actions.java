package io.distributary.sandbox.sns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The actions of SNS that this stand-in knows: parameters in, XML out. */
final class Actions {
    /** SNS's limit of a batch. */
    static final int MAX_BATCH_SIZE = 10;
    /** SNS's size of a page of topics or subscriptions. */
    static final int PAGE_SIZE = 100;

    private final Topics topics;
    private final Delivery delivery;

    Actions(Topics topics, Delivery delivery) {
        this.topics = topics;
        this.delivery = delivery;
    }

    /** @throws SnsError as SNS would refuse it */
    String answer(QueryRequest request) {
        var action = request.required("Action");
        var answer = Answer.to(action);
        switch (action) {
            case "CreateTopic" -> answer.element("TopicArn",
                    topics.create(request.required("Name"), request.map("Attributes")).arn());
            case "ListTopics" -> page(request, List.copyOf(topics.all()), "Topics", answer,
                    (out, topic) -> out.element("TopicArn", topic.arn()));
            case "GetTopicAttributes" -> answer.map("Attributes", topics.topic(request.required("TopicArn")).attributes());
            case "SetTopicAttributes" -> topics.topic(request.required("TopicArn"))
                    .set(request.required("AttributeName"), valueOf(request));
            case "DeleteTopic" -> topics.delete(request.required("TopicArn"));
            case "Subscribe" -> answer.element("SubscriptionArn", topics.subscribe(request.required("TopicArn"),
                    request.required("Protocol"), request.required("Endpoint"), request.map("Attributes")).arn());
            case "Unsubscribe" -> topics.unsubscribe(request.required("SubscriptionArn"));
            case "GetSubscriptionAttributes" -> answer.map("Attributes",
                    topics.subscription(request.required("SubscriptionArn")).attributes());
            case "SetSubscriptionAttributes" -> topics.subscription(request.required("SubscriptionArn"))
                    .set(request.required("AttributeName"), valueOf(request));
            case "ListSubscriptions" -> listSubscriptions(request, topics.subscriptions(), answer);
            case "ListSubscriptionsByTopic" -> listSubscriptions(request,
                    topics.topic(request.required("TopicArn")).subscriptions(), answer);
            case "Publish" -> publish(request, answer);
            case "PublishBatch" -> publishBatch(request, answer);
            default -> throw new SnsError(400, "InvalidAction", "This stand-in for SNS does not know the action " + action);
        }
        return answer.toXml();
    }

    private static String valueOf(QueryRequest request) {
        var value = request.get("AttributeValue");
        return value == null ? "" : value;
    }

    private void publish(QueryRequest request, Answer answer) {
        var arn = request.get("TopicArn") == null ? request.get("TargetArn") : request.get("TopicArn");
        if (arn == null) {
            throw SnsError.invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
        }
        checkStructure(request);
        var published = topics.topic(arn).publish(Message.of(request), delivery);
        answer.element("MessageId", published.messageId()).element("SequenceNumber", published.sequenceNumber());
    }

    private void publishBatch(QueryRequest request, Answer answer) {
        var topic = topics.topic(request.required("TopicArn"));
        var entries = request.members("PublishBatchRequestEntries");
        checkBatch(entries);
        var succeeded = new ArrayList<Consumer<Answer>>();
        var failed = new ArrayList<Consumer<Answer>>();
        for (var entry : entries) {
            var id = entry.get("Id");
            try {
                checkStructure(entry);
                var published = topic.publish(Message.of(entry), delivery);
                succeeded.add(out -> out.element("Id", id).element("MessageId", published.messageId())
                        .element("SequenceNumber", published.sequenceNumber()));
            } catch (SnsError e) {
                failed.add(out -> out.element("Id", id).element("Code", e.code()).element("Message", e.getMessage())
                        .element("SenderFault", Boolean.toString(e.senderFault())));
            }
        }
        members("Successful", succeeded, answer);
        members("Failed", failed, answer);
    }

    private static void members(String name, List<Consumer<Answer>> members, Answer answer) {
        answer.open(name);
        members.forEach(member -> {
            answer.open("member");
            member.accept(answer);
            answer.close();
        });
        answer.close();
    }

    private static void checkStructure(QueryRequest request) {
        if (request.get("MessageStructure") != null) {
            throw SnsError.invalidParameter("MessageStructure: this stand-in does not know it");
        }
    }

    /** What fails a whole batch rather than one entry. */
    private static void checkBatch(List<QueryRequest> entries) {
        if (entries.isEmpty()) {
            throw new SnsError(400, "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > MAX_BATCH_SIZE) {
            throw new SnsError(400, "TooManyEntriesInBatchRequest",
                    "The batch request contains more entries than permissible (more than " + MAX_BATCH_SIZE + ").");
        }
        var ids = new HashSet<String>();
        var bytes = 0;
        for (var entry : entries) {
            var id = entry.required("Id");
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw new SnsError(400, "InvalidBatchEntryId", "The Id of a batch entry in a batch request doesn't abide by the"
                        + " specification.");
            }
            if (!ids.add(id)) {
                throw new SnsError(400, "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
            }
            bytes += Message.of(entry).size();
        }
        if (bytes > Message.MAX_BYTES) {
            throw new SnsError(400, "BatchRequestTooLong", "The length of all the batch messages put together is more than the"
                    + " limit.");
        }
    }

    private static void listSubscriptions(QueryRequest request, Collection<Subscription> all, Answer answer) {
        page(request, List.copyOf(all), "Subscriptions", answer, (out, one) -> out.element("SubscriptionArn", one.arn())
                .element("TopicArn", one.topicArn()).element("Protocol", "sqs").element("Endpoint", one.queueArn())
                .element("Owner", one.arn().split(":")[4]));
    }

    private static <T> void page(QueryRequest request, List<T> all, String name, Answer answer, BiConsumer<Answer, T> member) {
        var token = request.get("NextToken");
        var from = token == null ? 0 : Integer.parseInt(token);
        var to = Math.min(all.size(), from + PAGE_SIZE);
        answer.open(name);
        all.subList(Math.min(from, to), to).forEach(one -> {
            answer.open("member");
            member.accept(answer, one);
            answer.close();
        });
        answer.close().element("NextToken", to < all.size() ? Integer.toString(to) : null);
    }
}
