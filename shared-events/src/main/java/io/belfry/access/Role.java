package io.belfry.access;

/** What a token's {@code roles} can give. Who instructs a course is a row of the directory, never a role. */
public enum Role {
    ADMIN,
    SERVICE
}
