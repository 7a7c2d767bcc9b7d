package io.belfry.kit.client;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One person of {@link TypeScriptClients}: the client that ships, in one or several pages of one browser. */
public record TypeScriptClient(TypeScriptClients process, long user) implements InboxClient {

    /** Of the first page. */
    @Override
    public List<Item> items() {
        return items(pages().get(0));
    }

    /** Of the first page. */
    @Override
    public long badge() {
        return pages().get(0).path("badge").asLong(-1);
    }

    /** All pages do, their lists of unread ones agree, and all that the person did has come true. */
    @Override
    public boolean shows(List<Item> items, long unread) {
        List<Long> unreadIds =
                items.stream().filter(item -> !item.read()).map(Item::id).toList();
        return pages().valueStream()
                .allMatch(page -> page.path("list").isArray()
                        && items(page).equals(items)
                        && page.path("badge").asLong(-1) == unread
                        && page.path("unread").isArray()
                        && Json.ids(page.path("unread")).equals(unreadIds)
                        && page.path("broken").isEmpty());
    }

    @Override
    public String condition() {
        StringBuilder words = new StringBuilder(ask().path("words").asString());
        pages().forEach(page -> {
            words.append("; unread ").append(page.path("unread").size());
            page.path("broken").forEach(broken -> words.append("; in the end ").append(broken.asString()));
        });
        return words.toString();
    }

    @Override
    public List<String> violations() {
        return ask().path("violations").valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public int dials() {
        return ask().path("dials").asInt();
    }

    @Override
    public boolean isConnected() {
        return ask().path("live").asBoolean();
    }

    /** Until its pages show what came of them. */
    @Override
    public int unsent() {
        return ask().path("unsent").asInt();
    }

    @Override
    public void markRead(long id) {
        process.ask(user, "act", "act", "read", "id", id);
    }

    @Override
    public void markUnread(long id) {
        process.ask(user, "act", "act", "unread", "id", id);
    }

    @Override
    public void markAllRead() {
        process.ask(user, "act", "act", "all_read");
    }

    /** It can be undone for some seconds, and is sent only then. */
    @Override
    public void remove(long id) {
        process.ask(user, "act", "act", "deleted", "id", id);
    }

    /** What the browser says of its network; the network itself is a proxy's. */
    public void setOnline(boolean online) {
        process.ask(user, "network", "online", online);
    }

    /** Closes the first page, perhaps with something unsent, and opens it again. */
    public void reload() {
        process.ask(user, "reload");
    }

    @Override
    public void close() {
        process.ask(user, "close");
    }

    private JsonNode ask() {
        return process.ask(user, "ask");
    }

    private JsonNode pages() {
        return process.ask(user, "look").path("pages");
    }

    private static List<Item> items(JsonNode page) {
        return page.path("list").valueStream().map(Item::listed).toList();
    }
}
