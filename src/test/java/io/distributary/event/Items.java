package io.distributary.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Random items and records: everything that DynamoDB can hold. */
final class Items {
    static final StreamSource SOURCE = new StreamSource("orders",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-11-20T10:00:00.000", "shardId-1", "pk", "sk");

    private Items() {
    }

    /** Letters, controls, quotes, characters beyond the BMP, and what our own formats give a meaning to. */
    static Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8)),
                Tuple.of(2, Arbitraries.of("\u0000", "\u001f", "\n", "\"", "\\", "/", "\u007f", "\u2028", "\ufffd",
                        "\uffff", "é", "\ue000", "😀", "\ud800\udc00", "\udbff\udfff", "$", "$B", "$M", ".", "[0]", "|", " ")),
                Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10ffff).map(Character::toString)));
        return pieces.list().ofMaxSize(4).map(list -> String.join("", list));
    }

    static Arbitrary<String> names() {
        return Arbitraries.oneOf(texts().filter(text -> !text.isEmpty()),
                Arbitraries.of("$B", "$SS", "$NS", "$BS", "$N", "$M", "$NULL", "$x", "$", "a.b", "S", "N", "M", "NULL", "Records"));
    }

    /** 1 to 38 digits, all magnitudes that DynamoDB has, plain or with an exponent. */
    static Arbitrary<String> numbers() {
        Arbitrary<BigInteger> digits = Arbitraries.oneOf(
                Arbitraries.bigIntegers().between(BigInteger.TEN.pow(37), BigInteger.TEN.pow(38).subtract(BigInteger.ONE)),
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(38).subtract(BigInteger.ONE)),
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.valueOf(1000)));
        Arbitrary<Integer> magnitudes = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(-130, 125)),
                Tuple.of(3, Arbitraries.integers().between(-5, 40)),
                Tuple.of(1, Arbitraries.of(-130, 125)));
        return Combinators.combine(digits, magnitudes, Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((unscaled, magnitude, negative, plain) -> {
                    // the first digit stands at 10^magnitude; the last one may then lie below 10^-130, as in DynamoDB
                    int scale = unscaled.toString().length() - 1 - magnitude;
                    var number = new BigDecimal(negative ? unscaled.negate() : unscaled, scale);
                    return plain ? number.toPlainString() : number.toString();
                })
                .filter(text -> new BigDecimal(text).signum() != 0 || text.length() < 100);
    }

    static Arbitrary<SdkBytes> binaries() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(SdkBytes::fromByteArray);
    }

    static Arbitrary<AttributeValue> values() {
        return Arbitraries.lazyOf(
                () -> texts().map(AttributeValue::fromS),
                () -> numbers().map(AttributeValue::fromN),
                () -> binaries().map(AttributeValue::fromB),
                () -> Arbitraries.of(true, false).map(AttributeValue::fromBool),
                () -> Arbitraries.just(AttributeValue.fromNul(true)),
                () -> texts().set().ofMinSize(1).ofMaxSize(4).map(set -> AttributeValue.fromSs(List.copyOf(set))),
                () -> numbers().list().ofMinSize(1).ofMaxSize(4).uniqueElements(text -> new BigDecimal(text).stripTrailingZeros())
                        .map(AttributeValue::fromNs),
                () -> binaries().set().ofMinSize(1).ofMaxSize(4).map(set -> AttributeValue.fromBs(List.copyOf(set))),
                () -> values().list().ofMaxSize(3).map(AttributeValue::fromL),
                () -> attributes(0, 3).map(AttributeValue::fromM),
                () -> deep());
    }

    /** Nested down to the 32 levels that DynamoDB has. */
    static Arbitrary<AttributeValue> deep() {
        Arbitrary<AttributeValue> leaf = Arbitraries.oneOf(texts().map(AttributeValue::fromS), numbers().map(AttributeValue::fromN));
        return Combinators.combine(leaf, names(), Arbitraries.integers().between(1, 32), Arbitraries.longs())
                .as((value, name, levels, seed) -> {
                    var random = new Random(seed);
                    for (int i = 0; i < levels; i++) {
                        value = random.nextBoolean() ? AttributeValue.fromL(List.of(value)) : AttributeValue.fromM(Map.of(name, value));
                    }
                    return value;
                });
    }

    static Arbitrary<Map<String, AttributeValue>> attributes(int min, int max) {
        return Arbitraries.maps(names(), values()).ofMinSize(min).ofMaxSize(max);
    }

    static Arbitrary<AttributeValue> keyValues() {
        return Arbitraries.oneOf(texts().filter(text -> !text.isEmpty()).map(AttributeValue::fromS), numbers().map(AttributeValue::fromN),
                binaries().filter(bytes -> bytes.asByteArray().length > 0).map(AttributeValue::fromB));
    }

    static Arbitrary<Map<String, AttributeValue>> keys() {
        return Combinators.combine(keyValues(), keyValues()).as((pk, sk) -> Map.of("pk", pk, "sk", sk));
    }

    static Arbitrary<Map<String, AttributeValue>> items() {
        return Combinators.combine(attributes(0, 6), keys()).as((attributes, keys) -> {
            var item = new LinkedHashMap<>(attributes);
            item.putAll(keys);
            return item;
        });
    }

    /** Every kind of change under every stream view type, TTL deletes included. */
    static Arbitrary<ChangeEvent> events() {
        return Combinators.combine(Arbitraries.of(EventName.values()),
                        Arbitraries.of("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"), items(), items(), keys(),
                        Arbitraries.longs().between(0, 4_000_000_000L), Arbitraries.of(0L, 0L, 500L, 123_456_789L), Arbitraries.of(true, false))
                .as((name, view, before, after, keys, second, nanos, ttl) -> {
                    var change = StreamRecord.builder().keys(keys).streamViewType(view).sizeBytes(second % 400_000)
                            .sequenceNumber("1" + second + "00000000000000000").approximateCreationDateTime(Instant.ofEpochSecond(second, nanos));
                    if (name != EventName.REMOVE && view.contains("NEW")) {
                        change.newImage(with(after, keys));
                    }
                    if (!name.begins() && view.contains("OLD")) {
                        change.oldImage(with(before, keys));
                    }
                    var record = Record.builder().eventID("id" + second).eventName(name.name()).eventVersion("1.1")
                            .eventSource("aws:dynamodb").awsRegion("eu-west-1").dynamodb(change.build());
                    if (ttl && name == EventName.REMOVE) {
                        record.userIdentity(Identity.builder().type("Service").principalId("dynamodb.amazonaws.com").build());
                    }
                    return ChangeEvent.of(record.build(), SOURCE);
                });
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> item, Map<String, AttributeValue> keys) {
        var all = new LinkedHashMap<>(item);
        all.putAll(keys);
        return all;
    }

    /** Equal but for the order of maps and sets. */
    static ChangeEvent shuffled(ChangeEvent event, Random random) {
        return rebuilt(event, attributes -> reordered(attributes, random));
    }

    /** Equal to every record that differs from this one in the order of its maps and sets only. */
    static Record canonical(Record record) {
        return rebuilt(ChangeEvent.of(record, SOURCE), attributes -> reordered(attributes, null)).record();
    }

    private static ChangeEvent rebuilt(ChangeEvent event,
            UnaryOperator<Map<String, AttributeValue>> change) {
        var stream = event.record().dynamodb().toBuilder().keys(change.apply(event.keys()));
        if (event.newImage() != null) {
            stream.newImage(change.apply(event.newImage()));
        }
        if (event.oldImage() != null) {
            stream.oldImage(change.apply(event.oldImage()));
        }
        return ChangeEvent.of(event.record().toBuilder().dynamodb(stream.build()).build(), event.source());
    }

    /**
     * Maps and sets in random order, or without a random in the order that the documentation promises, found by other
     * means.
     */
    static Map<String, AttributeValue> reordered(Map<String, AttributeValue> attributes, Random random) {
        var entries = new ArrayList<>(attributes.entrySet());
        if (random == null) {
            entries.sort((a, b) -> utf8(a.getKey(), b.getKey()));
        } else {
            Collections.shuffle(entries, random);
        }
        var map = new LinkedHashMap<String, AttributeValue>();
        entries.forEach(entry -> map.put(entry.getKey(), reordered(entry.getValue(), random)));
        return map;
    }

    private static AttributeValue reordered(AttributeValue value, Random random) {
        return switch (value.type()) {
            case M -> AttributeValue.fromM(reordered(value.m(), random));
            case L -> AttributeValue.fromL(value.l().stream().map(element -> reordered(element, random)).toList());
            case SS -> AttributeValue.fromSs(reordered(value.ss(), random, Items::utf8));
            case NS -> AttributeValue.fromNs(reordered(value.ns(), random,
                    (a, b) -> new BigDecimal(a).compareTo(new BigDecimal(b))));
            case BS -> AttributeValue.fromBs(reordered(value.bs(), random,
                    (a, b) -> Arrays.compareUnsigned(a.asByteArray(), b.asByteArray())));
            default -> value;
        };
    }

    private static <T> List<T> reordered(List<T> set, Random random, Comparator<T> order) {
        var list = new ArrayList<>(set);
        if (random == null) {
            list.sort(order);
        } else {
            Collections.shuffle(list, random);
        }
        return list;
    }

    private static int utf8(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
