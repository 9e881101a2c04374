package io.distributary.redrive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.distributary.deadletter.store.DeadLetterRecord;
import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEvent;
import io.distributary.redrive.Verdict.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one item's dead letters for a target, one after the other, each only when nothing newer can have been delivered. Thread-safe. */
final class ItemRedrive {
    static final String OVERTAKEN = "the item has been changed since, or the route gives it other attributes than the table";

    private static final Logger LOG = LoggerFactory.getLogger(ItemRedrive.class);

    private final Redrive redrive;
    private final SourceRoutes routes;
    private final Redrive.Items tables;

    /** What became of a change at its target. */
    private record Sent(RedriveOutcome outcome, String reason) {
    }

    ItemRedrive(Redrive redrive, SourceRoutes routes, Redrive.Items tables) {
        this.redrive = redrive;
        this.routes = routes;
        this.tables = tables;
    }

    /** Answers the letters that are overtaken, unless by one that has not been read yet: nothing has been reported of them. */
    List<StoredDeadLetter> run(ItemLetters item) {
        List<StoredDeadLetter> overtaken = new ArrayList<>();
        try {
            run(item, overtaken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            redrive.stop();
        } catch (RuntimeException e) {
            // one item's failure must not look like the end of the others
            LOG.error("Redrive stops at {}: {}", item.changes().get(0).get(0).place(), e.getMessage(), e);
            redrive.stop();
        }
        return overtaken;
    }

    private void run(ItemLetters item, List<StoredDeadLetter> overtaken) throws InterruptedException {
        boolean failed = false;
        for (int i = 0; i < item.changes().size() && !redrive.stopped(); i++) {
            List<StoredDeadLetter> copies = item.changes().get(i);
            if (copies.stream().noneMatch(redrive::isMeant)) {
                redrive.leftOut(copies.size());
                continue;
            }
            if (failed) {
                all(copies, RedriveOutcome.BEHIND_FAILED, "an older change of the item has failed");
                continue;
            }
            Verdict verdict = verdict(item, i);
            if (!verdict.kind().safe()) {
                if (verdict.kind() == Kind.OVERTAKEN) {
                    overtaken.addAll(copies);
                } else {
                    all(copies, RedriveOutcome.HELD, verdict.reason());
                }
                continue;
            }
            if (!redrive.awaitTurn()) {
                return;
            }
            Sent sent = send(copies.get(0).letter());
            if (sent.outcome() == RedriveOutcome.SENT) {
                remove(copies, verdict);
            } else {
                all(copies, sent.outcome(), sent.reason());
                failed = sent.outcome() == RedriveOutcome.FAILED && !item.versioned() && !redrive.options().force();
            }
        }
    }

    private Verdict verdict(ItemLetters item, int from) {
        if (item.versioned()) {
            return new Verdict(Kind.VERSIONED, "its target tells older from newer");
        }
        if (redrive.options().force()) {
            return new Verdict(Kind.CURRENT, "sent by force");
        }
        List<ChangeEvent> changes = item.changes().subList(from, item.changes().size()).stream()
                .map(each -> each.get(0).letter().event()).toList();
        return ItemOrder.ofFirst(changes, tables.of(changes.get(0)));
    }

    private Sent send(DeadLetterRecord letter) throws InterruptedException {
        SourceRoutes.Way way = routes.to(letter.routeId(), letter.event().source().tableName());
        if (way.feed() == null) {
            return new Sent(RedriveOutcome.NOT_FED, way.reason());
        }
        OnlyTarget only = new OnlyTarget(letter.target(), redrive.options().dry());
        CompletableFuture<Throwable> done = new CompletableFuture<>();
        way.feed().send(letter.event(), exchange -> exchange.setProperty(OnlyTarget.EXCHANGE_PROPERTY, only), done::complete);
        Throwable thrown = get(done);
        Throwable failure = only.failure() != null ? only.failure() : thrown;
        if (failure != null) {
            return new Sent(RedriveOutcome.FAILED, reason(failure));
        }
        return only.accepted() ? new Sent(RedriveOutcome.SENT, null)
                : new Sent(RedriveOutcome.NOT_REACHED, "route " + letter.routeId() + " no longer leads this change to "
                        + (letter.target() == null ? "a target" : letter.target()));
    }

    private static Throwable get(CompletableFuture<Throwable> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot happen: it is only ever completed normally", e);
        }
    }

    private void remove(List<StoredDeadLetter> copies, Verdict verdict) {
        for (int i = 0; i < copies.size(); i++) {
            try {
                if (!redrive.options().dry()) {
                    redrive.store().remove(copies.get(i));
                }
                redrive.result(copies.get(i), i == 0 ? RedriveOutcome.SENT : RedriveOutcome.COPY, verdict.reason());
            } catch (RuntimeException e) {
                redrive.result(copies.get(i), RedriveOutcome.FAILED,
                        "accepted, and will be sent again, as it could not be taken out of the store: " + reason(e));
            }
        }
    }

    private void all(List<StoredDeadLetter> copies, RedriveOutcome outcome, String reason) {
        copies.forEach(each -> redrive.result(each, outcome, reason));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getMessage() == null) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
