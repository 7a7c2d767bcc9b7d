package io.belfry.persister.directory;

import io.belfry.events.PlatformCourse;
import io.belfry.events.PlatformRecords.Entity;
import io.belfry.events.PlatformRecords.Membership;
import io.belfry.events.PlatformUser;

/** What one record of the platform's topics says is so now. */
sealed interface DirectoryChange {

    record UserChange(Entity<PlatformUser> user) implements DirectoryChange {}

    record CourseChange(Entity<PlatformCourse> course) implements DirectoryChange {}

    record MemberChange(Membership member) implements DirectoryChange {}
}
