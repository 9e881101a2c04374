package io.distributary.ddbstream;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import io.distributary.ddbstream.shard.StreamUnavailableException;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Starts real routes from the stock scheme on tables of DynamoDB Local. */
abstract class LocalTableRoutes {
    private static final AtomicInteger TABLE = new AtomicInteger();
    static LocalTables tables;

    @TempDir
    Path checkpoints;

    final String table = "orders" + TABLE.incrementAndGet();
    final Deliveries deliveries = new Deliveries();
    CamelContext camel;

    @BeforeAll
    static void startDynamoDb() {
        tables = new LocalTables();
    }

    @AfterAll
    static void stopDynamoDb() {
        tables.close();
    }

    @AfterEach
    void stopCamel() {
        if (camel != null) {
            camel.stop();
        }
    }

    void start(RouteBuilder route) throws Exception {
        context();
        camel.addRoutes(route);
        startUnwrapped();
    }

    void start(Resource route) throws Exception {
        context();
        PluginHelper.getRoutesLoader(camel).loadRoutes(route);
        startUnwrapped();
    }

    void context() {
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("streams", tables.local.dynamoDbStreamsClient());
        camel.getRegistry().bind("tables", tables.client);
        camel.getRegistry().bind("deliveries", deliveries);
    }

    void startUnwrapped() throws Exception {
        try {
            camel.start();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StreamUnavailableException unavailable) {
                    throw unavailable;
                }
            }
            throw e;
        }
    }

    RouteBuilder javaRoute(String options, Processor target) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("aws2-ddbstream:" + table + "?delay=20&checkpointDirectory=" + checkpoints + options).routeId("orders")
                        .process(target);
            }
        };
    }

    Resource yamlRoute() {
        return ResourceHelper.fromString("orders.camel.yaml", """
                - route:
                    id: orders
                    from:
                      uri: aws2-ddbstream
                      parameters:
                        tableName: %s
                        checkpointDirectory: %s
                        delay: 20
                      steps:
                        - process:
                            ref: deliveries
                """.formatted(table, checkpoints));
    }
}
