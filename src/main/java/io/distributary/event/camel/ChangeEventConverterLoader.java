package io.distributary.event.camel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import org.apache.camel.spi.TypeConverterLoader;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Type converters of {@link ChangeEvent}: to String, byte[], InputStream and JsonNode (the default envelope), to Map
 * (the new image as plain Java) and to the SDK's Record. Camel finds this class by its service file.
 */
public final class ChangeEventConverterLoader implements TypeConverterLoader {
    @Override
    public void load(TypeConverterRegistry registry) {
        add(registry, String.class, EventFormat.CHANGE_EVENT::toJson);
        add(registry, byte[].class, EventFormat.CHANGE_EVENT::toBytes);
        add(registry, InputStream.class, event -> new ByteArrayInputStream(EventFormat.CHANGE_EVENT.toBytes(event)));
        add(registry, JsonNode.class, event -> Tree.read(EventFormat.CHANGE_EVENT.toBytes(event)));
        add(registry, Map.class, ChangeEvent::newImageAsMap);
        add(registry, Record.class, ChangeEvent::record);
    }

    private static <T> void add(TypeConverterRegistry registry, Class<T> type, Conversion<T> conversion) {
        registry.addTypeConverter(type, ChangeEvent.class, new SimpleTypeConverter(false,
                (to, exchange, value) -> conversion.convert((ChangeEvent) value)));
    }

    private interface Conversion<T> {
        T convert(ChangeEvent event) throws IOException;
    }

    /** Loaded when first used; numbers keep every digit, also trailing zeros. */
    private static final class Tree {
        private static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();

        static JsonNode read(byte[] json) throws IOException {
            return MAPPER.readTree(json);
        }
    }
}
