package io.belfry.kit.socket;

import java.net.http.HttpResponse;

/** The gateway answered the upgrade with a status other than 101. */
public final class HandshakeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    HandshakeRefusedException(HttpResponse<?> response) {
        super("the upgrade was answered " + response.statusCode());
        this.status = response.statusCode();
    }

    public int status() {
        return status;
    }
}
