package io.distributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.distributary.diagnosis.CamelSurroundings;
import io.distributary.diagnosis.Diagnoser;
import io.distributary.diagnosis.Diagnosis;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What a person reads for each mistake in a file: the exceptions are those that Camel throws for these very files. */
class BadInputTest {
    private static final String KAMELET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: paint-sink
            spec:
              definition:
                title: Paint Sink
                required: [wall]
                properties:
                  wall:
                    title: Wall
                    type: string
                  color:
                    title: Color
                    type: string
                    default: red
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - %s: "{{wall}} {{color}}"
            """;

    @TempDir
    Path folder;

    static Stream<Arguments> badFiles() {
        return Stream.of(
                route("unclosed quote", """
                        - route:
                            from:
                              uri: direct:a
                              steps:
                                - log: "hello
                        """, "routes/r.camel.yaml:5:16: while scanning a quoted scalar, found unexpected end of stream"),
                route("wrong indentation", """
                        - route:
                            from:
                              uri: direct:a
                             steps: []
                        """, "routes/r.camel.yaml:4:6: while parsing a block mapping, expected <block end>,"
                                + " but found '<block mapping start>'"),
                route("tab", "- route:\n\tid: a\n",
                        "routes/r.camel.yaml:2:1: while scanning for the next token,"
                                + " found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                route("unknown EIP", steps("- logg: hello"),
                        "routes/r.camel.yaml:6:11: unknown name logg: did you mean log?"),
                route("unknown field", steps("- log: {massage: hello}"),
                        "routes/r.camel.yaml:6:26: unknown name massage: did you mean message?"),
                route("unknown top level", "- rooute:\n    id: a\n",
                        "routes/r.camel.yaml:1:3: unknown name rooute: did you mean route?"),
                route("empty file", "", "routes/r.camel.yaml: the file is empty: write a route, or remove the file"),
                route("no route in the file", "hello\n", "There are no routes: no *.camel.yaml in the folder routes holds one;"
                        + " write one there, or name another folder with --routes DIR"),
                route("unknown endpoint", steps("- to: aws2-sqss:orders"),
                        "routes/r.camel.yaml:6:15: route a: there is no endpoint aws2-sqss: did you mean aws2-sqs?"),
                route("unknown option", steps("- to: {uri: seda:b, parameters: {sizze: 3}}"),
                        "routes/r.camel.yaml:6:42: route a: seda has no option sizze: did you mean size?"),
                route("unknown option of our source", """
                        - route:
                            id: a
                            from:
                              uri: aws2-ddbstream:orders
                              parameters:
                                region: eu-central-1
                                maxInFligt: 3
                              steps: []
                        """, "routes/r.camel.yaml:7:9: route a: aws2-ddbstream has no option maxInFligt:"
                                + " did you mean maxInFlight?"),
                route("unknown option with a secret", steps("- to: {uri: seda:b, parameters: {secretKay: hush}}"),
                        "routes/r.camel.yaml:6:42: route a: seda has no option secretKay: known are blockWhenFull,"
                                + " bridgeErrorHandler, browseLimit, concurrentConsumers, discardIfNoConsumers,"
                                + " discardWhenFull, exceptionHandler, exchangePattern, failIfNoConsumers, lazyStartProducer,"
                                + " limitConcurrentConsumers, multipleConsumers, name, offerTimeout, pollTimeout, purgeWhenStopping,"
                                + " queue, size, timeout, waitForTaskToComplete"),
                route("unknown property in a route", steps("- to: direct:{{orders.tabel}}"),
                        "routes/r.camel.yaml:6:24: route a: {{orders.tabel}} is not set in application.properties:"
                                + " did you mean orders.table?"),
                route("duplicate id", steps("- log: x") + steps("- log: y").replace("direct:a", "direct:b"),
                        "more than one route has the id a: give each its own"),
                route("broken expression", steps("- filter: {simple: '${header.x == 1', steps: [{log: x}]}"),
                        "routes/r.camel.yaml: route a: expected symbol functionEnd but was eol at location 14"
                                + " ${header.x == 1 *"),
                route("bad event pattern", steps("- filter: {expression: {language: {language: event-pattern, expression:"
                        + " '{\"eventName\":[{\"prefixx\":\"M\"}]}'}}, steps: [{log: x}]}"),
                        "routes/r.camel.yaml: route a: event pattern, line 1, column 16: unknown operator prefixx: known are"
                                + " anything-but, cidr, equals-ignore-case, exactly, exists, numeric, prefix, suffix, wildcard"),
                route("unknown kamelet", steps("- to: kamelet:paint-snk"),
                        "there is no kamelet paint-snk in kamelets: did you mean paint-sink?"),
                route("unknown kamelet parameter",
                        steps("- to: {uri: 'kamelet:paint-sink', parameters: {wall: north, colour: blue}}"),
                        "kamelet paint-sink has no parameter colour: did you mean color?"),
                route("missing kamelet parameter", steps("- to: kamelet:paint-sink"),
                        "kamelet paint-sink needs wall: set it under parameters where a route uses it"),
                route("broken kamelet", steps("- to: {uri: 'kamelet:broken-sink', parameters: {wall: north}}"),
                        "kamelets/broken-sink.kamelet.yaml:21:11: unknown name logg: did you mean log?"),
                property("camel.main.shutdownTimout=3",
                        "unknown property camel.main.shutdownTimout: did you mean camel.main.shutdownTimeout?"),
                property("camel.component.aws2-ddbstrem.region=x", "unknown property camel.component.aws2-ddbstrem.region:"
                        + " there is no component aws2-ddbstrem: did you mean aws2-ddbstream?"),
                property("camel.component.aws2-ddbstream.acessKey=x",
                        "unknown property camel.component.aws2-ddbstream.acessKey:"
                                + " did you mean camel.component.aws2-ddbstream.accessKey?"),
                property("camel.component.aws2-ddbstream.checkpointDirektory=x",
                        "unknown property camel.component.aws2-ddbstream.checkpointDirektory:"
                                + " did you mean camel.component.aws2-ddbstream.checkpointDirectory?"),
                property("camel.health.enabld=true", "unknown property camel.health.enabld: did you mean camel.health.enabled?"),
                property("camel.main.shutdownTimeout=", "camel.main.shutdownTimeout has no value: give one, or remove the line"),
                property("camel.mian.name=x",
                        "unknown property camel.mian.name: no part of Camel reads camel.mian, did you mean main?"),
                property("aws.regoin=x", "Unknown property aws.regoin: did you mean aws.region?"),
                property("nats.usr=x", "Unknown property nats.usr: did you mean nats.user?"),
                property("opensearch.url=http://x:1", "Unknown property opensearch.url: did you mean opensearch.urls?"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void eachMistakeIsOneLineThatSaysWhereAndWhatToDo(String route, String property, String expected) throws IOException {
        Diagnosis diagnosis = start(route, property);

        assertEquals(expected, diagnosis.message().replace(folder + "/", ""));
        assertEquals(ExitCode.CONFIGURATION, diagnosis.exitCode());
        assertEquals(false, diagnosis.retry());
    }

    private Diagnosis start(String route, String property) throws IOException {
        Files.writeString(write("routes/r.camel.yaml"), route);
        Files.writeString(write("kamelets/paint-sink.kamelet.yaml"), KAMELET.formatted("log"));
        Files.writeString(write("kamelets/broken-sink.kamelet.yaml"), KAMELET.replace("paint", "broken").formatted("logg"));
        Files.writeString(write("application.properties"), "orders.table=orders\n" + property + "\n");
        RunOptions options = CommandLine.populateCommand(new RunOptions(),
                "--config", folder.resolve("application.properties").toString(),
                "--routes", folder.resolve("routes").toString(), "--kamelets", folder.resolve("kamelets").toString());
        RoutesMain main = new RoutesMain(options);
        try {
            Throwable failure = assertThrows(Exception.class, main::start);
            return new Diagnoser(new CamelSurroundings(main.getCamelContext(), options.config(), options.kamelets()))
                    .diagnose(failure);
        } finally {
            main.stop();
        }
    }

    private Path write(String file) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        return folder.resolve(file);
    }

    private static String steps(String step) {
        return """
                - route:
                    id: a
                    from:
                      uri: direct:a
                      steps:
                        %s
                """.formatted(step);
    }

    private static Arguments route(String mistake, String route, String message) {
        return Arguments.of(Named.of(mistake, route), "", message);
    }

    private static Arguments property(String property, String message) {
        return Arguments.of(Named.of(property, steps("- log: hello")), property, "application.properties:2:1: " + message);
    }
}
