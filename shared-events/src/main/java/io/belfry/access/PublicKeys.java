package io.belfry.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a public key in PEM ({@code BEGIN PUBLIC KEY}); line ends may be written {@code \n}, as environments do. */
final class PublicKeys {

    private static final int MIN_RSA_BITS = 2048;
    private static final int P256_BITS = 256;

    private PublicKeys() {}

    static PublicKey parse(String pem) {
        byte[] der;
        try {
            der = Base64.getMimeDecoder()
                    .decode(pem.replace("\\n", "\n").replaceAll("-----(BEGIN|END) PUBLIC KEY-----", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("BELFRY_JWT_PUBLIC_KEY is not PEM", e);
        }
        return Stream.of("RSA", "EC")
                .flatMap(algorithm -> parse(algorithm, der).stream())
                .filter(PublicKeys::isStrong)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "BELFRY_JWT_PUBLIC_KEY must be an RSA key of at least 2048 bits or an EC key on P-256"));
    }

    private static Optional<PublicKey> parse(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // a key of another kind
        }
    }

    static boolean isStrong(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= MIN_RSA_BITS;
        }
        return key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == P256_BITS;
    }
}
