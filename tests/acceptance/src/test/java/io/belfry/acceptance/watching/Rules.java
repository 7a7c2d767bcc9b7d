package io.belfry.acceptance.watching;

import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.Repository;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What ops/prometheus and ops/grafana say. */
final class Rules {

    static final String ALERTS = "ops/prometheus/alerts.yml";
    static final String SCRAPES = "ops/prometheus/prometheus.yml";
    private static final String BOARD = "ops/grafana/belfry.json";

    /** Names of metrics: what has an underscore and is neither a label nor followed by its arguments. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:(?:belfry|http|process|jvm|system)_\\w+|up)\\b(?!\\s*\\()");

    private Rules() {}

    /** @param expression in PromQL */
    record Rule(String alert, String expression, String runbook, String severity) {}

    static List<Rule> alerts() {
        JsonNode groups = new YAMLMapper().readTree(Repository.read(ALERTS)).path("groups");
        return Stream.of(groups)
                .flatMap(all -> all.values().stream())
                .flatMap(group -> group.path("rules").values().stream())
                .map(rule -> new Rule(
                        rule.path("alert").asString(),
                        rule.path("expr").asString(),
                        rule.at("/annotations/runbook_url").asString(),
                        rule.at("/labels/severity").asString()))
                .toList();
    }

    /** The expressions of every panel of the board. */
    static List<String> board() {
        return Json.parse(Repository.read(BOARD)).path("panels").values().stream()
                .flatMap(panel -> panel.path("targets").values().stream())
                .map(target -> target.path("expr").asString())
                .toList();
    }

    static Stream<String> metrics(String expression) {
        return METRIC.matcher(expression.replaceAll("\"[^\"]*\"", "")).results().map(MatchResult::group);
    }
}
