package io.distributary.routes;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.distributary.event.ChangeEventHeaders;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** Delivers a table to a target in a JVM of its own, and says in between how much memory is alive. */
final class DeliveringProcess {
    static final String SAMPLE = "live bytes ";
    /** Source: what may be read and not acknowledged. */
    static final int WINDOW = 4 << 20;

    private DeliveringProcess() {
    }

    /** @param args the target, its server, the table, the name at the target, a folder, and after how many records to say so */
    public static void main(String[] args) throws Exception {
        SinkTarget target = SinkTarget.valueOf(args[0]);
        String table = args[2];
        int every = Integer.parseInt(args[5]);
        DefaultCamelContext context = new DefaultCamelContext();
        target.at(args[1], context);
        KameletComponent kamelets = new KameletComponent();
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        context.addComponent("kamelet", kamelets);
        Set<String> delivered = ConcurrentHashMap.newKeySet();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("aws2-ddbstream:" + table + "?streamIteratorType=FROM_START&maxBufferedBytes=" + WINDOW
                        + "&maxResultsPerRequest=20&checkpointDirectory=" + args[4]).routeId(table)
                        .to(target.uri(args[3]))
                        .process(exchange -> {
                            String id = exchange.getMessage().getHeader(ChangeEventHeaders.EVENT_ID, String.class);
                            if (delivered.add(id) && delivered.size() % every == 0) {
                                System.out.println(SAMPLE + liveBytes());
                            }
                        });
            }
        });
        context.start();
        Thread.currentThread().join();
    }

    private static synchronized long liveBytes() {
        System.gc(); // a full one with the serial collector
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
