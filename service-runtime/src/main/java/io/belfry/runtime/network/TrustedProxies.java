package io.belfry.runtime.network;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose word is believed about where a client is. Immutable.
 *
 * @param rules networks of proxies
 */
public record TrustedProxies(List<IpSubnetFilterRule> rules) {

    /** The header that is believed. */
    public static final String FORWARDED_FOR = "X-Forwarded-For";

    /** Azure's proxies name the client's port too; an IPv6 address stands in brackets then. */
    private static final Pattern PORT = Pattern.compile("(?<=^[^:]{7,15}|]):\\d{1,5}$");

    public TrustedProxies {
        rules = List.copyOf(rules);
    }

    /**
     * @param list addresses and networks ({@code 10.0.0.0/8}), separated by commas; blank = none
     * @throws IllegalArgumentException if one is neither
     */
    public static TrustedProxies of(String list) {
        return new TrustedProxies(Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .map(TrustedProxies::rule)
                .toList());
    }

    private static IpSubnetFilterRule rule(String entry) {
        int slash = entry.indexOf('/');
        String host = slash < 0 ? entry : entry.substring(0, slash);
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        if (address == null) {
            throw new IllegalArgumentException("is not a list of addresses and networks");
        }
        int prefix = slash < 0 ? address.getAddress().length * 8 : Integer.parseInt(entry.substring(slash + 1));
        return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
    }

    /**
     * Where the client is: the last address on the way to us that is no proxy of ours. What stands before it, any client may
     * have written.
     *
     * @param peer whose connection it is
     * @param forwardedFor all headers of that name, in their order
     */
    public InetAddress clientAddress(InetAddress peer, List<String> forwardedFor) {
        InetAddress client = peer;
        List<String> hops = forwardedFor.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::trim)
                .toList();
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress before = NetUtil.createInetAddressFromIpAddressString(
                    PORT.matcher(hops.get(i)).replaceFirst(""));
            if (before == null) {
                return client;
            }
            client = before;
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        return rules.stream().anyMatch(rule -> rule.matches(socket));
    }
}
