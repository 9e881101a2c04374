package io.distributary.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/** A tab of {@link Chromium}: what a person does with a page, and sees. */
final class Tab {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target", "page");

    private final Chromium chromium;
    private final String session;

    Tab(Chromium chromium, String session) {
        this.chromium = chromium;
        this.session = session;
        for (String domain : new String[] {"Page", "Runtime", "Network", "Log"}) {
            call(domain + ".enable", Map.of());
        }
        size(1280, 900);
        prefer("light");
    }

    void open(String url) {
        call("Page.navigate", Map.of("url", url));
        await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(is("document.readyState === 'complete' && location.href !== 'about:blank'")));
    }

    /** In CSS pixels; below 500 as a phone. */
    void size(int width, int height) {
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** light or dark. */
    void prefer(String scheme) {
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** The value of a JavaScript expression; promises are waited for. */
    JsonNode evaluate(String expression) {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    boolean is(String expression) {
        return evaluate("Boolean(" + expression + ")").asBoolean();
    }

    String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''").asText();
    }

    void awaitThat(String expression) {
        try {
            await().atMost(PATIENCE).until(() -> is(expression));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError("not so: " + expression + "; the page says: " + text("body") + "; console: " + complaints(), e);
        }
    }

    /** A key as a person presses it: Tab, Enter, or a space. */
    void press(String key) {
        Map<String, Integer> codes = Map.of("Tab", 9, "Enter", 13, " ", 32);
        String text = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
        for (String type : new String[] {text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp"}) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key.equals(" ") ? "Space" : key,
                    "windowsVirtualKeyCode", codes.get(key), "text", type.equals("keyUp") ? "" : text));
        }
    }

    /** A picture of the whole page, for a person's eye: target/page/NAME.png. */
    void picture(String name) throws IOException {
        evaluate("scrollTo(0, 0)"); // the bar and the messages stick to the window's top
        JsonNode size = call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        Files.createDirectories(PICTURES);
        picture(PICTURES.resolve(name + ".png"), size.get("height").asInt(), 1);
    }

    /** The upper part of the page. */
    void picture(Path file, int height, double scale) throws IOException {
        int width = evaluate("innerWidth").asInt();
        JsonNode shot = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", scale)));
        Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
    }

    /** Errors and warnings of scripts, styles, policies and the network. */
    List<String> complaints() {
        List<String> console = chromium.events(session, "Runtime.consoleAPICalled").stream()
                .filter(event -> !event.get("type").asText().equals("log")).map(JsonNode::toString).toList();
        List<String> thrown = chromium.events(session, "Runtime.exceptionThrown").stream().map(JsonNode::toString).toList();
        List<String> log = chromium.events(session, "Log.entryAdded").stream().map(event -> event.path("entry").toString()).toList();
        return java.util.stream.Stream.of(console, thrown, log).flatMap(List::stream).toList();
    }

    /** Every address that was asked for. */
    List<String> requests() {
        return chromium.events(session, "Network.requestWillBeSent").stream().map(event -> event.at("/request/url").asText()).toList();
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return chromium.call(session, method, parameters);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
