package io.belfry.runtime.tls;

import io.belfry.runtime.settings.Variables;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files that a service shows to its clients, by TLS 1.3. They may change while it runs.
 *
 * @param chain its certificate and those between it and an authority
 * @param key of the certificate, PKCS #8 without a password
 */
public record ServerCertificate(Path chain, Path key) {

    /**
     * @param certificate the name of the variable with the path of the one
     * @param key and of the other
     * @return null = neither is set: no TLS
     * @throws IllegalArgumentException naming the variable that is wrong or missing
     */
    public static @Nullable ServerCertificate of(Variables variables, String certificate, String key) {
        Path chainFile = variables.file(certificate);
        Path keyFile = variables.file(key);
        if (chainFile == null && keyFile == null) {
            return null;
        }
        if (chainFile == null || keyFile == null) {
            throw Variables.invalid(chainFile == null ? certificate : key, "must be set with the other of the two");
        }
        return new ServerCertificate(chainFile, keyFile);
    }
}
