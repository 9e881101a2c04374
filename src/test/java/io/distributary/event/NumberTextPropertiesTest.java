package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NumberTextPropertiesTest {
    @Provide
    Arbitrary<String> numbers() {
        return Items.numbers();
    }

    @Property(tries = 2000)
    void everyNumberOfDynamoDbKeepsItsText(@ForAll("numbers") String text) {
        assertEquals(text, NumberText.json(text));
    }
}
