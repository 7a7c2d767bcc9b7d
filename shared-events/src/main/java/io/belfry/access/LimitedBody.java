package io.belfry.access;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A body that fails when it grows longer than it may; the JDK has such a thing from version 25 on. */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> body;
    private final int limit;
    private long received;
    private @Nullable Subscription source;

    /** @param limit in bytes */
    LimitedBody(BodySubscriber<byte[]> body, int limit) {
        this.body = body;
        this.limit = limit;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        received += part.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received <= limit) {
            body.onNext(part);
        } else if (source != null) {
            source.cancel();
            source = null;
            body.onError(new IOException("longer than " + limit + " bytes"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }
}
