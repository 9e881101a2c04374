package io.distributary.deadletter.store;

/**
 * A dead letter where it is stored.
 *
 * @param letter what it says
 * @param place  for people: {@code queue orders-dead-letters, message 5fea7756-0ea4-451a-a703-a558b933e274}
 * @param id     in its store, the same whenever it is read: a message's id, a file's offset, a sequence, a key
 */
public record StoredDeadLetter(DeadLetterRecord letter, String place, String id) {
}
