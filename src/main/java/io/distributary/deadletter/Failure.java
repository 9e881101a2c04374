package io.distributary.deadletter;

import java.time.Instant;
import java.util.Objects;

/**
 * What has been seen of the failures of one delivery.
 *
 * @param target   URI of the step that failed, without secrets; null where the failure was not at a target
 * @param endpoint URI of the endpoint that was last sent to, without secrets; null where there was none
 * @param routeId  the route whose error handler saw it
 * @param attempts how often it was tried, at least 1
 * @param first    when it failed for the first time
 * @param last     when it failed for the last time
 */
record Failure(String target, String endpoint, String routeId, int attempts, Instant first, Instant last) {
    static final String EXCHANGE_PROPERTY = "DistributaryFailure";

    /** The same delivery has failed once more. */
    Failure again(Instant time) {
        return new Failure(target, endpoint, routeId, attempts + 1, first, time);
    }

    boolean sameDelivery(Failure other) {
        return other != null && Objects.equals(target, other.target)
                && Objects.equals(endpoint, other.endpoint);
    }
}
