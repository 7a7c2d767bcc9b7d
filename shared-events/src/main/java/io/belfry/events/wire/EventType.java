package io.belfry.events.wire;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxCommand;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationStored;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.platform.UserErased;

/**
 * A type of event: its CloudEvents {@code type}, which carries the version, and the record of its data.
 *
 * @param <T> the data
 */
public record EventType<T>(String name, Class<T> dataClass) {

    public static final EventType<NotificationRequested> NOTIFICATION_REQUESTED =
            new EventType<>("belfry.notification.requested.v1", NotificationRequested.class);
    public static final EventType<NotificationStored> NOTIFICATION_STORED =
            new EventType<>("belfry.notification.stored.v1", NotificationStored.class);
    public static final EventType<InboxCommand> INBOX_COMMAND =
            new EventType<>("belfry.inbox.command.v1", InboxCommand.class);
    public static final EventType<InboxChanged> INBOX_CHANGED =
            new EventType<>("belfry.inbox.changed.v1", InboxChanged.class);
    public static final EventType<PlatformUser> PLATFORM_USER =
            new EventType<>("belfry.platform.user.v1", PlatformUser.class);
    public static final EventType<PlatformCourse> PLATFORM_COURSE =
            new EventType<>("belfry.platform.course.v1", PlatformCourse.class);
    public static final EventType<CourseMember> COURSE_MEMBER =
            new EventType<>("belfry.platform.course-member.v1", CourseMember.class);
    public static final EventType<UserErased> USER_ERASED =
            new EventType<>("belfry.platform.user-erased.v1", UserErased.class);
}
