package io.rationale.console.limits;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.rationale.console.api.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches one connection, nearest to the wire: whether a request's head arrives in time, whether bodies arrive and answers
 * are taken at a pace. The server's own time-outs are about silence, which one byte every few seconds breaks. On the
 * connection's event loop, but for what says otherwise.
 */
final class Watch extends ChannelDuplexHandler {
    private static final AttributeKey<Watch> KEY = AttributeKey.valueOf(Watch.class, "watch");
    private static final long BETWEEN_LOOKS_MILLIS = 500;
    /** A connection that is refused may say what it wants, so that it can be told. */
    private static final long REFUSED_MILLIS = 2_000;

    private static final byte TLS_HANDSHAKE = 0x16;

    /**
     * How long what may take.
     *
     * @param head    from the first byte of a request to the end of its head
     * @param idle    without a request
     * @param pace    over which the pace is measured
     * @param slowest bytes a second
     */
    record Times(Duration head, Duration idle, Duration pace, int slowest) {}

    private final Channel channel;
    private final String address;
    private final Times times;
    private final LimitMetrics metrics;
    private final LongSupplier clock;
    private final Pace sending;
    private final Pace taking;
    private final List<Exchange> exchanges = new ArrayList<>(1);
    private ScheduledFuture<?> looks;
    private ChannelHandlerContext context;
    private boolean refused;
    private boolean headBegun;
    private long headSince;
    private long received;
    private long written;
    private volatile boolean waiting = true;
    private volatile long waitingSince;

    /** @param clock nanoseconds */
    Watch(Channel channel, Times times, LimitMetrics metrics, LongSupplier clock) {
        this.channel = channel;
        this.address = Clients.at(channel.remoteAddress());
        this.times = times;
        this.metrics = metrics;
        this.clock = clock;
        this.sending = new Pace(times.pace(), times.slowest());
        this.taking = new Pace(times.pace(), times.slowest());
        this.waitingSince = clock.getAsLong();
        channel.attr(KEY).set(this);
    }

    /** What watches the connection of a request. */
    static Optional<Watch> of(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                ? Optional.ofNullable(connection.channel().attr(KEY).get())
                : Optional.empty();
    }

    /** Of the other end. By any thread. */
    String address() {
        return address;
    }

    /** Whether it is its client's turn, and nothing of the console is held meanwhile. By any thread. */
    boolean isWaiting() {
        return waiting;
    }

    /** For how long it has been; in nanoseconds. By any thread. */
    long waitedFor(long now) {
        return now - waitingSince;
    }

    /** There is no room: it is told so and closed. Before it is read. */
    void refuse() {
        refused = true;
    }

    /** Another one needs the room. By any thread. */
    void giveWay() {
        metrics.refused(LimitMetrics.Why.CROWDED_OUT);
        channel.close();
    }

    /** The head of a request is there. */
    Exchange begin(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, clock);
        exchanges.add(exchange);
        headBegun = false;
        waiting = false;
        return exchange;
    }

    /** No thread is held by the exchange until its body is there. @param tooSlow what to do when that takes too long */
    void waitForBody(Exchange exchange, Runnable tooSlow) {
        exchange.whenTooSlow(tooSlow);
        waitingSince = clock.getAsLong();
        waiting = true;
    }

    /** The body is there, or as much of it as is waited for. */
    void goOn(Exchange exchange) {
        exchange.whenTooSlow(null);
        waiting = false;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        channel.closeFuture().addListener(closed -> {
            if (looks != null) {
                looks.cancel(false);
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext active) throws Exception {
        if (refused) {
            metrics.refused(LimitMetrics.Why.CONNECTIONS);
            active.executor().schedule(() -> channel.close(), REFUSED_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            looks = active.executor()
                    .scheduleWithFixedDelay(
                            this::look, BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        }
        super.channelActive(active);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) throws Exception {
        if (refused) {
            turnAway(message);
            return;
        }
        long bytes = size(message);
        received += bytes;
        if (!headBegun && bytes > 0 && settled()) {
            headBegun = true;
            headSince = clock.getAsLong();
        }
        super.channelRead(reading, message);
    }

    @Override
    public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) throws Exception {
        written += size(message);
        super.write(writing, message, promise);
    }

    private static long size(Object message) {
        return switch (message) {
            case ByteBuf bytes -> bytes.readableBytes();
            case ByteBufHolder holder -> holder.content().readableBytes();
            case FileRegion region -> region.count();
            default -> 0;
        };
    }

    private void turnAway(Object message) {
        boolean plain = message instanceof ByteBuf bytes
                && bytes.isReadable()
                && bytes.getByte(bytes.readerIndex()) != TLS_HANDSHAKE;
        ReferenceCountUtil.release(message);
        if (plain) {
            say(
                    Problem.of(503, "The console has as many connections as it takes; try again later."),
                    "Retry-After: 5\r\n");
        } else {
            channel.close();
        }
    }

    /** Whether nothing is under way. */
    private boolean settled() {
        if (exchanges.removeIf(Exchange::isOver) && exchanges.isEmpty()) {
            waitingSince = clock.getAsLong();
            waiting = true;
        }
        return exchanges.isEmpty();
    }

    private void look() {
        long now = clock.getAsLong();
        if (settled()) {
            lookAtHead(now);
        } else {
            lookAtBodies(now);
        }
        lookAtAnswer(now);
    }

    private void lookAtHead(long now) {
        sending.isTooSlow(false, received, now);
        if (headBegun && now - headSince > times.head().toNanos()) {
            metrics.refused(LimitMetrics.Why.SLOW_HEAD);
            if (isPlain()) {
                say(Problem.of(408, "The head of the request did not come in time."), "");
            } else {
                channel.close();
            }
        } else if (!headBegun && now - waitingSince > times.idle().toNanos()) {
            channel.close();
        }
    }

    private void lookAtBodies(long now) {
        // While it is not read, the console is the slow one.
        boolean arriving = channel.config().isAutoRead() && exchanges.stream().anyMatch(Exchange::isArriving);
        if (exchanges.stream().anyMatch(exchange -> exchange.lingers(now, times.head()))) {
            metrics.refused(LimitMetrics.Why.SLOW_BODY);
            channel.close();
        } else if (sending.isTooSlow(arriving, received, now)) {
            metrics.refused(LimitMetrics.Why.SLOW_BODY);
            exchanges.stream()
                    .filter(Exchange::isArriving)
                    .map(exchange -> Optional.ofNullable(exchange.whenTooSlow()).orElse(channel::close))
                    .findFirst()
                    .ifPresent(Runnable::run);
        }
    }

    private void lookAtAnswer(long now) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null) {
            return;
        }
        long pending = buffer.totalPendingWriteBytes();
        if (taking.isTooSlow(pending > 0, written - pending + buffer.currentProgress(), now)) {
            metrics.refused(LimitMetrics.Why.SLOW_READER);
            channel.close();
        }
    }

    private boolean isPlain() {
        return channel.pipeline().get(io.netty.handler.ssl.SslHandler.class) == null;
    }

    /** Answers by itself, since no request has reached the server. */
    private void say(Problem problem, String headers) {
        byte[] body = problem.json();
        String head = "HTTP/1.1 " + problem.status() + " " + problem.title() + "\r\nContent-Type: " + Problem.MEDIA_TYPE
                + "\r\nContent-Length: " + body.length + "\r\n" + headers + "Connection: close\r\n\r\n";
        context.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
