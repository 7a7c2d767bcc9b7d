package io.belfry.localstack;

/**
 * A second listener of a broker, for clients whose network is to have faults. Clients go where the broker sends them, whatever
 * address they began with; this listener sends them to a proxy.
 *
 * @param port where the broker listens, and the proxy leads
 * @param proxyPort where clients are sent
 */
public record KafkaSideDoor(int port, int proxyPort) {}
