import io.belfry.events.Audience;
import io.belfry.events.EventId;
import io.belfry.events.NotificationData;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import java.util.concurrent.TimeUnit;

/**
 * A JVM service that tells a student of a result. Needs the module {@code shared-events} and nothing else of Belfry:
 *
 * <pre>java -cp "shared-events.jar:lib/*" ExamGraded.java 127.0.0.1:19092 7</pre>
 */
public final class ExamGraded {

    private static final String SOURCE = "/exams";

    private ExamGraded() {}

    /** @param arguments Kafka's address, and the student's user id */
    public static void main(String[] arguments) throws Exception {
        long student = Long.parseLong(arguments[1]);
        // One publisher for the whole service; it is safe for use by many threads.
        try (NotificationPublisher publisher = NotificationPublisher.connect(arguments[0], SOURCE)) {
            NotificationRequested request = new NotificationRequested(
                    Audience.user(student),
                    null,
                    NotificationType.EXAM_RESULT,
                    "Midterm graded",
                    "You scored 87.",
                    NotificationData.parse("{\"exam_id\": 12}"));

            // Named after what happened, so that a retry is the same event and the student is told once.
            EventId id = new EventId(SOURCE, "exam-12-user-" + student);
            publisher.publish(id, request, null).get(5, TimeUnit.SECONDS);
            System.out.println("Kafka has " + id.id());
        }
    }
}
