package io.distributary.bench;

import io.distributary.config.Setting;
import io.distributary.ddbstream.DdbStreamComponent;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.event.EventFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.nats.NatsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;

/** Our components as an application gets them: found by ServiceLoader, checkpoints in files. */
final class OwnRoute {
    /** As the kamelet has it. */
    private static final String JETSTREAM = "nats:" + Site.TABLE
            + "?jetstreamEnabled=true&eventHeaders=true&subjectTemplate=" + Site.TABLE + ".{table}";
    private static final DataType ENVELOPE = new DataType(EventFormat.CHANGE_EVENT.dataType());

    private OwnRoute() {
    }

    /** The plain route that stock has, over the connection of the settings. */
    static CamelContext plain(Site site, Map<String, String> options, Processor acknowledged) throws Exception {
        return to("nats:" + Site.subject() + "?jetstreamEnabled=true", context(site), site, options, acknowledged);
    }

    static CamelContext kamelet(Site site, Map<String, String> options, Processor acknowledged) throws Exception {
        var context = context(site);
        var kamelets = context.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        return to("kamelet:distributary-jetstream-sink?stream=" + Site.jetStream() + "&subjectPrefix=" + Site.TABLE, context, site,
                options, acknowledged);
    }

    /** The flagship's filter and router, its JetStream target alone. */
    static CamelContext flagship(Site site, Map<String, String> options, Processor acknowledged) throws Exception {
        var context = context(site);
        var source = source(context, site, options);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(source).routeId(Routes.ID).autoStartup(false)
                        .filter(simple("${header.CamelAwsDdbStreamPartitionKey} regex '^(ORDER|PRODUCT|CUSTOMER)#.*'"))
                        .transformDataType(ENVELOPE)
                        .choice()
                        .when(simple("${header.CamelAwsDdbStreamPartitionKey} startsWith 'CUSTOMER#'")).to("log:never")
                        .when(simple("${header.CamelAwsDdbStreamPartitionKey} startsWith 'ORDER#'"
                                + " && ${header.CamelAwsDdbStreamEventName} != 'REMOVE'"))
                        .to(JETSTREAM).process(acknowledged)
                        .otherwise().to("log:never");
            }
        });
        return context;
    }

    /** Batches straight into the target. */
    static CamelContext batches(Site site, Map<String, String> options, Processor acknowledged) throws Exception {
        var context = context(site);
        var source = source(context, site, options);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(source).routeId(Routes.ID).autoStartup(false).to(JETSTREAM).process(acknowledged);
            }
        });
        return context;
    }

    static CamelContext stockProducer(Site site, Map<String, String> options, Processor acknowledged) throws Exception {
        var context = context(site);
        context.addComponent("stock-nats", new NatsComponent());
        return to("stock-nats:" + Site.subject() + "?jetstreamEnabled=true&servers=" + site.natsEndpoint().getAuthority(), context,
                site, options, acknowledged);
    }

    /** From the stream to nothing; each record passes the check. */
    static CamelContext discarding(StreamOrigin origin, Map<String, String> options, Processor check) throws Exception {
        var context = new DefaultCamelContext();
        context.build();
        var source = source(context, origin, options);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(source).routeId(Routes.ID).autoStartup(false).process(check);
            }
        });
        return context;
    }

    /** The source's URI; it is connected and has its folder. */
    private static String source(CamelContext context, StreamOrigin origin, Map<String, String> options) {
        Routes.connect(context.getComponent("aws2-ddbstream", DdbStreamComponent.class).getConfiguration(), origin);
        var own = new LinkedHashMap<>(options);
        own.put("checkpointDirectory", origin.checkpoints().toString());
        return Routes.source(own);
    }

    private static DefaultCamelContext context(Site site) {
        var context = new DefaultCamelContext();
        context.getPropertiesComponent().addInitialProperty(Setting.NATS_URL.key(), site.natsEndpoint().toString());
        context.build();
        return context;
    }

    private static CamelContext to(String target, CamelContext context, Site site, Map<String, String> options,
            Processor acknowledged) throws Exception {
        var source = source(context, site, options);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(source).routeId(Routes.ID).autoStartup(false)
                        .transformDataType(ENVELOPE)
                        .setHeader(Routes.MESSAGE_ID, header(ChangeEventHeaders.EVENT_ID))
                        .to(target)
                        .process(acknowledged);
            }
        });
        return context;
    }
}
