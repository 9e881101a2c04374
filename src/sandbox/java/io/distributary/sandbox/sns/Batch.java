package io.distributary.sandbox.sns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The entries of a PublishBatch, in order; what fails a whole batch rather than one entry is checked. */
record Batch(List<Entry> entries) {
    /** SNS's limit. */
    static final int MAX_BATCH_SIZE = 10;

    /**
     * One entry.
     *
     * @param message null where the request does not hold a valid one
     * @param error   then says why; else null
     */
    record Entry(String id, Message message, SnsError error) {
        static Entry of(QueryRequest request) {
            var id = request.required("Id");
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw new SnsError(400, "InvalidBatchEntryId",
                        "The Id of a batch entry in a batch request doesn't abide by the specification.");
            }
            try {
                return new Entry(id, Message.of(request), null);
            } catch (SnsError e) {
                return new Entry(id, null, e);
            }
        }

        Published publish(Topic topic, Delivery delivery) {
            if (error != null) {
                throw error;
            }
            return topic.publish(message, delivery);
        }
    }

    static Batch of(QueryRequest request) {
        var members = request.members("PublishBatchRequestEntries");
        if (members.isEmpty()) {
            throw new SnsError(400, "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (members.size() > MAX_BATCH_SIZE) {
            throw new SnsError(400, "TooManyEntriesInBatchRequest",
                    "The batch request contains more entries than permissible (more than " + MAX_BATCH_SIZE + ").");
        }
        var entries = new ArrayList<Entry>();
        var ids = new HashSet<String>();
        var bytes = 0;
        for (var member : members) {
            var entry = Entry.of(member);
            entries.add(entry);
            if (!ids.add(entry.id())) {
                throw new SnsError(400, "BatchEntryIdsNotDistinct",
                        "Two or more batch entries in the request have the same Id.");
            }
            bytes += entry.message() == null ? 0 : entry.message().size();
        }
        if (bytes > Message.MAX_BYTES) {
            throw new SnsError(400, "BatchRequestTooLong",
                    "The length of all the batch messages put together is more than the limit.");
        }
        return new Batch(entries);
    }
}
