package io.rationale.console.limits;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Sees each connection when it is accepted, before the server does. Thread safe. */
@Sharable
final class Acceptor extends ChannelInboundHandlerAdapter {
    /** Connections that are told why at a time; further ones are just closed. */
    private static final int MOST_TURNED_AWAY = 256;

    private final Connections connections;
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final Function<Channel, Watch> watches;

    /** @param watches makes what watches a connection */
    Acceptor(Connections connections, Function<Channel, Watch> watches) {
        this.connections = connections;
        this.watches = watches;
    }

    /** @param accepted a connection, which nobody reads yet */
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        if (accepted instanceof Channel channel) {
            Watch watch = watches.apply(channel);
            if (!connections.add(watch)) {
                if (turnedAway.incrementAndGet() > MOST_TURNED_AWAY) {
                    turnedAway.decrementAndGet();
                    channel.unsafe().closeForcibly();
                    return;
                }
                channel.closeFuture().addListener(closed -> turnedAway.decrementAndGet());
                watch.refuse();
            }
            channel.closeFuture().addListener(closed -> connections.remove(watch));
            channel.pipeline().addLast(watch);
        }
        context.fireChannelRead(accepted);
    }
}
