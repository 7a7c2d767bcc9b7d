package io.belfry.localstack.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stands for any of the services: ready at once on the ports that it is told, and prints the settings that it got. */
final class StubService {

    private StubService() {}

    public static void main(String[] arguments) throws IOException {
        new TreeMap<>(System.getenv()).forEach((variable, value) -> {
            if (variable.startsWith("BELFRY_")) {
                System.out.println(variable + "=" + value);
            }
        });
        String failure = System.getenv().getOrDefault("BELFRY_STUB_FAILURE", "");
        if (!failure.isEmpty()) {
            System.out.println("ERROR " + failure);
            System.exit(1);
        }
        for (Map.Entry<String, String> setting : System.getenv().entrySet()) {
            if (setting.getKey().matches("BELFRY_(API|PERSISTER|GATEWAY|GATEWAY_MANAGEMENT)_PORT")) {
                HttpServer server = HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(setting.getValue())),
                        0);
                server.createContext("/", exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
                server.start();
            }
        }
    }

    /** A checkout in which every service is this one. */
    static Checkout checkout(Path root) throws IOException {
        for (ServiceKind kind : ServiceKind.values()) {
            Path jar = root.resolve(kind.module()).resolve("target").resolve(kind.module() + ".jar");
            Files.createDirectories(jar.getParent());
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubService.class.getName());
            manifest.getMainAttributes()
                    .put(
                            Attributes.Name.CLASS_PATH,
                            StubService.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toString());
            try (OutputStream file = Files.newOutputStream(jar)) {
                new JarOutputStream(file, manifest).close();
            }
        }
        return Checkout.at(root);
    }
}
