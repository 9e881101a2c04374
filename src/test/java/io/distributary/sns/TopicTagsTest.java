package io.distributary.sns;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TopicTagsTest {
    @Test
    void onlyTheFirstTopicsAreToldApart() {
        TopicTags tags = new TopicTags();
        for (int n = 0; n < TopicTags.TOLD_APART; n++) {
            assertEquals("topic" + n, tags.of("topic" + n));
        }
        assertEquals(TopicTags.OTHER, tags.of("one more"));
        assertEquals(TopicTags.OTHER, tags.of("one more"));
        assertEquals("topic7", tags.of("topic7"));
    }
}
