package io.distributary.page;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** The page in a browser, while the instance and its reader go on. */
class PageOverTimeIT extends InBrowser {
    @Test
    void whatIsOpenAndFocusedStaysSoWhenNewsCome() throws Exception {
        tab.open(server.url());
        tab.awaitThat(RENDERED);
        tab.evaluate("document.querySelector('.letter > summary').focus()");
        tab.press("Enter");
        tab.awaitThat("document.querySelector('.letter pre').textContent.includes('\"eventID\": \"0cc175b9c0f1b6a831c399e269772661\"')");
        ObjectNode status = PageServer.sample();
        ObjectNode dead = (ObjectNode) status.get("dead_letters");
        ObjectNode newest = ((ObjectNode) dead.get("letters").get(0)).deepCopy().put("id", "new").put("item_key", "ORDER#2000|METADATA");
        ((ObjectNode) newest.get("letter")).put("change_version", 1_927_675_768_775_639_299L);
        ((ArrayNode) dead.get("letters")).insert(0, newest);
        dead.put("made", 4);
        server.show(status);

        tab.awaitThat("document.querySelector('.letter .what').textContent.includes('ORDER#2000')");
        assertTrue(tab.is("document.activeElement.textContent.includes('ORDER#1001') && document.activeElement.parentElement.open"));
        assertTrue(tab.is("document.querySelectorAll('.letter[open]').length === 1"));
        tab.evaluate("document.querySelector('.letter').open = true");
        tab.awaitThat("document.querySelector('.letter pre').textContent.includes('\"change_version\": 1927675768775639299')");
    }

    @Test
    void anInstanceThatStopsAnsweringIsSaidToAndComesBack() throws Exception {
        int port = server.port();
        tab.open(server.url());
        tab.awaitThat(RENDERED);
        server.close();

        tab.awaitThat("document.querySelector('#stale').textContent.startsWith('No answer since ')");
        assertTrue(tab.is("!document.querySelector('#stale').hidden && document.title.startsWith('No answer')"));
        assertTrue(tab.is(RENDERED), "what was known is gone");
        tab.picture("stale");
        server = PageServer.start(port, Map.of());
        tab.awaitThat("document.querySelector('#stale').hidden && !document.title.startsWith('No answer')");
    }

    /** Both at once, as what does not happen takes its time. */
    @Test
    void aTabThatNobodySeesAndAPausedOneAskForNothing() {
        Tab paused = chromium.open();
        for (Tab one : List.of(tab, paused)) {
            one.open(server.url());
            one.awaitThat(RENDERED);
        }
        tab.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, get: () => true})");
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        paused.evaluate("document.querySelector('#pause').click()");
        // a request or a timer that was under way ends first
        List<Long> before = List.of(asked(tab, 2_500), asked(paused, 1));

        assertTrue(asked(tab, 5_000) <= before.get(0), "the hidden tab asks");
        assertTrue(asked(paused, 1) <= before.get(1) + 1, "the paused tab asks");
        tab.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, get: () => false})");
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        paused.evaluate("document.querySelector('#pause').click()");
        for (Tab one : List.of(tab, paused)) {
            one.awaitThat("performance.getEntriesByName(new URL('observe/status', location).href).length > " + (before.get(0) + 2));
        }
    }

    private static long asked(Tab tab, int afterMillis) {
        return tab.evaluate("new Promise(done => setTimeout(() => done(performance.getEntriesByName(new URL('observe/status', location).href)"
                + ".length), " + afterMillis + "))").asLong();
    }
}
