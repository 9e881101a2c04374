package io.distributary.replay;

import java.util.List;

import io.distributary.event.input.InputEvent;

/**
 * What goes into one exchange: a record, or the records of a batch, no two of one item.
 *
 * @param number  of its first record in the input, from 0 on
 * @param records at least one
 */
record Unit(long number, List<InputEvent> records) {
}
