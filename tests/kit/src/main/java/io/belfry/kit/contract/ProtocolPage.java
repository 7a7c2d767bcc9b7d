package io.belfry.kit.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of docs/protocol.md. */
public final class ProtocolPage {

    private ProtocolPage() {}

    /** Close code → whether to come back. */
    public static Map<Integer, Boolean> closeCodes() {
        Map<Integer, Boolean> codes = new LinkedHashMap<>();
        rows("### Close codes")
                .forEach(cells ->
                        codes.put(Integer.valueOf(cells.get(0)), cells.get(1).equals("yes")));
        return codes;
    }

    /** Problem code → HTTP status. */
    public static Map<String, Integer> problems() {
        Map<String, Integer> codes = new LinkedHashMap<>();
        rows("### Problems").forEach(cells -> codes.put(cells.get(0), Integer.valueOf(cells.get(1))));
        return codes;
    }

    public static List<String> poisonCodes() {
        return rows("### Poison").map(cells -> cells.get(0)).toList();
    }

    /** Topic → {@code ce_type}; dead letters left out. */
    public static Map<String, String> topics() {
        Map<String, String> types = new LinkedHashMap<>();
        rows("### Topics")
                .filter(cells -> cells.get(1).startsWith("belfry."))
                .forEach(cells -> types.put(cells.get(0), cells.get(1)));
        return types;
    }

    private static Stream<List<String>> rows(String heading) {
        return Repository.table("docs/protocol.md", heading);
    }
}
