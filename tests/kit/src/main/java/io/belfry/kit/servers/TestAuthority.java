package io.belfry.kit.servers;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Signs certificates of a service at 127.0.0.1, in the PEM files that it is given, and knows clients who trust it. */
public final class TestAuthority {

    private final X509Bundle authority;
    private final Path folder = TestServers.temporaryFolder();

    public TestAuthority() throws Exception {
        authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=Authority of a test")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        renew();
    }

    public Path certificate() {
        return folder.resolve("chain.pem");
    }

    public Path key() {
        return folder.resolve("key.pem");
    }

    /**
     * Writes another certificate and its key.
     *
     * @return its serial number
     */
    public BigInteger renew() throws Exception {
        X509Bundle issued = new CertificateBuilder()
                .ecp256()
                .subject("CN=A service")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
        Files.writeString(key(), issued.getPrivateKeyPEM());
        Files.writeString(certificate(), issued.getCertificatePathPEM());
        return issued.getCertificate().getSerialNumber();
    }

    /** Trusts this authority and no other. */
    public SSLContext clients() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authority.toKeyStore(new char[0]));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /**
     * The serial number of the certificate that is shown on this port.
     *
     * @param protocol the only one that is spoken
     * @throws IOException if there is no handshake
     */
    public BigInteger shownAt(int port, String protocol) throws Exception {
        try (SSLSocket socket = (SSLSocket) clients().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }
}
