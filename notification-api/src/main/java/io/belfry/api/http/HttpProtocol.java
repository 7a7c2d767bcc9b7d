package io.belfry.api.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 of Tomcat, with what it has no setting for: connections of one address are bounded, headers have a time from
 * first to last byte, a body that is not read any more ends its connection, an ambiguous length is refused, and a host's name may have an underscore. Public because Tomcat makes it by its name.
 */
public final class HttpProtocol extends Http11NioProtocol {

    /** Silence ends sooner, by the connection's timeout; this ends a trickle. */
    private static final Duration HEADER_TIME = Duration.ofSeconds(10);

    /** At least, and twice as long at most, for that many connections at a time: each has a thread. */
    private static final Duration LINGER_TIME = Duration.ofSeconds(1);

    private static final Semaphore LINGERING = new Semaphore(50);

    public HttpProtocol() {
        super(new BoundedEndpoint());
    }

    void setMaxPerAddress(int connections) {
        ((BoundedEndpoint) getEndpoint()).maxPerAddress = connections;
    }

    @Override
    protected Processor createProcessor() {
        return new RequestProcessor(this, adapter);
    }

    /** Leaves connections for other addresses, however many one has opened. */
    private static final class BoundedEndpoint extends NioEndpoint {

        private int maxPerAddress = Integer.MAX_VALUE;

        /** @return false = it is closed */
        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (hasRoomFor(socket)) {
                return super.setSocketOptions(socket);
            }
            // The acceptor closes only what it has wrapped already.
            destroySocket(socket);
            return false;
        }

        private boolean hasRoomFor(SocketChannel socket) {
            if (getConnectionCount() <= maxPerAddress) {
                return true;
            }
            try {
                String address = ((InetSocketAddress) socket.getRemoteAddress())
                        .getAddress()
                        .getHostAddress();
                return getConnections().stream()
                                .filter(open -> address.equals(open.getRemoteAddr()))
                                .count()
                        < maxPerAddress;
            } catch (IOException e) {
                return false; // it is closed already
            }
        }
    }

    private static final class RequestProcessor extends Http11Processor {

        RequestProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
        }

        /** Called for each part of the headers that arrives. */
        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            SocketState state = super.service(socket);
            if (getErrorState() == ErrorState.CLOSE_CLEAN && !isRequestBodyFullyRead() && LINGERING.tryAcquire()) {
                linger(socket);
            }
            long start = request.getStartTimeNanos();
            boolean unfinished = state == SocketState.LONG && start >= 0 && !isAsync();
            return unfinished && System.nanoTime() - start > HEADER_TIME.toNanos() ? SocketState.CLOSED : state;
        }

        /** With a permit. A client that is still sending would see a reset, not its answer, if the connection were closed at once (RFC 9112, 9.6). */
        private static void linger(SocketWrapperBase<?> socket) {
            ByteBuffer rest = ByteBuffer.allocate(8 * 1024);
            long end = System.nanoTime() + LINGER_TIME.toNanos();
            int parts = 1_024;
            socket.setReadTimeout(LINGER_TIME.toMillis());
            try {
                ((NioChannel) socket.getSocket()).getIOChannel().shutdownOutput();
                while (parts-- > 0 && System.nanoTime() - end < 0 && socket.read(true, rest.clear()) >= 0) {}
            } catch (IOException e) {
                // It is silent, or gone.
            } finally {
                LINGERING.release();
            }
        }

        /** Names of services in a network of containers have underscores; Tomcat's check knows letters, digits and hyphens. */
        @Override
        protected void parseHost(MessageBytes host) {
            String name = host.isNull() ? "" : host.toString();
            if (name.indexOf('_') < 0) {
                super.parseHost(host);
                return;
            }
            byte[] checked = name.replace('_', '-').getBytes(StandardCharsets.ISO_8859_1);
            MessageBytes known = MessageBytes.newInstance();
            known.setBytes(checked, 0, checked.length);
            super.parseHost(known);
            if (!request.serverName().isNull()) {
                int length = request.serverName().toString().length();
                request.serverName().setString(name.substring(0, length));
            }
        }
    }

    /** Ends the connection of a call that was answered before its body came; Tomcat would wait for it, with a thread, until it falls silent. */
    static final class UnreadBodyValve extends ValveBase {

        UnreadBodyValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            InputStream body = request.getStream();
            if (request.getHeader("Transfer-Encoding") == null) {
                var unused = body.read(new byte[body.available()]); // a small one came with its headers
            }
            if (!request.isAsync() && !request.getCoyoteRequest().isFinished()) {
                response.setHeader("Connection", "close");
                response.finishResponse();
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /**
     * Refuses a request that has both {@code Transfer-Encoding} and {@code Content-Length}, as RFC 9112, 6.1 advises: it is how
     * requests are smuggled past a proxy. Tomcat takes the former, drops the latter and closes the connection afterwards; that
     * there was one is seen in the bytes of the headers alone.
     */
    static final class AmbiguousLengthValve extends ValveBase {

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
            return CONTENT_LENGTH
                    .matcher(end < 0 ? text : text.substring(0, end))
                    .find();
        }
    }
}
