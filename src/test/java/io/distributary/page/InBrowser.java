package io.distributary.page;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A browser for the tests of a class, and for each test a tab of it and a server that answers with the sample. */
abstract class InBrowser {
    static final String RENDERED = "document.querySelectorAll('.card').length > 0";

    static Chromium chromium;
    PageServer server;
    Tab tab;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void serve() throws Exception {
        server = PageServer.start(Map.of());
        tab = chromium.open();
    }

    @AfterEach
    void close() {
        server.close();
    }
}
