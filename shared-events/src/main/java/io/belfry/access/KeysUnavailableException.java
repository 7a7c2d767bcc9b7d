package io.belfry.access;

/** No key set has been fetched yet. */
final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;
}
