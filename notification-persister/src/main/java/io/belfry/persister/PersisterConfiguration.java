package io.belfry.persister;

import io.belfry.events.names.Topics;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.PlatformRecords;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.commands.CommandHandler;
import io.belfry.persister.directory.DirectoryGate;
import io.belfry.persister.directory.DirectoryHandler;
import io.belfry.persister.fanout.AnnouncedSoFar;
import io.belfry.persister.fanout.FanoutRequest;
import io.belfry.persister.fanout.RequestHandler;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.AppliedOnce;
import io.belfry.persister.pipeline.DeadLetters;
import io.belfry.persister.pipeline.Handler;
import io.belfry.persister.pipeline.Pipeline;
import io.belfry.persister.pipeline.RetryBudgets;
import io.belfry.persister.pipeline.StoredPositions;
import io.belfry.persister.retention.Erasures;
import io.belfry.persister.retention.Retention;
import io.belfry.persister.startup.Containers;
import io.belfry.persister.startup.KafkaClients;
import io.belfry.persister.startup.Listeners;
import io.belfry.persister.startup.PersisterSettings;
import io.belfry.persister.startup.StartUp;
import io.belfry.runtime.settings.Failpoints.Point;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the rooms together: which topic goes through which handler, in which order, on how many threads. */
@Configuration(proxyBeanMethods = false)
class PersisterConfiguration {

    static final String GROUP = "notification-persister";

    /** How often it is asked whether it is time for a batch, which costs nothing when it is not. */
    private static final Duration RETENTION_EVERY = Duration.ofMillis(250);

    private static final Duration ERASURES_EVERY = Duration.ofSeconds(5);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PersisterMetrics persisterMetrics(MeterRegistry registry, Clock clock, Topics topics) {
        return new PersisterMetrics(registry, clock, topics);
    }

    @Bean
    Tracing tracing() {
        return Tracing.fromEnvironment(GROUP);
    }

    @Bean
    DirectoryGate directoryGate(KafkaClients kafka, JdbcClient jdbc, Topics topics) {
        return new DirectoryGate(kafka::admin, StoredPositions.ofDirectory(jdbc), topics);
    }

    @Bean
    StartUp.Chore retention(
            PersisterSettings settings,
            KafkaClients kafka,
            EventCodec codec,
            JdbcClient jdbc,
            PersisterMetrics metrics,
            Clock clock) {
        return new StartUp.Chore(
                RETENTION_EVERY,
                new Retention(settings.retention(), jdbc, announcements(settings, kafka, codec, clock), metrics));
    }

    @Bean
    StartUp.Chore erasures(
            PersisterSettings settings,
            KafkaClients kafka,
            EventCodec codec,
            TransactionTemplate transactions,
            JdbcClient jdbc,
            Clock clock) {
        return new StartUp.Chore(
                ERASURES_EVERY, new Erasures(transactions, jdbc, announcements(settings, kafka, codec, clock)));
    }

    @Bean
    StartUp.Rehearsal rehearsal(
            Topics topics, EventCodec codec, TransactionTemplate transactions, JdbcClient jdbc, Clock clock) {
        return new RequestRehearsal(codec, topics, transactions, jdbc, clock);
    }

    /** Of one thread. */
    private static Announcements announcements(
            PersisterSettings settings, KafkaClients kafka, EventCodec codec, Clock clock) {
        return new Announcements(kafka::producer, codec, settings.kafka().topics(), clock);
    }

    @Bean
    Listeners listeners(
            PersisterSettings settings,
            Containers containers,
            KafkaClients kafka,
            EventCodec codec,
            TransactionTemplate transactions,
            JdbcClient jdbc,
            DirectoryGate gate,
            PersisterMetrics metrics,
            Tracing tracing,
            Clock clock) {
        Topics topics = settings.kafka().topics();
        AtomicBoolean stopping = new AtomicBoolean();
        RetryBudgets budgets = new RetryBudgets(settings.retryBudget(), System::nanoTime);
        DeadLetters.Writer deadLetters = new DeadLetters.Writer(kafka::deadLetterProducer, metrics);
        Supplier<Announcements> ofOneThread = () -> announcements(settings, kafka, codec, clock);
        TransactionOperations fanouts =
                Faults.haltingAfterCommit(transactions, settings.failpoints().at(Point.HALT_AFTER_COMMIT));
        AnnouncedSoFar announcedSoFar = new AnnouncedSoFar();
        List<Listeners.Reader> readers = new ArrayList<>();
        for (int number = 1; number <= settings.threads(); number++) {
            Announcements announcements = ofOneThread.get();
            Handler<FanoutRequest> requests = Faults.dying(
                    new RequestHandler(
                            codec,
                            settings.linkHosts(),
                            fanouts,
                            jdbc,
                            announcements,
                            announcedSoFar,
                            gate,
                            metrics,
                            tracing),
                    settings.failpoints().at(Point.LISTENER_ERROR));
            readers.add(containers.create(
                    GROUP,
                    number,
                    List.of(topics.requested()),
                    Pipeline.ofIndependentRecords(
                            requests,
                            budgets,
                            announcements,
                            deadLetters,
                            stopping::get,
                            metrics.lag(GROUP + "-" + number))));
        }
        Announcements announcements = ofOneThread.get();
        AppliedOnce<?> commands = new AppliedOnce<>(
                new CommandHandler(codec, jdbc, announcements, metrics),
                transactions,
                StoredPositions.ofCommands(jdbc));
        readers.add(containers.create(
                GROUP + "-commands",
                1,
                List.of(topics.commands()),
                Pipeline.keepingOrder(
                        commands,
                        budgets,
                        announcements,
                        deadLetters,
                        stopping::get,
                        metrics.lag(GROUP + "-commands"))));
        AppliedOnce<?> directory = new AppliedOnce<>(
                new DirectoryHandler(new PlatformRecords(codec), topics, jdbc),
                transactions,
                StoredPositions.ofDirectory(jdbc));
        readers.add(containers.create(
                GROUP + "-directory",
                1,
                topics.platform(),
                Pipeline.keepingOrder(
                        directory,
                        budgets,
                        ofOneThread.get(),
                        deadLetters,
                        stopping::get,
                        metrics.lag(GROUP + "-directory"))));
        return new Listeners(readers, stopping);
    }
}
