package io.distributary.backfill;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/**
 * Where a backfill is, or how it ended.
 *
 * @param total       of all its runs
 * @param run         of this run
 * @param deadLetters stored by the route's dead letter channel in this run: one for each target that did not accept an item
 * @param elapsed     since this run began
 * @param failure     the item that the route failed for and no dead letter channel took, and why; or null
 * @param complete    the whole table has been read, and the route is done with it
 */
public record Summary(Counts total, Counts run, long deadLetters, Duration elapsed, String failure, boolean complete) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Numbers.
     *
     * @param items   that the route is done with
     * @param scanned read, those that were not wanted included
     * @param units   read capacity units
     */
    public record Counts(long items, long scanned, double units) {
        static Counts of(List<SegmentProgress> segments) {
            return new Counts(segments.stream().mapToLong(SegmentProgress::items).sum(),
                    segments.stream().mapToLong(SegmentProgress::scanned).sum(),
                    segments.stream().mapToDouble(SegmentProgress::units).sum());
        }

        Counts since(Counts before) {
            return new Counts(items - before.items, scanned - before.scanned, units - before.units);
        }
    }

    /** Items read per second, in this run. */
    public double perSecond() {
        return run.scanned() / seconds();
    }

    /** Read capacity units per second, in this run. */
    public double unitsPerSecond() {
        return run.units() / seconds();
    }

    private double seconds() {
        return Math.max(1e-3, elapsed.toNanos() / 1e9);
    }

    /** One line without its end; docs/commands/backfill.md describes the fields. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeBooleanField("complete", complete);
            out.writeNumberField("items", total.items());
            out.writeNumberField("items_of_run", run.items());
            out.writeNumberField("scanned", total.scanned());
            out.writeNumberField("capacity_units", total.units());
            out.writeNumberField("dead_letters", deadLetters);
            out.writeNumberField("seconds", elapsed.toMillis() / 1e3);
            if (failure != null) {
                out.writeStringField("failure", failure);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        return text.toString();
    }
}
