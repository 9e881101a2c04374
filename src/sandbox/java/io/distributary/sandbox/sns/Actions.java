package io.distributary.sandbox.sns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The actions of SNS that this stand-in knows: parameters in, XML out. */
final class Actions {
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
            case "GetTopicAttributes" -> answer.map("Attributes",
                    topics.topic(request.required("TopicArn")).attributes());
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
            default -> throw new SnsError(400, "InvalidAction",
                    "This stand-in for SNS does not know the action " + action);
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
        var published = topics.topic(arn).publish(Message.of(request), delivery);
        answer.element("MessageId", published.messageId()).element("SequenceNumber", published.sequenceNumber());
    }

    private void publishBatch(QueryRequest request, Answer answer) {
        var topic = topics.topic(request.required("TopicArn"));
        var succeeded = new ArrayList<Consumer<Answer>>();
        var failed = new ArrayList<Consumer<Answer>>();
        for (var entry : Batch.of(request).entries()) {
            var id = entry.id();
            try {
                var published = entry.publish(topic, delivery);
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

    private static void listSubscriptions(QueryRequest request, Collection<Subscription> all, Answer answer) {
        page(request, List.copyOf(all), "Subscriptions", answer, (out, one) -> out.element("SubscriptionArn", one.arn())
                .element("TopicArn", one.topicArn()).element("Protocol", "sqs").element("Endpoint", one.queueArn())
                .element("Owner", one.arn().split(":")[4]));
    }

    private static <T> void page(QueryRequest request, List<T> all, String name, Answer answer,
            BiConsumer<Answer, T> member) {
        var token = request.get("NextToken");
        if (token != null && !token.matches("\\d{1,9}")) {
            throw SnsError.invalidParameter("NextToken");
        }
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
