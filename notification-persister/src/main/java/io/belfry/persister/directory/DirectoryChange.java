package io.belfry.persister.directory;

import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.wire.PlatformRecords.Entity;
import io.belfry.events.wire.PlatformRecords.Membership;

/** What one record of the platform's topics says is so now. */
sealed interface DirectoryChange {

    record UserChange(Entity<PlatformUser> user) implements DirectoryChange {}

    record CourseChange(Entity<PlatformCourse> course) implements DirectoryChange {}

    record MemberChange(Membership member) implements DirectoryChange {}
}
