package io.distributary.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where the instance of a settings file answers, seen from its own machine. */
final class ManagementAddress {
    private static final String PORT = "camel.management.port";
    private static final String HOST = "camel.management.host";
    private static final String DEFAULT_PORT = "8080";

    private ManagementAddress() {
    }

    /**
     * @param config the default port is taken where there is no such file
     * @throws IllegalArgumentException saying what is wrong with the settings
     */
    static String of(Path config) throws IOException {
        Properties settings = new Properties();
        if (Files.isReadable(config)) {
            try (Reader reader = Files.newBufferedReader(config)) {
                settings.load(reader);
            }
        }
        String port = System.getProperty(PORT, settings.getProperty(PORT, DEFAULT_PORT)).strip();
        if (!port.matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException(PORT + "=" + port + " in " + config + " names no port: name the address, as status localhost:8080;"
                    + " the instance's log has it");
        }
        String host = System.getProperty(HOST, settings.getProperty(HOST, "")).strip();
        boolean here = host.isEmpty() || host.equals("0.0.0.0") || host.contains("{");
        return (here ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
