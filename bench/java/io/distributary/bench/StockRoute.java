package io.distributary.bench;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.StreamSource;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamComponent;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConstants;
import org.apache.camel.component.nats.NatsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Camel's own components, put in place of ours under their scheme names, with the same JSON as ours. */
final class StockRoute {
    private StockRoute() {
    }

    static CamelContext context(Site site, Map<String, String> options, Processor acknowledged) throws Exception {
        var context = context(site);
        bind(context, "nats", new NatsComponent());
        var server = site.natsEndpoint().getAuthority();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(Routes.source(options)).routeId(Routes.ID).autoStartup(false)
                        .process(exchange -> toEnvelope(exchange, site.source()))
                        .setHeader(Routes.MESSAGE_ID, header(Ddb2StreamConstants.EVENT_ID))
                        .to("nats:" + Site.subject() + "?jetstreamEnabled=true&servers=" + server)
                        .process(acknowledged);
            }
        });
        return context;
    }

    /** From the stream to nothing; each record passes the check. */
    static CamelContext discarding(StreamOrigin origin, Map<String, String> options, Processor check) throws Exception {
        var context = context(origin);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(Routes.source(options)).routeId(Routes.ID).autoStartup(false).process(check);
            }
        });
        return context;
    }

    private static CamelContext context(StreamOrigin origin) {
        var context = new DefaultCamelContext();
        var source = new Ddb2StreamComponent();
        Routes.connect(source.getConfiguration(), origin);
        context.build();
        bind(context, "aws2-ddbstream", source);
        withoutOurSteps(context);
        return context;
    }

    /** Takes the scheme from what our plugin has bound in the registry. */
    private static void bind(CamelContext context, String scheme, Component component) {
        context.removeComponent(scheme);
        context.addComponent(scheme, component);
        if (context.getComponent(scheme) != component) {
            throw new IllegalStateException("The scheme " + scheme + " still belongs to " + context.getComponent(scheme));
        }
    }

    /** Takes away what our plugin puts around each step of a route: stock does not pay for it. */
    static void withoutOurSteps(CamelContext context) {
        if (!context.getCamelContextExtension().getInterceptStrategies()
                .removeIf(each -> each.getClass().getName().startsWith("io.distributary."))) {
            throw new IllegalStateException("Nothing of ours was around the steps of " + context.getName());
        }
    }

    /** Stock has no conversion of a record to JSON: ours, which costs it no more than it costs us. */
    private static void toEnvelope(Exchange exchange, StreamSource source) {
        var event = ChangeEvent.of(exchange.getMessage().getBody(Record.class), source);
        exchange.getMessage().setBody(EventFormat.CHANGE_EVENT.toJson(event));
    }
}
