package io.distributary.deadletter.store;

/**
 * What lies among the dead letters and is none that can be read; it stays where it is.
 *
 * @param place  for people, as of {@link StoredDeadLetter}
 * @param reason why, one line
 */
public record RefusedEntry(String place, String reason) {
}
