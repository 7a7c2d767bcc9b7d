package io.belfry.kit.servers;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Signs certificates of services, servers and clients, in PEM files, and knows clients who trust it. */
public final class TestAuthority {

    /** @param both the key and the chain in one file, as Kafka takes them */
    record Identity(Path key, Path chain, Path both) {}

    private final X509Bundle authority;
    private final Path folder = TestServers.temporaryFolder();
    private final Identity service = files("service");

    public TestAuthority() throws Exception {
        authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=Authority of a test")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(root(), authority.getCertificatePEM());
        renew();
    }

    /** Its own certificate. */
    Path root() {
        return folder.resolve("ca.pem");
    }

    /** Of a service at 127.0.0.1. */
    public Path certificate() {
        return service.chain();
    }

    public Path key() {
        return service.key();
    }

    /**
     * Writes another certificate of the service, and its key.
     *
     * @return its serial number
     */
    public BigInteger renew() throws Exception {
        return write(
                        service,
                        new CertificateBuilder()
                                .ecp256()
                                .subject("CN=A service")
                                .addSanIpAddress("127.0.0.1"))
                .getCertificate()
                .getSerialNumber();
    }

    /** @param name of its files */
    Identity issue(String name, CertificateBuilder certificate) throws Exception {
        Identity issued = files(name);
        write(issued, certificate);
        return issued;
    }

    private Identity files(String name) {
        return new Identity(
                folder.resolve(name + ".key"), folder.resolve(name + ".crt"), folder.resolve(name + ".pem"));
    }

    private X509Bundle write(Identity files, CertificateBuilder certificate) throws Exception {
        X509Bundle issued = certificate.buildIssuedBy(authority);
        Files.writeString(files.key(), issued.getPrivateKeyPEM());
        // Or PostgreSQL does not take it.
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(files.chain(), issued.getCertificatePathPEM());
        Files.writeString(files.both(), issued.getPrivateKeyPEM() + issued.getCertificatePathPEM());
        return issued;
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
