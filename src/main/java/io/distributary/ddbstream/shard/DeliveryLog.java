package io.distributary.ddbstream.shard;

import java.util.List;

import io.distributary.event.RecordContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a record or a batch fails, and when it is over; nothing about what goes well. */
final class DeliveryLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);

    private final String shard;

    /** @param shard table and shard */
    DeliveryLog(String shard) {
        this.shard = shard;
    }

    String shard() {
        return shard;
    }

    /** These records have reached every target, or the dead letters. */
    void delivered(Delivery delivery, List<Slot> slots) {
        if (delivery.exhausted != null) {
            if (delivery.tries > 1 && !slots.isEmpty()) {
                about(delivery.slot(), () -> LOG.info("{}: record {} stored as a dead letter at attempt {}", shard,
                        delivery.slot().sequenceNumber, delivery.tries));
            }
            return;
        }
        Slot first = null;
        int recovered = 0;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.failed != null && slot.failed.count() > 0) {
                first = first == null ? slot : first;
                recovered++;
            }
        }
        if (recovered == 1) {
            recovered(first);
        } else if (recovered > 1) {
            LOG.info("{}: {} records that had failed are delivered, the first is {}", shard, recovered, first.sequenceNumber);
        }
    }

    private void recovered(Slot slot) {
        about(slot, () -> LOG.info("{}: record {} delivered at attempt {}", shard, slot.sequenceNumber, slot.failed.count() + 1));
    }

    /** With the record's fields beside the text. */
    private static void about(Slot slot, Runnable logging) {
        try (RecordContext context = RecordContext.of(slot.event)) {
            logging.run();
        }
    }

    /** @param news whether this has not been said of these records yet */
    void failed(Delivery delivery, Failures failures, boolean news, List<Delivery> next) {
        Slot slot = failures.failed().keySet().iterator().next();
        String first = slot.sequenceNumber;
        if (delivery.exhausted != null) {
            if (delivery.tries == 1) {
                about(slot, () -> LOG.warn("{}: record {} was not taken by deadLetterUri and will be handed to it until it is: {}", shard,
                        first, failures.reason()));
            }
            return;
        }
        long again = failures.failed().size() - next.stream().filter(each -> each.exhausted != null).count();
        if (news && again > 0) {
            about(slot, () -> failed(delivery, failures, first));
        }
        for (Delivery each : next) {
            if (each.exhausted != null) {
                about(each.slot(), () -> LOG.warn("{}: record {} is given up after {} attempts and goes to deadLetterUri: {}", shard,
                        each.slot().sequenceNumber, each.slot().failed.count(), StreamErrors.reason(each.exhausted)));
            }
        }
    }

    private void failed(Delivery delivery, Failures failures, String first) {
        if (delivery.alone()) {
            LOG.warn("{}: record {} was not delivered and will be tried again until it is: {}", shard, first, failures.reason());
        } else if (failures.single()) {
            LOG.warn("{}: {} of the {} records of a batch were not delivered and will be tried again, the first is {}: {}", shard,
                    failures.failed().size(), delivery.slots.size(), first, failures.reason());
        } else {
            LOG.warn("{}: a batch of {} records from {} on was not delivered and is split until the failing record stands alone: {}",
                    shard, delivery.slots.size(), first, failures.reason());
        }
    }
}
