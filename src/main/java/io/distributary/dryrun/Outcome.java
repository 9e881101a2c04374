package io.distributary.dryrun;

import java.util.List;

import io.distributary.event.input.InputEvent;

/**
 * What a dry run shows of one exchange: a record, or the records of a batch.
 *
 * @param number  of the first record, from 1 on
 * @param records that the exchange carried
 * @param steps   in the order in which they happened
 * @param failure why the source would keep the records and deliver them again; null where the route would be done with them
 */
public record Outcome(long number, List<InputEvent> records, List<Step> steps, String failure) {
}
