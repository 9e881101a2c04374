package io.distributary;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs at INFO and above while this is open, each line as {@code LEVEL message}. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level level;

    private LogLines(String loggerName) {
        super("LogLines", null, null, false, Property.EMPTY_ARRAY);
        logger = (Logger) LogManager.getLogger(loggerName);
        level = logger.getLevel();
    }

    /** Starts to listen. */
    public static LogLines of(String loggerName) {
        LogLines lines = new LogLines(loggerName);
        lines.start();
        // In the configuration, not in the logger: that is set anew whenever anybody, as OpenSearch for its first index, sets a level.
        Configurator.setLevel(loggerName, Level.INFO);
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }

    /** So far, in order. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        Configurator.setLevel(logger.getName(), level);
    }
}
