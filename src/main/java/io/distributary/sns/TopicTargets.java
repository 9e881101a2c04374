package io.distributary.sns;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The topics of one producer, each with a coalescer of its own; of those without a message under way only the last used are
 * kept. Thread-safe.
 */
final class TopicTargets implements AutoCloseable {
    /** An outbox has a few topics; one with thousands makes coalescers anew. */
    static final int KEPT = 256;

    private final Function<String, Topic> factory;
    private final Map<String, Topic> topics = new LinkedHashMap<>(16, 0.75f, true);

    /** @param factory makes the topic of an ARN */
    TopicTargets(Function<String, Topic> factory) {
        this.factory = factory;
    }

    /** The topic, which is kept until it is {@link #release}d as often. */
    Topic acquire(String arn) {
        List<Topic> left;
        Topic topic;
        synchronized (this) {
            topic = topics.computeIfAbsent(arn, factory);
            topic.underWay++;
            left = idleBeyond();
        }
        left.forEach(each -> each.coalescer().close());
        return topic;
    }

    synchronized void release(Topic topic) {
        topic.underWay--;
    }

    synchronized int size() {
        return topics.size();
    }

    private List<Topic> idleBeyond() {
        List<Topic> idle = new ArrayList<>();
        for (Iterator<Topic> each = topics.values().iterator(); topics.size() > KEPT && each.hasNext();) {
            Topic topic = each.next();
            if (topic.underWay == 0) {
                idle.add(topic);
                each.remove();
            }
        }
        return idle;
    }

    @Override
    public void close() {
        List<Topic> all;
        synchronized (this) {
            all = List.copyOf(topics.values());
            topics.clear();
        }
        all.forEach(each -> each.coalescer().close());
    }
}
