package io.distributary.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Instants as RFC 3339 in UTC: the text of {@link Instant#toString}, made without a formatter where it has whole seconds. */
final class Rfc3339 {
    private static final byte[] FORM = "0000-00-00T00:00:00Z".getBytes(StandardCharsets.US_ASCII);
    private static final int SECONDS_PER_DAY = 86_400;
    /** 0000-01-01T00:00:00Z */
    private static final long FIRST = -62_167_219_200L;
    /** 9999-12-31T23:59:59Z */
    private static final long LAST = 253_402_300_799L;

    private Rfc3339() {
    }

    static String text(Instant time) {
        long second = time.getEpochSecond();
        if (time.getNano() != 0 || second < FIRST || second > LAST) {
            return time.toString();
        }
        var date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
        int ofDay = (int) Math.floorMod(second, (long) SECONDS_PER_DAY);
        byte[] text = FORM.clone();
        two(text, 0, date.getYear() / 100);
        two(text, 2, date.getYear() % 100);
        two(text, 5, date.getMonthValue());
        two(text, 8, date.getDayOfMonth());
        two(text, 11, ofDay / 3600);
        two(text, 14, ofDay / 60 % 60);
        two(text, 17, ofDay % 60);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void two(byte[] text, int at, int value) {
        text[at] = (byte) ('0' + value / 10);
        text[at + 1] = (byte) ('0' + value % 10);
    }
}
