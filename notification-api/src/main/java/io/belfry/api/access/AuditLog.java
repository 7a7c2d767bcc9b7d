package io.belfry.api.access;

import io.belfry.access.Caller;
import io.belfry.api.ApiSettings;
import io.belfry.runtime.network.TrustedProxies;
import io.netty.util.NetUtil;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who did what, when and from where: the table {@code audit_log}. No texts of messages. Safe for use by many threads. */
@Component
public final class AuditLog {

    private final JdbcClient sql;
    private final TrustedProxies proxies;

    AuditLog(JdbcClient sql, ApiSettings settings) {
        this.sql = sql;
        this.proxies = settings.trustedProxies();
    }

    /** How a caller is named there, and wherever else their acts are told apart. */
    public static String actor(Caller caller) {
        return caller.userId() == null ? "service:" + caller.subject() : "user:" + caller.userId();
    }

    /** The address that the call under way on this thread comes from, behind the proxies that are trusted. */
    public String address() {
        HttpServletRequest call =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
        InetAddress peer = NetUtil.createInetAddressFromIpAddressString(call.getRemoteAddr());
        if (peer == null) {
            return call.getRemoteAddr();
        }
        return proxies.clientAddress(peer, Collections.list(call.getHeaders(TrustedProxies.FORWARDED_FOR)))
                .getHostAddress();
    }

    /**
     * Writes down what the call under way on this thread has done.
     *
     * @param action one word, as docs/security.md lists them
     * @param object to what, by its id
     */
    public void write(Caller caller, String action, String object) {
        sql.sql("INSERT INTO audit_log (actor, action, object, address) VALUES (?, ?, ?, ?)")
                .params(actor(caller), action, object, address())
                .update();
    }
}
