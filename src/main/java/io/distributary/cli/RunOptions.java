package io.distributary.cli;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/** Where a command finds what it runs; shared by every command that loads routes. */
public final class RunOptions {
    @Option(names = {"-c", "--config"}, paramLabel = "FILE", defaultValue = "application.properties",
            description = "Settings and placeholder values. Default: ${DEFAULT-VALUE}")
    private Path config;

    @Option(names = {"-r", "--routes"}, paramLabel = "DIR", defaultValue = "routes",
            description = "Folder of the routes, *.camel.yaml; folders in it are not read. Default: ${DEFAULT-VALUE}")
    private Path routes;

    @Option(names = {"-k", "--kamelets"}, paramLabel = "DIR", defaultValue = "kamelets",
            description = "Folder of the kamelets, *.kamelet.yaml. Default: ${DEFAULT-VALUE}")
    private Path kamelets;

    @Option(names = {"-v", "--verbose"},
            description = "Log at debug level, with stack traces.")
    private boolean verbose;

    /** Those of a command that loads no routes. */
    static RunOptions of(Path config, boolean verbose) {
        RunOptions options = new RunOptions();
        options.config = config;
        options.routes = Path.of("routes");
        options.kamelets = Path.of("kamelets");
        options.verbose = verbose;
        return options;
    }

    /** The properties file. */
    public Path config() {
        return config;
    }

    /** The folder of the active routes. */
    public Path routes() {
        return routes;
    }

    /** The folder of the kamelets. */
    public Path kamelets() {
        return kamelets;
    }

    /** True for debug logs and stack traces. */
    public boolean verbose() {
        return verbose;
    }
}
