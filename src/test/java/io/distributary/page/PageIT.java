package io.distributary.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The page in a browser, before a status that the test makes up. */
class PageIT {
    private static final String MARKUP = "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>";
    /** Fields that are words of the protocol, addresses in the answer, or times. */
    private static final Set<String> FIXED = Set.of("status_version", "now", "kind", "state", "live", "ready", "severity", "from", "to", "source",
            "target", "started_at", "until", "iterator", "time", "since");
    private static final String RENDERED = "document.querySelectorAll('.card').length > 0";
    private static final String NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth";

    private static Chromium chromium;
    private PageServer server;
    private Tab tab;

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

    @Test
    void everythingOfTheSampleIsThereInLightAndDarkAndOnAPhone() throws Exception {
        tab.open(server.url());
        tab.awaitThat("document.querySelectorAll('.card').length === 6");

        assertTrue(tab.text("#next-first").contains("Bring back OpenSearch customers"), tab.text("#next-first"));
        assertEquals(3, tab.evaluate("document.querySelectorAll('#next-others > li').length").asInt());
        assertTrue(tab.text("#ready").contains("Not ready"));
        assertEquals(List.of("412/s", "250/s", "330/s", "401/s", "0/s"), texts(".route:first-child .rate"));
        assertEquals(List.of("SNS Sink", "SQS Sink", "JetStream Sink", "OpenSearch Sink"), texts(".route:first-child .node.target .title"));
        assertEquals(List.of("partition key regex '^(ORDER|PRODUCT|CUSTOMER)#.*'",
                "partition key startsWith 'ORDER#' && event name != 'REMOVE'", "everything else"), List.of(
                String.join(" ", texts(".route:first-child .node.filter .title")).replace("PRODUC T", "PRODUCT"),
                String.join(" ", texts(".route:first-child .node.when .title")), texts(".route:first-child .node.otherwise .title").get(0)));
        assertTrue(tab.text("#targets").contains("Since ") && tab.text("#targets").contains("Connection refused"));
        assertTrue(tab.text("#sources").contains("4 shards: 1 back pressure, 1 reading"), tab.text("#sources"));
        assertTrue(tab.text("#sources").contains("MODIFY of CUSTOMER#17|PROFILE, 9 attempts"), tab.text("#sources"));
        assertTrue(tab.text("#letters").contains("ORDER#1001|METADATA") && tab.text("#letters").contains("mapper_parsing_exception"));
        assertTrue(tab.text("#health").contains("target:opensearch:orders"));
        for (String scheme : new String[] {"light", "dark"}) {
            tab.prefer(scheme);
            tab.picture("troubled-" + scheme);
            assertEquals(List.of(), lowContrast(), scheme);
        }
        tab.prefer("light");
        tab.size(360, 800);
        tab.awaitThat("innerWidth === 360 && getComputedStyle(document.querySelector('.canvas')).display === 'none'");
        tab.picture("troubled-phone");
        assertTrue(tab.is(NO_SIDEWAYS), () -> "wider than the phone: " + tooWide());
        assertTrue(tab.text(".route .outline").contains("OpenSearch Sink index=orders ✕ down, 0/s"), tab.text(".route .outline"));
        assertEquals(List.of(), tab.complaints());
        assertTrue(tab.requests().stream().allMatch(request -> request.startsWith(server.url())), () -> tab.requests().toString());
    }

    @Test
    void whatComesFromItemsAndErrorsIsNeverMarkup() throws Exception {
        ObjectNode status = PageServer.sample();
        injectInto(status, null);
        server.show(status);
        tab.open(server.url());
        tab.awaitThat(RENDERED);
        tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");
        tab.awaitThat("document.querySelector('.letter pre').textContent.includes('window.broken')");

        assertTrue(tab.text("#letters").contains("ORDER#1001|METADATA" + MARKUP), tab.text("#letters"));
        assertEquals(0, tab.evaluate("document.querySelectorAll('img, main script, iframe').length").asInt());
        assertTrue(tab.is("window.broken === undefined"));
        assertEquals(List.of(), tab.complaints());
    }

    @Test
    void theBrowserItselfRefusesMarkupAndInlineScripts() {
        tab.open(server.url());
        tab.awaitThat(RENDERED);

        AssertionError refused = assertThrows(AssertionError.class, () -> tab.evaluate("document.body.innerHTML = 'x'"));
        assertTrue(refused.getMessage().contains("TrustedHTML"), refused.getMessage());
        assertEquals("refused", tab.evaluate("fetch('http://localhost:1/').then(() => 'sent', () => 'refused')").asText());
        assertTrue(tab.complaints().stream().anyMatch(complaint -> complaint.contains("connect-src")), () -> tab.complaints().toString());
    }

    @Test
    void aNameThatWasMadeToPointHereSeesNothing() {
        tab.open("http://rebound.test:" + server.port() + "/");

        assertTrue(tab.text("body").startsWith("This page answers to localhost and to plain addresses"), tab.text("body"));
    }

    @Test
    void manyShardsAndRoutesStayReadable() throws Exception {
        ObjectNode status = PageServer.sample();
        multiply((ArrayNode) status.get("routes"), 20);
        multiply((ArrayNode) status.get("sources").get(0).get("shards"), 200);
        server.show(status);
        tab.open(server.url());
        tab.awaitThat("document.querySelectorAll('.route').length === 20");

        assertEquals(12, tab.evaluate("document.querySelectorAll('.source:first-child tbody tr').length").asInt());
        tab.evaluate("document.querySelector('.source .shards').open = true");
        tab.evaluate("document.querySelector('.source .more').click()");
        assertEquals(200, tab.evaluate("document.querySelectorAll('.source:first-child tbody tr').length").asInt());
        assertTrue(tab.is(NO_SIDEWAYS), () -> "too wide: " + tooWide());
        tab.size(360, 800);
        tab.awaitThat("innerWidth === 360");
        assertTrue(tab.is(NO_SIDEWAYS), () -> "wider than the phone: " + tooWide());
        assertEquals(List.of(), tab.complaints());
    }

    @Test
    void theKeyboardAloneGoesThroughAllOfIt() {
        tab.open(server.url());
        tab.awaitThat(RENDERED);
        tab.press("Tab");
        assertEquals("Skip to the next thing to do", tab.evaluate("document.activeElement.textContent").asText());
        assertTrue(tab.is("document.activeElement.getBoundingClientRect().left >= 0"), "the skip link is not seen");
        tab.press("Enter");
        tab.awaitThat("document.activeElement.id === 'next'");

        List<String> way = new ArrayList<>();
        tab.evaluate("window.before = document.activeElement");
        for (tab.press("Tab"); tab.is("document.activeElement !== document.body") && way.size() < 60; tab.press("Tab")) {
            String here = tab.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.getAttribute('aria-label')"
                    + " ?? document.activeElement.textContent).trim()").asText();
            assertTrue(tab.is("window.before.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"), here);
            assertTrue(tab.is("getComputedStyle(document.activeElement).outlineStyle === 'solid'"), () -> here + " has no visible focus");
            tab.evaluate("window.before = document.activeElement");
            way.add(here);
        }
        assertTrue(way.stream().anyMatch(stop -> stop.equals("BUTTON Copy")), way::toString);
        assertTrue(way.stream().anyMatch(stop -> stop.startsWith("SUMMARY orders-fanout")), way::toString);
        assertEquals(3, way.stream().filter(stop -> stop.contains("|METADATA")).count(), way::toString);
        assertTrue(way.get(way.size() - 1).startsWith("SUMMARY 2 checks up"), way::toString);
    }

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
        ((ArrayNode) dead.get("letters")).insert(0, newest);
        dead.put("made", 4);
        server.show(status);

        tab.awaitThat("document.querySelector('.letter .what').textContent.includes('ORDER#2000')");
        assertTrue(tab.is("document.activeElement.textContent.includes('ORDER#1001') && document.activeElement.parentElement.open"));
        assertTrue(tab.is("document.querySelectorAll('.letter[open]').length === 1"));
    }

    @Test
    void anInstanceThatStopsAnsweringIsSaidToAndComesBack() throws Exception {
        int port = server.port();
        tab.open(server.url());
        tab.awaitThat(RENDERED);
        server.close();

        tab.awaitThat("document.querySelector('#stale').textContent.startsWith('No answer since ')");
        assertTrue(tab.is("!document.querySelector('#stale').hidden && document.title.startsWith('No answer')"));
        assertTrue(tab.is("document.querySelectorAll('.card').length === 6"), "what was known is gone");
        tab.picture("stale");
        server = PageServer.start(port, Map.of());
        tab.awaitThat("document.querySelector('#stale').hidden && !document.title.startsWith('No answer')");
    }

    @Test
    void withNothingToDoThatIsSaid() throws Exception {
        ObjectNode status = PageServer.sample();
        status.putArray("next");
        server.show(status);
        tab.open(server.url());
        tab.awaitThat(RENDERED);

        assertTrue(tab.text("#next-first").contains("Nothing to do"), tab.text("#next-first"));
        assertTrue(tab.is("document.querySelector('#next-others').hidden"));
        assertTrue(tab.is("document.querySelectorAll('[aria-live]').length === 1"), "one line is announced, not each figure");
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

    @Test
    void motionIsForThoseWhoWantIt() {
        tab.open(server.url());
        tab.awaitThat(RENDERED);
        String moving = "getComputedStyle(document.querySelector('.edge.flows .line')).animationName !== 'none'";

        assertFalse(tab.is(moving));
        tab.call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "no-preference"))));
        tab.awaitThat(moving);
    }

    private List<String> texts(String selector) {
        List<String> texts = new ArrayList<>();
        tab.evaluate("[...document.querySelectorAll(" + TextNode.valueOf(selector) + ")].map(node => node.textContent)")
                .forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private String tooWide() {
        return tab.evaluate("[...document.querySelectorAll('body *')].filter(node => node.getBoundingClientRect().right > innerWidth + 1)"
                + ".map(node => node.tagName + '.' + node.className).slice(0, 10).join(', ')").asText();
    }

    /** Texts with less than 4.5 to 1 against what is behind them (WCAG 2.2, 1.4.3). */
    private List<String> lowContrast() {
        List<String> low = new ArrayList<>();
        tab.evaluate("""
                (() => {
                  const rgba = colour => { const n = colour.match(/[\\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
                  const part = c => c / 255 <= .04045 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4;
                  const light = c => .2126 * part(c[0]) + .7152 * part(c[1]) + .0722 * part(c[2]);
                  const behind = node => {
                    const box = node.closest('g.node')?.querySelector('rect');
                    if (box) return rgba(getComputedStyle(box).fill);
                    for (let at = node; at; at = at.parentElement) {
                      const colour = rgba(getComputedStyle(at).backgroundColor);
                      if (colour[3] === 1) return colour;
                    }
                    return [255, 255, 255, 1];
                  };
                  return [...document.querySelectorAll('body *')].filter(node => node.checkVisibility() && !node.matches('.skip, noscript')
                      && [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim() !== '')).map(node => {
                    const front = rgba(node instanceof SVGElement ? getComputedStyle(node).fill : getComputedStyle(node).color);
                    const [a, b] = [light(front), light(behind(node))];
                    return [node, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
                  }).filter(pair => pair[1] < 4.5).map(pair => `${pair[1].toFixed(2)} ${pair[0].tagName} ${pair[0].textContent.slice(0, 40)}`);
                })()""").forEach(text -> low.add(text.asText()));
        return low;
    }

    private static void injectInto(JsonNode node, String field) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.properties().stream().map(Map.Entry::getKey).toList())) {
                JsonNode value = object.get(name);
                if (value.isTextual() && !FIXED.contains(name) && !(name.equals("id") && "nodes".equals(field))) {
                    object.put(name, value.asText() + MARKUP);
                } else {
                    injectInto(value, name);
                }
            }
        } else if (node.isArray()) {
            node.forEach(element -> injectInto(element, field));
        }
    }

    /** Copies of the elements under ids of their own, until there are so many. */
    private static void multiply(ArrayNode elements, int count) {
        int originals = elements.size();
        while (elements.size() < count) {
            ObjectNode copy = elements.get(elements.size() % originals).deepCopy();
            elements.add(copy.put("id", copy.get("id").asText() + "-" + elements.size()));
        }
    }
}
