package io.distributary.redrive;

/**
 * How dead letters are sent again.
 *
 * @param filter    which of them
 * @param force     also those that something newer may have overtaken, and those behind one that failed
 * @param dry       nothing is sent and nothing is taken out of the store; the context has to be one that sends nothing
 * @param perSecond at the most; 0 for as fast as the targets take them
 * @param inFlight  items on their way at the same time, at least 1
 * @param max       dead letters sent at the most; 0 for all
 */
public record RedriveOptions(RedriveFilter filter, boolean force, boolean dry, double perSecond, int inFlight, long max) {
    /** Items on their way at the same time, where nothing else is said. */
    public static final int IN_FLIGHT = 64;
}
