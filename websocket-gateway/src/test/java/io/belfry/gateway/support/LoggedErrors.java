package io.belfry.gateway.support;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class tells the log as errors, from now until this is closed. */
public final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> thrown = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public LoggedErrors(Class<?> teller) {
        logger = (Logger) LoggerFactory.getLogger(teller);
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel() == Level.ERROR) {
            IThrowableProxy failure = event.getThrowableProxy();
            thrown.add(failure == null ? "" : failure.getClassName());
        }
    }

    /** In this order, each with its trace. */
    public void assertLogged(Class<?>... failures) {
        assertThat(thrown)
                .containsExactly(List.of(failures).stream().map(Class::getName).toArray(String[]::new));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
