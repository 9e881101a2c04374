package io.distributary.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.distributary.ops.Flagship;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.sandbox.fault.FaultProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The page of the packaged application with the shipped routes, while changes flow to all four targets. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
class RunningPageIT {
    private static final String TOKEN = "known to the person at the page";
    private static final long WRITE_EVERY_MILLIS = 40;

    @TempDir
    Path folder;

    @Test
    void thePageShowsWhatARunningInstanceDoes(Stack stack) throws Exception {
        URI openSearch = URI.create(stack.environment().get("OPENSEARCH_URLS"));
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try (Chromium chromium = Chromium.start();
                FaultProxy proxy = new FaultProxy(openSearch.getHost(), openSearch.getPort());
                Flagship flagship = new Flagship(stack, folder, Map.of("OPENSEARCH_URLS", "http://127.0.0.1:" + proxy.port(),
                        "DISTRIBUTARY_PAGE_REDRIVE_TOKEN", TOKEN, "DISTRIBUTARY_PAGE_REDRIVE_STORE", "sqs:{{dead-letter.queue}}"))) {
            AtomicInteger orders = new AtomicInteger();
            writer.scheduleAtFixedRate(() -> put(stack, flagship.table, "ORDER#" + orders.incrementAndGet(), AttributeValue.fromN("12.5")), 0,
                    WRITE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            Tab tab = chromium.open();
            String url = "http://localhost:" + flagship.port() + "/";
            tab.open(url);
            flowing(tab, flagship.table);
            deadLetter(tab, stack, flagship.table);
            pictures(tab, "healthy");
            assertEquals(List.of(), tab.complaints());
            assertTrue(tab.requests().stream().allMatch(request -> request.startsWith(url)), () -> tab.requests().toString());

            proxy.down();
            tab.awaitThat("[...document.querySelectorAll('.card.bad')].some(card => card.textContent.includes('OpenSearch'))");
            tab.awaitThat("document.querySelector('#ready').textContent.includes('Not ready')");
            tab.awaitThat("document.querySelector('#next-first').textContent.includes('Bring back opensearch:')");
            tab.awaitThat("document.querySelector('.node.target.bad .state').textContent.includes('down')");
            pictures(tab, "target-down");
            writer.shutdownNow();
            redrive(tab, proxy, openSearch, flagship.table);

            flagship.close();
            tab.awaitThat("document.querySelector('#stale').textContent.startsWith('No answer since ')");
            pictures(tab, "stopped");
        } finally {
            writer.shutdownNow();
        }
    }

    private static void flowing(Tab tab, String table) {
        tab.awaitThat("document.querySelectorAll('.card').length >= 4");
        for (String target : new String[] {"SNS", "SQS", "NATS JetStream", "OpenSearch"}) {
            tab.awaitThat("[...document.querySelectorAll('.card')].some(card => card.querySelector('.kind').textContent === '" + target
                    + "' && card.querySelector('.name').textContent.includes('" + table + "') && parseFloat(card.querySelector('.now').textContent) > 1"
                    + " && card.querySelector('.badge').textContent === 'up' && card.querySelector('.sparkline .line').getAttribute('d') !== '')");
        }
        tab.awaitThat("document.querySelector('.route .name').textContent === 'orders-fanout'");
        tab.awaitThat("document.querySelectorAll('.route .node.target').length === 4");
        tab.awaitThat("[...document.querySelectorAll('.route .rate')].length === 5"
                + " && [...document.querySelectorAll('.route .rate')].every(rate => parseFloat(rate.textContent) > 1)");
        tab.awaitThat("document.querySelector('.source .name').textContent === '" + table + "'");
        assertTrue(tab.text("#sources").contains("1 shard: 1 reading"), tab.text("#sources"));
        assertTrue(tab.text("#ready").contains("Ready"), tab.text("#ready"));
    }

    /** The index maps total to a number by now. */
    private static void deadLetter(Tab tab, Stack stack, String table) {
        put(stack, table, "ORDER#<b>bad</b>", AttributeValue.fromS("twelve"));
        tab.awaitThat("document.querySelector('.letter')?.textContent.includes('ORDER#<b>bad</b>')");
        assertTrue(tab.text(".letter").contains("mapper_parsing_exception") || tab.text(".letter").contains("failed to parse"), tab.text(".letter"));
        tab.evaluate("document.querySelector('.letter > summary').focus()");
        tab.press("Enter");
        tab.awaitThat("document.querySelector('.letter pre').textContent.includes('twelve')");
    }

    /** Without its mapping the index takes what it has refused. */
    private static void redrive(Tab tab, FaultProxy proxy, URI openSearch, String table) throws Exception {
        proxy.up();
        tab.awaitThat("document.querySelectorAll('.card.bad').length === 0");
        tab.awaitThat("[...document.querySelectorAll('#figures > div')].find(figure => figure.textContent.startsWith('Not yet'))"
                + ".querySelector('dd').textContent === '0'");
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(openSearch.resolve("/" + table)).DELETE().build(),
                HttpResponse.BodyHandlers.discarding());
        send(tab, "a wrong one, as long as it");
        tab.awaitThat("document.querySelector('.redrive [role=status]').textContent === 'Not begun: The token is wrong.'");
        send(tab, TOKEN);
        tab.awaitThat("document.querySelector('.redrive [role=status]').textContent === 'Done: 1 dead letter read, 1 sent.'");
        tab.picture("redriven-light");
    }

    private static void send(Tab tab, String token) {
        tab.evaluate("document.querySelector('#redrive-token').value = '" + token + "'");
        tab.evaluate("document.querySelector('.redrive .fields button').focus()");
        tab.press("Enter");
        tab.awaitThat("document.activeElement.textContent === 'Send them'");
        tab.press("Enter");
    }

    private static void pictures(Tab tab, String name) throws Exception {
        tab.picture(name + "-light");
        tab.prefer("dark");
        tab.picture(name + "-dark");
        tab.prefer("light");
        tab.size(360, 800);
        tab.awaitThat("innerWidth === 360");
        assertTrue(tab.is("document.documentElement.scrollWidth <= innerWidth"), "wider than the phone");
        tab.picture(name + "-phone");
        tab.size(1280, 900);
        tab.awaitThat("innerWidth === 1280");
    }

    private static void put(Stack stack, String table, String order, AttributeValue total) {
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Map.of("pk", AttributeValue.fromS(order),
                "sk", AttributeValue.fromS("METADATA"), "total", total)));
    }
}
