package io.belfry.api.access;

/** The user whose inbox a call is about: always the caller's own. A controller that asks for one refuses services. */
public record InboxOwner(long userId) {}
