package io.distributary.sandbox.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.SandboxException;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * The five-minute look: the local stack, the packaged application on the shipped routes, a shop's day of changes, and
 * what arrived where.
 *
 * <p>{@code demo} keeps running until Ctrl-C; {@code demo --exit} ends by itself, with status 0 only if every expected
 * message arrived at every target; {@code demo put KEY [attribute=value ...]} writes one item into a running demo.
 */
public final class Demo {
    private static final long SEED = 20_261;
    private static final int CHANGES = 300;
    private static final long TIMEOUT_SECONDS = 120;
    private static final long REDRAW_MILLIS = 200;
    private static final long WRITE_PAUSE_MILLIS = 15;

    private final Path work;
    private final boolean exit;
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private Demo(Path work, boolean exit) {
        this.work = work;
        this.exit = exit;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Path.of("target", "demo").toAbsolutePath();
        List<String> words = List.of(arguments);
        if (!words.isEmpty() && words.get(0).equals("put")) {
            System.exit(PutItem.run(work, words.subList(1, words.size())));
        }
        if (!words.isEmpty() && !words.equals(List.of("--exit"))) {
            System.err.println("Usage: demo [--exit] | demo put KEY [attribute=value ...]");
            System.exit(2);
        }
        int status = 1;
        try {
            status = new Demo(work, words.contains("--exit")).run();
        } catch (SandboxException e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            // the servers in this JVM keep threads of their own
            System.exit(status);
        }
    }

    private int run() throws Exception {
        delete(work);
        Files.createDirectories(work);
        say("Starting the local stack: DynamoDB, SQS, SNS, NATS JetStream, OpenSearch ...");
        try (Sandbox sandbox = Sandbox.in(work.resolve("stack"))) {
            Map<String, String> settings = sandbox.settings();
            sandbox.start();
            OrdersResources resources = OrdersResources.create(sandbox);
            remember(settings);
            say("Starting the application on application.properties and routes/ ...");
            try (ApplicationProcess application = ApplicationProcess.start(Path.of("").toAbsolutePath(), work, sandbox.environment());
                    DemoTargets targets = DemoTargets.watch(sandbox, resources)) {
                Thread stop = new Thread(() -> {
                    interrupted.countDown();
                    targets.close();
                    application.close();
                    sandbox.close();
                }, "demo-stop");
                Runtime.getRuntime().addShutdownHook(stop);
                int status = show(sandbox, resources, application, targets);
                if (!exit && status == 0) {
                    next(settings, application);
                    targets.announce(Demo::say);
                    interrupted.await();
                }
                // on Ctrl-C the hook already runs, and removing it would throw
                if (interrupted.getCount() > 0) {
                    Runtime.getRuntime().removeShutdownHook(stop);
                }
                return status;
            }
        }
    }

    private int show(Sandbox sandbox, OrdersResources resources, ApplicationProcess application, DemoTargets targets)
            throws Exception {
        List<OrdersWorkload.Write> writes = OrdersWorkload.writes(SEED, CHANGES);
        say("Writing " + writes.size() + " changes into table " + OrdersResources.TABLE + " (seed " + SEED + ") ...");
        say("");
        LiveTable table = new LiveTable(System.out, System.console() != null && !exit);
        Expectations none = Expectations.of(List.of());
        for (OrdersWorkload.Write write : writes) {
            write.to(sandbox.dynamoDb(), OrdersResources.TABLE);
            if (!exit && interrupted.await(WRITE_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return 1;
            }
            table.draw(() -> targets.rows(none, false));
        }
        List<Record> records = StreamOracle.read(sandbox.dynamoDbStreams(), resources.streamArn());
        Expectations expectations = Expectations.of(records);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!targets.complete(expectations) && System.nanoTime() < deadline && application.running()
                && !interrupted.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS)) {
            table.draw(() -> targets.rows(expectations, true));
        }
        table.finish(targets.rows(expectations, true));
        say("");
        if (!application.running()) {
            say("The application stopped. Its last words (" + application.log() + "):");
            say(application.tail(15));
            return 1;
        }
        List<String> missing = targets.missing(expectations);
        if (!missing.isEmpty()) {
            say("NOT complete after " + TIMEOUT_SECONDS + " s:");
            missing.forEach(line -> say("  " + line));
            say("The application's log: " + application.log());
            return 1;
        }
        say(records.size() + " changes, every one where it belongs.");
        say("");
        targets.samples().forEach(Demo::say);
        return 0;
    }

    private static void next(Map<String, String> settings, ApplicationProcess application) throws IOException {
        say("");
        application.page().ifPresent(page -> say("See what flows: " + page));
        say("Try next, in another terminal:");
        say("  ./demo put ORDER#4711 total=12.50     an item through all four targets");
        say("  edit routes/orders-fanout.camel.yaml  (say, let AUDIT# pass) and put AUDIT#1: no restart needed");
        say("  tail -f " + application.log());
        say("Where things are:");
        settings.forEach((name, value) -> say("  " + name + " = " + value));
        say("Ctrl-C ends it all. What arrives from now on:");
    }

    /** For {@code demo put} in another terminal. */
    private void remember(Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var out = Files.newBufferedWriter(work.resolve("stack.properties"))) {
            properties.store(out, "the running demo's local stack");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(paths::add);
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
