package io.distributary.cli;

import java.util.List;

/**
 * Points Log4j to our configuration, by system properties: in force only where this program is the application, not
 * where its jar is a library. To be called before the first logger is made.
 */
final class Logging {
    private static final List<String> OWN_CONFIGURATION = List.of("log4j2.configurationFile", "log4j.configurationFile");

    private Logging() {
    }

    static void configure(boolean verbose) {
        // Log4j's own hook would end the logging before the routes have drained, and cut the shutdown's log.
        setIfAbsent("log4j2.shutdownHookEnabled", "false");
        if (verbose) {
            setIfAbsent("distributary.log.level", "DEBUG");
            setIfAbsent("distributary.log.libraries", "INFO");
        }
        if (OWN_CONFIGURATION.stream().allMatch(name -> System.getProperty(name) == null)
                && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(OWN_CONFIGURATION.get(0), "classpath:distributary-log4j2.properties");
        }
    }

    private static void setIfAbsent(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
