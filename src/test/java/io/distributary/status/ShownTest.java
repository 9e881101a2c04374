package io.distributary.status;

import io.distributary.status.StatusPath.Shown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** To whom items' data is shown. */
class ShownTest {
    @ParameterizedTest
    @CsvSource({
            "LOOPBACK, 127.0.0.1,       localhost:8080,    true",
            "LOOPBACK, 127.0.0.1,       LOCALHOST,         true",
            "LOOPBACK, 127.0.0.1,       127.0.0.1:8080,    true",
            "LOOPBACK, ::1,             [::1]:8080,        true",
            "LOOPBACK, 0:0:0:0:0:0:0:1, [::1],             true",
            "LOOPBACK, 127.0.0.1,       evil.example:8080, false",
            "LOOPBACK, 127.0.0.1,       localhost.evil.example, false",
            "LOOPBACK, 127.0.0.1,       ,                  false",
            "LOOPBACK, 10.0.0.7,        localhost:8080,    false",
            "LOOPBACK, ,                localhost:8080,    false",
            "EVERYONE, 10.0.0.7,        orders:8080,       true",
            "NOBODY,   127.0.0.1,       localhost:8080,    false",
    })
    void dataIsShownToWhomTheSettingSays(Shown shown, String remote, String host, boolean expected) {
        assertEquals(expected, shown.to(remote, host));
    }
}
