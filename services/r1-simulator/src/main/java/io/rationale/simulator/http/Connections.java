package io.rationale.simulator.http;

import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections the hard way, for which Vert.x has no word of its own. */
final class Connections {
    private Connections() {}

    /** Without lingering the operating system sends a reset instead of a regular end, and drops what is unsent. */
    static void reset(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        connection.close();
    }
}
