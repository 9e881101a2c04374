package io.distributary.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class AttributeTest {
    @Test
    void theLengthInUtf8IsThatOfItsBytesForAnyText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                // every second one among the surrogates, paired or alone
                text.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : 0xD7F0 + random.nextInt(0x830)));
            }
            assertEquals(text.toString().getBytes(StandardCharsets.UTF_8).length, Attribute.utf8Length(text), "seed " + seed);
        }
    }

    @Test
    void nameTypeAndValueCount() {
        assertEquals(2 + 4 + 6 + 2 + 1 + 6 + 3, Attribute.messageBytes("é", List.of(new Attribute("name", "String", "é", null),
                new Attribute("b", "Binary", null, new byte[3]))));
    }
}
