package io.distributary.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.redrive.RunningRedrive;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The page at {@code /} of Camel's management server. It reads {@code /observe/status} and nothing else; who may see the one
 * may see the other, and one setting switches both off.
 */
public final class PageService extends ServiceSupport implements StaticService {
    /** Its own files, below {@code /page/}; index.html is the page. */
    static final List<String> FILES = List.of("icon.svg", "page.css", "page.js", "dom.js", "format.js", "graph.js", "diagram.js",
            "sparkline.js", "next.js", "routes.js", "targets.js", "sources.js", "letters.js", "redrive.js", "health.js");
    private static final String INDEX = "index.html";
    private static final String DATA = "/observe/status";
    /** Before whatever answers at the same path, whenever that was added. */
    private static final int FIRST = -1;

    private final CamelContext context;

    /** To be added to the context after its management server, which has to start first. */
    public PageService(CamelContext context) {
        this.context = context;
    }

    @Override
    protected void doStart() {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server == null) {
            return;
        }
        VertxPlatformHttpRouter router = server.getRouter();
        Settings settings = Settings.of(context);
        PageAccess access = PageAccess.of(settings);
        PageGate gate = new PageGate(access, HttpMethod.GET, HttpMethod.HEAD);
        if (!Boolean.parseBoolean(settings.required(Setting.PAGE_ENABLED))) {
            router.route(DATA + "*").order(FIRST).handler(PageService::off);
            return;
        }
        router.route(DATA + "*").order(FIRST).handler(gate);
        router.route("/").order(FIRST).handler(gate).handler(file(INDEX));
        for (String name : FILES) {
            router.route("/page/" + name).order(FIRST).handler(gate).handler(file(name));
        }
        router.route("/page/redrive").order(FIRST).handler(new PageGate(access, HttpMethod.GET, HttpMethod.POST))
                .blockingHandler(new RedriveDoor(settings, RunningRedrive.of(context)), false);
    }

    private static void off(RoutingContext request) {
        PageGate.end(request.response(), 404, "Switched off by " + Setting.PAGE_ENABLED.key() + "=false");
    }

    private static Handler<RoutingContext> file(String name) {
        Buffer content = Buffer.buffer(read(name));
        String type = type(name);
        return request -> request.response().putHeader("Content-Type", type).end(content);
    }

    static byte[] read(String name) {
        try (InputStream in = PageService.class.getResourceAsStream("/io/distributary/page/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        String text = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html";
            case "css" -> "text/css";
            case "js" -> "text/javascript";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException(name);
        };
        return text + "; charset=utf-8";
    }
}
