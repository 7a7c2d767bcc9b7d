package io.belfry.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.NotificationStored;
import io.belfry.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events' golden files, which other languages' tests read too: each is read and written again, byte for byte. */
class GoldenEventsTest {

    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    @ParameterizedTest
    @CsvSource({
        "notification-requested-users, io.belfry.events.NotificationRequested",
        "notification-requested-course, io.belfry.events.NotificationRequested",
        "notification-requested-test, io.belfry.events.NotificationRequested",
        "notification-stored, io.belfry.events.NotificationStored",
        "notification-stored-without-sender, io.belfry.events.NotificationStored",
        "inbox-changed-read, io.belfry.events.InboxChanged",
        "inbox-changed-unread, io.belfry.events.InboxChanged",
        "inbox-changed-deleted, io.belfry.events.InboxChanged",
        "inbox-changed-all-read, io.belfry.events.InboxChanged",
        "inbox-command-mark-read, io.belfry.events.InboxCommand",
        "inbox-command-mark-all-read, io.belfry.events.InboxCommand",
        "platform-user, io.belfry.events.platform.PlatformUser",
        "platform-course, io.belfry.events.platform.PlatformCourse",
        "platform-course-member, io.belfry.events.platform.CourseMember",
    })
    void isReadAndWrittenAgainAsItWas(String name, Class<?> type) throws IOException {
        String golden = golden(name);

        Object event = JSON.bind(JSON.parseObject(golden, StrictJson.MAX_DEPTH + 1), type);

        assertThat(JSON.writeText(event)).isEqualTo(golden);
    }

    @Test
    void readsWhatAnEarlierReleaseStored() throws IOException {
        String now = golden("notification-stored");
        String then =
                now.replace("\"source_name\":null,", "").replace("\"course_title\":\"Algebra\",\"test\":false,", "");

        NotificationStored event =
                JSON.bind(JSON.parseObject(then, StrictJson.MAX_DEPTH + 1), NotificationStored.class);

        assertThat(JSON.writeText(event)).isEqualTo(now.replace("\"Algebra\"", "null"));
    }

    private static String golden(String name) throws IOException {
        String file = "/golden/events/" + name + ".json";
        try (InputStream in = GoldenEventsTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
