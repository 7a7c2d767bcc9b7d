package io.belfry.localstack.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes a checkout in which every service is a {@link StubService}. */
public final class StubCheckout {

    private StubCheckout() {}

    public static Checkout in(Path root) throws IOException {
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
        for (String file : List.of("dev", "pom.xml")) {
            Files.createFile(root.resolve(file));
        }
        return Checkout.at(root);
    }
}
