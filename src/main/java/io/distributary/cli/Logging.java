package io.distributary.cli;

import java.util.List;
import java.util.Locale;

import io.distributary.event.RecordContext;
import org.slf4j.LoggerFactory;

/**
 * Points Log4j to our configuration, by system properties: in force only where this program is the application, not
 * where its jar is a library. To be called before the first logger is made.
 */
final class Logging {
    private static final List<String> OWN_CONFIGURATION = List.of("log4j2.configurationFile", "log4j.configurationFile");

    private static final String PLAIN = "classpath:distributary-log4j2.properties";
    /** Merged with the one before it. */
    private static final String JSON = "classpath:distributary-log4j2-json.properties";
    private static final String FORMAT = "distributary.log.format";

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
            String format = format();
            boolean json = format.equals("json");
            System.setProperty(OWN_CONFIGURATION.get(0), json ? PLAIN + "," + JSON : PLAIN);
            RecordContext.inRoutes(json);
            if (!json && !format.equals("plain")) {
                LoggerFactory.getLogger("io.distributary").warn("{}={} is no format of the log, which is plain now: set it to plain or json",
                        FORMAT, format);
            }
        }
    }

    private static String format() {
        String variable = System.getenv(FORMAT.replace('.', '_').toUpperCase(Locale.ROOT));
        return System.getProperty(FORMAT, variable == null || variable.isBlank() ? "plain" : variable).toLowerCase(Locale.ROOT);
    }

    private static void setIfAbsent(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
