package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest {

    @TempDir
    private Path folder;

    @Test
    void aNumberLeftBehindByAKilledRunIsNoHolder() throws Exception {
        try (LocalFolder held = LocalFolder.hold(folder)) {
            assertThat(held.leftBehind()).isFalse();
        }
        // Were it believed, `down` would end this very process.
        Files.writeString(folder.resolve("pid"), ProcessHandle.current().pid() + "\n");

        assertThat(LocalFolder.holder(folder)).isEmpty();
        try (LocalFolder held = LocalFolder.hold(folder)) {
            assertThat(held.leftBehind()).isTrue();
        }
    }

    @Test
    void theSecretIsMadeOnceAndReadableByItsOwnerAlone() throws Exception {
        String secret;
        try (LocalFolder held = LocalFolder.hold(folder)) {
            secret = held.demoSecret();
        }
        assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("jwt-secret"))))
                .isEqualTo("rw-------");
        try (LocalFolder held = LocalFolder.hold(folder)) {
            assertThat(held.demoSecret()).isEqualTo(secret);
        }
    }

    @Test
    void saysThatTheFolderCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> LocalFolder.hold(file.resolve("sub"))).hasMessageStartingWith("cannot write to ");
    }
}
