package io.belfry.localstack.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Stands for any of the services: ready at once on the ports that it is told, answers everything, and prints its settings. */
final class StubService {

    /** Enough of a token and of a course for a client that asks for one. */
    private static final byte[] ANSWER = "{\"access\": \"token\", \"students\": 30}".getBytes(StandardCharsets.UTF_8);

    /** Not asked of {@link ServiceKind}: only the tests' own classes are on a stub's class path. */
    private static final Map<String, String> PREFIXES = Map.of(
            "notification-persister.jar", "BELFRY_PERSISTER",
            "notification-api.jar", "BELFRY_API",
            "websocket-gateway.jar", "BELFRY_GATEWAY");

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
        // Services are told each other's ports as well; the jar says which one this is.
        Path jar = Path.of(System.getProperty("java.class.path"));
        System.out.println("jar=" + jar);
        Pattern own = Pattern.compile(PREFIXES.get(String.valueOf(jar.getFileName())) + "(_MANAGEMENT)?_PORT");
        for (Map.Entry<String, String> setting : System.getenv().entrySet()) {
            if (own.matcher(setting.getKey()).matches()) {
                HttpServer server = HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(setting.getValue())),
                        0);
                server.createContext("/", exchange -> {
                    exchange.sendResponseHeaders(200, ANSWER.length);
                    exchange.getResponseBody().write(ANSWER);
                    exchange.close();
                });
                server.start();
            }
        }
    }
}
