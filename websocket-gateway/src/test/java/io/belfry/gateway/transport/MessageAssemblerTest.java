package io.belfry.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.gateway.transport.MessageAssembler.TooBigException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {

    private final MessageAssembler messages = new MessageAssembler(16);

    private String add(byte[] fragment, boolean last) throws TooBigException, CharacterCodingException {
        ByteBuf buffer = Unpooled.wrappedBuffer(fragment);
        return messages.add(buffer, last, UnpooledByteBufAllocator.DEFAULT);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void joinsFragmentsThatCutACharacter() throws Exception {
        byte[] euro = utf8("€");
        assertThat(add(new byte[] {euro[0]}, false)).isNull();
        assertThat(add(new byte[0], false)).isNull();
        assertThat(add(new byte[] {euro[1], euro[2]}, true)).isEqualTo("€");
        assertThat(add(utf8("next"), true)).isEqualTo("next");
    }

    @Test
    void takesWhatFitsAndNoByteMore() throws Exception {
        assertThat(add(utf8("x".repeat(16)), true)).hasSize(16);
        assertThatThrownBy(() -> add(utf8("x".repeat(17)), true)).isInstanceOf(TooBigException.class);
        messages.release();
        assertThat(add(utf8("x".repeat(10)), false)).isNull();
        assertThatThrownBy(() -> add(utf8("x".repeat(7)), false)).isInstanceOf(TooBigException.class);
    }

    @Test
    void takesNoEndlessRowOfEmptyFragments() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        add(new byte[0], false);
                    }
                })
                .isInstanceOf(TooBigException.class);
    }

    @Test
    void refusesWhatIsNotUtf8() throws Exception {
        assertThatThrownBy(() -> add(new byte[] {(byte) 0xC0, (byte) 0xAF}, true))
                .isInstanceOf(CharacterCodingException.class);
        assertThat(add(new byte[] {(byte) 0xE2}, false)).isNull();
        assertThatThrownBy(() -> add(new byte[] {'x'}, true)).isInstanceOf(CharacterCodingException.class);
        assertThat(add(utf8("clean again"), true)).isEqualTo("clean again");
    }
}
