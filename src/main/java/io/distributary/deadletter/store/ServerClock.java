package io.distributary.deadletter.store;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import software.amazon.awssdk.http.SdkHttpResponse;

/** What time it is by the clock that a server dates its messages and objects with. */
final class ServerClock {
    /** It tells whole seconds, and a service has many servers, whose clocks differ. */
    private static final Duration INACCURACY = Duration.ofSeconds(5);

    private ServerClock() {
    }

    /** No earlier than it is: what was stored before the answer is not after this. Of a server that names no time, our own. */
    static Instant of(SdkHttpResponse answer) {
        try {
            return answer.firstMatchingHeader("Date").map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()).orElseGet(Instant::now).plus(INACCURACY);
        } catch (DateTimeException e) {
            return Instant.now().plus(INACCURACY); // of a server that is none of AWS's
        }
    }
}
