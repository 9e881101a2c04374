package io.distributary.feed;

import org.apache.camel.Endpoint;

/**
 * A place out of the process to which a route sends.
 *
 * @param name     for people, without options and so without secrets: {@code aws2-sqs:orders}
 * @param endpoint as the route has it, perhaps not started; null where it is known by the message only, or is no endpoint
 */
public record RouteTarget(String name, Endpoint endpoint) {
}
