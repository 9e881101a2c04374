package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ItemKeyPropertiesTest {
    /** Few characters, so that clashes would show. */
    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.strings().withChars('|', '\\', 'a', '?', '#').ofMaxLength(4);
    }

    @Property(tries = 20_000)
    void differentKeysNeverJoinAlike(@ForAll("parts") String p1, @ForAll("parts") String s1, @ForAll("parts") String p2,
            @ForAll("parts") String s2) {
        assertEquals(p1.equals(p2) && s1.equals(s2), ItemKey.join(p1, s1).equals(ItemKey.join(p2, s2)));
        assertNotEquals(ItemKey.UNKNOWN, ItemKey.join(p1, s1));
        assertNotEquals(ItemKey.UNKNOWN, ItemKey.join(p1, null));
    }

    @Provide
    Arbitrary<String> longParts() {
        return Arbitraries.strings().withChars('|', '\\', 'a', 'é', '€').ofMinLength(100).ofMaxLength(300)
                .injectDuplicates(0.2).map(text -> text + text);
    }

    @Property(tries = 500)
    void documentIdsFitAndStayApart(@ForAll("longParts") String p1, @ForAll("longParts") String p2) {
        String a = ItemKey.join(p1, "x");
        String b = ItemKey.join(p2, "x");

        int length = ItemKey.documentId(a).getBytes(StandardCharsets.UTF_8).length;
        assertTrue(length <= 512, () -> "bytes: " + length);
        assertEquals(a.equals(b), ItemKey.documentId(a).equals(ItemKey.documentId(b)));
        assertEquals(a.getBytes(StandardCharsets.UTF_8).length <= 512, ItemKey.documentId(a).equals(a));
        assertTrue(ItemKey.messageGroupId(a).matches("[!-~]{1,128}"));
        assertEquals(a.equals(b), ItemKey.messageGroupId(a).equals(ItemKey.messageGroupId(b)));
    }

    @Property(tries = 500)
    void longKeysThatBeginAlikeStayApart(@ForAll("longParts") String start, @ForAll("parts") String a,
            @ForAll("parts") String b) {
        String keyA = ItemKey.join(start + a, "x");
        String keyB = ItemKey.join(start + b, "x");

        assertEquals(a.equals(b), ItemKey.documentId(keyA).equals(ItemKey.documentId(keyB)));
        assertEquals(a.equals(b), ItemKey.messageGroupId(keyA).equals(ItemKey.messageGroupId(keyB)));
    }
}
