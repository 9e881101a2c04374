package io.distributary.aws;

import java.util.Arrays;
import java.util.List;

import io.distributary.coalesce.Outcome;

/** The outcomes of a batch call whose entries' ids are their places in the request. Not thread-safe. */
public final class EntryOutcomes {
    private final Outcome[] outcomes;

    /** Of so many entries; one that the answer does not name is sent again. */
    public EntryOutcomes(int entries) {
        outcomes = new Outcome[entries];
        Arrays.fill(outcomes, new Outcome.Retryable("the answer says nothing about it", null));
    }

    /** As {@link AwsOutcomes#ofEntry}. */
    public void failed(String id, String code, String message, boolean senderFault) {
        outcomes[Integer.parseInt(id)] = AwsOutcomes.ofEntry(code, message, senderFault);
    }

    /** @return the entry's place in the request */
    public int accepted(String id) {
        int index = Integer.parseInt(id);
        outcomes[index] = Outcome.ACCEPTED;
        return index;
    }

    /** In the order of the request. */
    public List<Outcome> inOrder() {
        return List.of(outcomes);
    }
}
