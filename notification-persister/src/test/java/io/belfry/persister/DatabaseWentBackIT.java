package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.InboxCommand;
import io.belfry.kit.servers.Backup;
import io.belfry.kit.system.Platform;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A backup is put back under a persister that runs: what is applied by position is applied again, to the last record. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseWentBackIT extends PersisterTest {

    @Test
    void appliesAgainWhatTheDatabaseLacks(CapturedOutput output) {
        start();
        tell(Platform.user(1, "Before"));
        tell(Platform.course(1, "Before"));
        long before = receive(1);
        eventually().until(() -> isThere("course", 1) && isThere("platform_user", 1));
        Backup backup = Backup.take(
                installation.databaseUrl(), installation.servers().postgres().user(), "");

        tell(Platform.user(1, "After"));
        tell(Platform.user(2, "After"));
        tell(Platform.member(1, 2, "student"));
        installation.command(InboxCommand.markRead(1, before));
        eventually().until(() -> isThere("platform_user", 2) && members(1) == 1 && unread(1) == 0);

        // Nothing else happens: it has to find out by itself.
        backup.restore();
        eventually()
                .until(() -> text("SELECT name FROM platform_user WHERE id = 1").equals("After")
                        && isThere("platform_user", 2)
                        && members(1) == 1);
        eventually().until(() -> unread(1) == 0);
        assertThat(output).contains("it was put back");
        awaitReady();

        // And it is where it was.
        tell(Platform.user(3, "Later"));
        eventually().until(() -> isThere("platform_user", 3));
        receive(2);
        assertInboxesAreExact();
    }

    /** The notification's id. */
    private long receive(long user) {
        installation.publish(new EventId("/back", UUID.randomUUID().toString()), Requests.toUsers("hello", user));
        return eventually()
                .until(() -> number("SELECT notification_id FROM inbox_entry WHERE user_id = ?", user), found -> true);
    }

    private boolean isThere(String table, long id) {
        return number("SELECT count(*) FROM " + table + " WHERE id = " + id) == 1;
    }

    private long members(long course) {
        return number("SELECT count(*) FROM course_member WHERE course_id = " + course);
    }

    private long unread(long user) {
        return number("SELECT unread FROM inbox WHERE user_id = " + user);
    }
}
