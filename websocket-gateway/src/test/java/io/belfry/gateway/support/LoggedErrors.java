package io.belfry.gateway.support;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What a class tells the log as errors, from now until this is closed. */
public final class LoggedErrors implements AutoCloseable {

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final Logger logger;

    public LoggedErrors(Class<?> teller) {
        logger = (Logger) LoggerFactory.getLogger(teller);
        told.start();
        logger.addAppender(told);
    }

    /** In this order, each with its trace. */
    public void assertLogged(Class<?>... failures) {
        assertThat(told.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .extracting(event -> event.getThrowableProxy().getClassName())
                .containsExactly(Stream.of(failures).map(Class::getName).toArray(String[]::new));
    }

    /** What they say, in this order. */
    public List<String> messages() {
        return told.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Whether there was any, with a trace or without. */
    public boolean areLogged() {
        return told.list.stream().anyMatch(event -> event.getLevel() == Level.ERROR);
    }

    @Override
    public void close() {
        logger.detachAppender(told);
    }
}
