package io.belfry.json;

import io.belfry.json.MalformedJsonException.Kind;
import tools.jackson.databind.JsonNode;

/** What the contract asks of a document beyond JSON's own grammar, and Jackson has no switch for. */
final class DocumentRules {

    private DocumentRules() {}

    /** Recursion is bounded: the parser refused deeper documents before. */
    static void check(JsonNode node, int levelsLeft) {
        if (node.isContainer()) {
            if (levelsLeft == 0) {
                throw new MalformedJsonException(Kind.TOO_DEEP, "too many levels");
            }
            node.forEachEntry((name, value) -> {
                checkText(name);
                check(value, levelsLeft - 1);
            });
            if (node.isArray()) {
                for (JsonNode element : node) {
                    check(element, levelsLeft - 1);
                }
            }
        } else if (node.isString()) {
            checkText(node.stringValue());
        } else if (node.isNumber()
                && !node.canConvertToLong()
                && !Double.isFinite(node.numberValue().doubleValue())) {
            throw new MalformedJsonException(Kind.NOT_JSON, "a number that a double cannot hold");
        }
    }

    private static void checkText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new MalformedJsonException(Kind.NOT_JSON, "a NUL character");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new MalformedJsonException(Kind.NOT_JSON, "a lone surrogate");
                }
                i++;
            }
        }
    }
}
