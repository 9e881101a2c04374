package io.distributary.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.impl.DefaultCamelContext;

/** The page on Camel's management server, in this JVM, before a status that the test makes up. */
final class PageServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext context;
    private final AtomicReference<JsonNode> status = new AtomicReference<>();

    private PageServer(CamelContext context) {
        this.context = context;
    }

    /** On any free port. */
    static PageServer start(Map<String, String> settings) throws Exception {
        return start(0, settings);
    }

    static PageServer start(int port, Map<String, String> settings) throws Exception {
        CamelContext context = new DefaultCamelContext();
        settings.forEach(context.getPropertiesComponent()::addInitialProperty);
        PageServer page = new PageServer(context);
        page.show(sample());
        ManagementHttpServer server = new ManagementHttpServer();
        server.setCamelContext(context);
        server.setHost("127.0.0.1");
        server.setPort(port);
        context.addService(server);
        context.start();
        // before the page, as a service of its own that was added earlier would be
        server.getRouter().get("/observe/status").handler(request -> request.response().putHeader("Content-Type", "application/json")
                .end(page.status.get().toString()));
        context.addService(new PageService(context), true, true);
        return page;
    }

    /** What the documentation has as an example: every part of it, and much that is not well. */
    static ObjectNode sample() throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(Path.of("src/test/resources/status/sample.json")));
    }

    /** What is answered from now on. */
    void show(JsonNode changed) {
        status.set(changed.deepCopy());
    }

    int port() {
        return context.hasService(VertxPlatformHttpServer.class).getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    @Override
    public void close() {
        context.stop();
    }
}
