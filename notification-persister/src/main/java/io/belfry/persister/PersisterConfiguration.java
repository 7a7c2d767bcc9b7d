package io.belfry.persister;

import io.belfry.events.EventCodec;
import io.belfry.events.PlatformRecords;
import io.belfry.events.Topics;
import io.belfry.persister.announce.Announcer;
import io.belfry.persister.commands.CommandApplier;
import io.belfry.persister.deadletter.DeadLetters;
import io.belfry.persister.directory.DirectoryApplier;
import io.belfry.persister.directory.TopicDirectoryGate;
import io.belfry.persister.failure.Patience;
import io.belfry.persister.failure.Served;
import io.belfry.persister.fanout.InboxWriter;
import io.belfry.persister.fanout.RestRequests;
import io.belfry.persister.fanout.StoredEntries;
import io.belfry.persister.intake.RequestListeners;
import io.belfry.persister.kafka.KafkaClients;
import io.belfry.persister.kafka.ListenerContainers;
import io.belfry.persister.kafka.Outbox;
import io.belfry.persister.kafka.TopicListener;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.ops.Listeners;
import io.belfry.persister.ops.Listeners.Reader;
import io.belfry.persister.positions.PositionedListener;
import io.belfry.persister.positions.StoredPositions;
import io.belfry.persister.settings.PersisterSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the rooms together: which topic is read by what, and on how many threads. */
@Configuration(proxyBeanMethods = false)
class PersisterConfiguration {

    static final String GROUP = "notification-persister";

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Served served() {
        return new Served();
    }

    @Bean
    PersisterMetrics persisterMetrics(MeterRegistry registry, Clock clock) {
        return new PersisterMetrics(registry, clock);
    }

    @Bean
    DeadLetters deadLetters(KafkaClients kafka, PersisterMetrics metrics) {
        return new DeadLetters(kafka::producer, metrics);
    }

    @Bean
    Announcer announcer(EventCodec codec, Topics topics, Clock clock) {
        return new Announcer(codec, topics, clock);
    }

    @Bean
    TopicDirectoryGate directoryGate(KafkaClients kafka, JdbcClient jdbc, Topics topics) {
        return new TopicDirectoryGate(kafka::admin, StoredPositions.ofDirectory(jdbc), topics);
    }

    @Bean
    RequestListeners requestListeners(
            PersisterSettings settings,
            EventCodec codec,
            TransactionTemplate transactions,
            JdbcClient jdbc,
            Announcer announcer,
            DeadLetters deadLetters,
            TopicDirectoryGate directory,
            Served served,
            PersisterMetrics metrics,
            Clock clock) {
        RestRequests restRequests = new RestRequests(jdbc);
        return new RequestListeners(
                codec,
                settings.linkHosts(),
                new InboxWriter(transactions, jdbc, restRequests),
                new StoredEntries(jdbc),
                restRequests,
                announcer,
                deadLetters,
                directory,
                served,
                () -> new Patience(settings.patience(), served, clock),
                metrics,
                settings.failpoints());
    }

    @Bean
    Listeners listeners(
            PersisterSettings settings,
            ListenerContainers containers,
            KafkaClients kafka,
            RequestListeners requests,
            EventCodec codec,
            TransactionTemplate transactions,
            JdbcClient jdbc,
            Announcer announcer,
            DeadLetters deadLetters,
            Served served,
            PersisterMetrics metrics,
            Clock clock) {
        Topics topics = settings.kafka().topics();
        AtomicBoolean stopping = new AtomicBoolean();
        Supplier<Patience> patience = () -> new Patience(settings.patience(), served, clock);
        List<Reader> readers = new ArrayList<>();
        for (int number = 1; number <= settings.threads(); number++) {
            TopicListener listener = requests.create(new Outbox(kafka::producer), stopping::get);
            readers.add(new Reader(containers.create(GROUP, number, List.of(topics.requested()), listener), listener));
        }
        Outbox commandsOutbox = new Outbox(kafka::producer);
        TopicListener commands = new PositionedListener<>(
                new CommandApplier(codec, jdbc, announcer, commandsOutbox, metrics),
                transactions,
                StoredPositions.ofCommands(jdbc),
                deadLetters,
                commandsOutbox,
                served,
                patience);
        readers.add(
                new Reader(containers.create(GROUP + "-commands", 1, List.of(topics.commands()), commands), commands));
        TopicListener directory = new PositionedListener<>(
                new DirectoryApplier(new PlatformRecords(codec), topics, jdbc),
                transactions,
                StoredPositions.ofDirectory(jdbc),
                deadLetters,
                new Outbox(kafka::producer),
                served,
                patience);
        readers.add(new Reader(containers.create(GROUP + "-directory", 1, topics.platform(), directory), directory));
        return new Listeners(readers, stopping);
    }
}
