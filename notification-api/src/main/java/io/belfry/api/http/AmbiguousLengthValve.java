package io.belfry.api.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http11.Http11InputBuffer;

/**
 * Refuses a request that has both {@code Transfer-Encoding} and {@code Content-Length}, as RFC 9112, 6.1 advises: it is how
 * requests are smuggled past a proxy. Tomcat takes the former, drops the latter and closes the connection afterwards; that
 * there was one is seen in the bytes of the headers alone.
 */
final class AmbiguousLengthValve extends ValveBase {

    private static final Pattern CONTENT_LENGTH =
            Pattern.compile("\\ncontent-length[ \\t]*:", Pattern.CASE_INSENSITIVE);
    private static final String END_OF_HEADERS = "\r\n\r\n";

    AmbiguousLengthValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getHeader("Transfer-Encoding") != null && toldALength(request)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            getNext().invoke(request, response);
        }
    }

    private static boolean toldALength(Request request) {
        if (!(request.getCoyoteRequest().getInputBuffer() instanceof Http11InputBuffer input)) {
            return false;
        }
        // The request begins at 0, and nothing of its body has been read yet.
        ByteBuffer read = input.getHeaderByteBuffer().duplicate();
        String text = StandardCharsets.ISO_8859_1.decode(read.rewind()).toString();
        int end = text.indexOf(END_OF_HEADERS);
        return CONTENT_LENGTH.matcher(end < 0 ? text : text.substring(0, end)).find();
    }
}
