package io.distributary.page;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The page in a browser, before a status that the test makes up. */
class PageIT {
    private static Chromium chromium;
    private static PageServer server;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        server = PageServer.start(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
            server.close();
        }
    }

    @Test
    void pictures() throws Exception {
        Tab tab = chromium.open();
        tab.open(server.url());
        tab.awaitThat("document.querySelectorAll('.card').length === 6");
        tab.picture("troubled-light");
        tab.prefer("dark");
        tab.picture("troubled-dark");
        tab.prefer("light");
        tab.size(360, 800);
        tab.awaitThat("innerWidth === 360");
        tab.picture("troubled-phone");
        assertEquals(java.util.List.of(), tab.complaints());
        assertTrue(tab.is("document.documentElement.scrollWidth <= 360"));
    }
}
