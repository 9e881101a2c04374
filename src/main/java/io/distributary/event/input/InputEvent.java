package io.distributary.event.input;

import io.distributary.event.ChangeEvent;

/**
 * One change that was read.
 *
 * @param event  with a version
 * @param place  where it was: {@code events.json:17}
 * @param target of a dead letter, the step that failed; else null
 */
public record InputEvent(ChangeEvent event, String place, String target) {
}
