package io.distributary.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the whole stack until Ctrl-C, SIGTERM or the end of standard input. Standard output: the application's settings
 * and the AWS credentials, one {@code key=value} a line, fit for {@code -D} and for a properties file; then the line
 * {@code ready}.
 */
@Command(name = "sandbox", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Runs DynamoDB, SQS, SNS, S3, NATS JetStream and OpenSearch on loopback and prints their addresses.")
public final class SandboxMain implements Callable<Integer> {

    @Option(names = "--work", paramLabel = "DIR", description = "Folder for its files; they are deleted at the end.")
    private Path work = Path.of("target", "sandbox");

    @Option(names = "--services", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}. Default: all.")
    private Service[] services = {};

    /** Exit code 0 after a clean end, 1 if a server did not start, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SandboxMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        try (var sandbox = Sandbox.in(work)) {
            var atExit = new Thread(sandbox::close, "sandbox-close");
            Runtime.getRuntime().addShutdownHook(atExit);
            sandbox.systemProperties(services).forEach((key, value) -> System.out.println(key + "=" + value));
            System.out.println("ready");
            System.in.transferTo(OutputStream.nullOutputStream());
            return 0;
        } catch (SandboxException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
