package io.belfry.api.demo;

import java.util.List;
import java.util.Optional;

/**
 * A person who can sign in.
 *
 * @param roles admin or none
 */
record DemoPerson(long id, String username, String name, List<String> roles) {

    static final List<DemoPerson> ALL = List.of(
            new DemoPerson(1, "root", "Root", List.of("admin")),
            new DemoPerson(2, "ines", "Ines Costa", List.of()),
            new DemoPerson(3, "omar", "Omar Diallo", List.of()),
            new DemoPerson(4, "ana", "Ana Lima", List.of()),
            new DemoPerson(5, "bruno", "Bruno Silva", List.of()),
            new DemoPerson(6, "chen", "Chen Wei", List.of()));

    static Optional<DemoPerson> byUsername(String username) {
        return ALL.stream().filter(person -> person.username.equals(username)).findFirst();
    }

    static Optional<DemoPerson> byId(String id) {
        return ALL.stream()
                .filter(person -> Long.toString(person.id).equals(id))
                .findFirst();
    }
}
