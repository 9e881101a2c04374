package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Jackson is the oracle: the same bytes. */
class JsonBytesPropertiesTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    @Property
    void everyTextIsWrittenAsJacksonWritesIt(@ForAll("texts") String text, @ForAll("texts") String name) {
        assertSame(Map.of(name, text));
    }

    @Property
    void everyDocumentIsWrittenAsJacksonWritesIt(@ForAll("values") Object value) {
        assertSame(value);
    }

    @Property(tries = 1)
    void everyCharIsWrittenAsJacksonWritesIt() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            assertSame(String.valueOf((char) c));
            assertSame("a" + (char) c + "b");
        }
    }

    /** Any chars at all, lone surrogates too; plain text of any length before them, so that they lie across every boundary. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.chars().range(Character.MIN_VALUE, Character.MAX_VALUE).list().ofMaxSize(20)
                .map(chars -> chars.stream().map(String::valueOf).reduce("", String::concat));
        Arbitrary<String> plain = Arbitraries.integers().between(0, 1200).map("x"::repeat);
        return Combinators.combine(odd, plain, Items.texts(), plain, odd).as((a, b, c, d, e) -> a + b + c + d + e);
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.lazyOf(
                () -> Items.texts().map(text -> (Object) text),
                () -> Arbitraries.longs().map(number -> (Object) number),
                () -> Arbitraries.of(true, false).map(value -> (Object) value),
                () -> Arbitraries.bytes().array(byte[].class).ofMaxSize(900).map(bytes -> (Object) bytes),
                () -> Arbitraries.just((Object) List.of()),
                () -> values().list().ofMaxSize(4).map(list -> (Object) list),
                () -> Arbitraries.maps(Items.texts(), values()).ofMaxSize(4).map(map -> (Object) map));
    }

    private static void assertSame(Object value) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator jackson = JACKSON.createGenerator(bytes)) {
            write(value, jackson);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var ours = new JsonBytes(0);
        write(value, ours);
        if (!Arrays.equals(bytes.toByteArray(), ours.toByteArray())) {
            assertEquals(bytes.toString(StandardCharsets.UTF_8), new String(ours.toByteArray(), StandardCharsets.UTF_8));
            assertArrayEquals(bytes.toByteArray(), ours.toByteArray());
        }
    }

    private static void write(Object value, JsonBytes out) {
        if (value instanceof String text) {
            out.string(text);
        } else if (value instanceof Long number) {
            out.number(number);
        } else if (value instanceof Boolean bool) {
            out.bool(bool);
        } else if (value instanceof byte[] bytes) {
            out.binary(bytes);
        } else if (value instanceof List<?> list) {
            out.startArray();
            list.forEach(member -> write(member, out));
            out.endArray();
        } else if (value instanceof Map<?, ?> map) {
            out.startObject();
            map.forEach((name, member) -> {
                out.name((String) name);
                write(member, out);
            });
            out.endObject();
        }
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof List<?> list) {
            out.writeStartArray();
            for (var member : list) {
                write(member, out);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (var entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else {
            out.writePOJO(value);
        }
    }
}
