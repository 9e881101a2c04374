package io.distributary.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The page in a browser, before a status that the test makes up. */
class PageIT extends InBrowser {
    private static final String MARKUP = "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>";
    /** Fields that are words of the protocol, addresses in the answer, or times. */
    private static final Set<String> FIXED = Set.of("status_version", "now", "kind", "state", "live", "ready", "severity", "from", "to", "source",
            "target", "started_at", "until", "iterator", "time", "since");
    private static final String NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth";

    @Test
    void everythingOfTheSampleIsThereInLightAndDarkAndOnAPhone() throws Exception {
        ObjectNode status = PageServer.sample();
        tab.open(server.url());
        tab.awaitThat("document.querySelectorAll('.card').length === " + status.get("targets").size());

        assertTrue(tab.text("#next-first").contains(status.at("/next/0/what").asText()), tab.text("#next-first"));
        assertEquals(status.get("next").size() - 1, tab.evaluate("document.querySelectorAll('#next-others > li').length").asInt());
        assertTrue(tab.text("#ready").contains("Not ready"));
        assertEquals(List.of("412/s", "250/s", "330/s", "401/s", "0/s"), texts(".route:first-child .rate"));
        assertEquals(List.of("SNS Sink", "SQS Sink", "JetStream Sink", "OpenSearch Sink"), texts(".route:first-child .node.target .title"));
        assertEquals("partition key regex '^(ORDER|PRODUCT|CUSTOMER)#.*'", texts(".route:first-child .node.filter title").get(0)
                .replace("${header.CamelAwsDdbStreamPartitionKey}", "partition key"));
        assertEquals("partition key startsWith 'ORDER#' && event name != 'REMOVE'", String.join(" ", texts(".route:first-child .node.when .title")));
        assertEquals(List.of("everything else"), texts(".route:first-child .node.otherwise .title"));
        says("#routes", status.get("routes"), "id");
        says("#targets", status.get("targets"), "name");
        says("#targets", status.get("targets"), "reason");
        says("#sources", status.get("sources"), "table");
        says("#letters", status.at("/dead_letters/letters"), "item_key");
        says("#letters", status.at("/dead_letters/letters"), "reason");
        says("#health", status.at("/health/checks"), "reason");
        assertTrue(tab.text("#sources").contains("4 shards: 1 back pressure, 1 reading"), tab.text("#sources"));
        assertTrue(tab.text("#sources").contains("MODIFY of CUSTOMER#17|PROFILE, 9 attempts"), tab.text("#sources"));
        for (String scheme : new String[] {"light", "dark"}) {
            tab.prefer(scheme);
            tab.picture("troubled-" + scheme);
            assertEquals(List.of(), Contrast.tooLow(tab), scheme);
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

    /** The picture of docs/page.md: only with -Ddocs.write=true, as no two machines draw the same. */
    @Test
    @EnabledIfSystemProperty(named = "docs.write", matches = "true")
    void thePictureOfTheDocumentation() throws Exception {
        ObjectNode status = PageServer.sample();
        status.set("next", status.arrayNode().add(status.at("/next/0")));
        status.putArray("refused");
        server.show(status);
        tab.open(server.url());
        tab.awaitThat(RENDERED);
        tab.picture(Path.of("docs/page.png"), 1_290, 0.75);
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
            if (here.matches("SUMMARY \\d+ more.*")) {
                tab.press("Enter");
                tab.awaitThat("document.activeElement.parentElement.open");
            }
        }
        assertTrue(way.stream().anyMatch(stop -> stop.equals("BUTTON Copy")), way::toString);
        assertTrue(way.stream().anyMatch(stop -> stop.startsWith("SUMMARY orders-fanout")), way::toString);
        assertEquals(3, way.stream().filter(stop -> stop.contains("|METADATA")).count(), way::toString);
        assertTrue(way.get(way.size() - 1).startsWith("SUMMARY 2 checks up"), way::toString);
    }

    @Test
    void withNothingToDoThatIsSaid() throws Exception {
        ObjectNode status = PageServer.sample();
        status.putArray("next");
        server.show(status);
        tab.open(server.url());
        tab.awaitThat(RENDERED);

        assertTrue(tab.text("#next-first").contains("Nothing to do"), tab.text("#next-first"));
        assertTrue(tab.is("document.querySelector('#next-more').hidden"));
        assertTrue(tab.is("document.querySelectorAll('[aria-live]').length === 1"), "one line is announced, not each figure");
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

    /** Each element's text of this field, as far as it has one. */
    private void says(String part, JsonNode elements, String field) {
        String words = tab.text(part);
        assertFalse(elements.isEmpty());
        elements.forEach(element -> assertTrue(words.contains(element.get(field).asText("")), () -> element.get(field) + " is not in " + words));
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
