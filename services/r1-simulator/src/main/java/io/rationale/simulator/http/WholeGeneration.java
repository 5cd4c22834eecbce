package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel.Prepared;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.fault.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Sends the completion as one JSON document when its last token is due. */
final class WholeGeneration extends Generation {

    WholeGeneration(Server server, HttpServerRequest http, Prepared prepared) {
        super(server, http, prepared);
    }

    @Override
    protected boolean noticesGoneClient() {
        return server.dialect().noticesGoneClient();
    }

    /** Lines that keep the connection need the headers before them. */
    @Override
    protected void queued() {
        response.putHeader("content-type", "application/json");
        keepAlive.filter(lines -> !lines.whole().isEmpty()).ifPresent(lines -> {
            response.setChunked(true);
            if (faults.contains(Fault.KEEP_ALIVE_LINES)) {
                outlet.write(lines.whole());
            }
            keepAlive(lines.whole(), lines.everyMillis());
        });
    }

    @Override
    protected void decode() {
        boolean breaksOff = faults.contains(Fault.RESET) || faults.contains(Fault.STALL);
        if (breaksOff) {
            whenDue(breaksAt, this::sendPart);
        } else {
            whenDue(completion.completionTokens(), this::send);
        }
    }

    private void send() {
        stopKeepAlive();
        if (clientIsGone()) {
            leave();
        } else if (faults.contains(Fault.ERROR_IN_STREAM)) {
            outlet.end(server.dialect().error(new Refusal.Injected(500)).body().toString(), this::leave);
        } else {
            outlet.end(wire().whole().toString(), this::finished);
        }
    }

    /** The length of the whole was announced, where lengths are: the client knows that something is missing. */
    private void sendPart() {
        stopKeepAlive();
        Buffer body = Buffer.buffer(wire().whole().toString());
        if (!response.isChunked()) {
            response.putHeader("content-length", Integer.toString(body.length()));
        }
        response.write(body.slice(0, body.length() / 2)).onComplete(written -> breakOff());
    }

    /** A stalled response stays as it is until the client goes. */
    private void breakOff() {
        if (faults.contains(Fault.RESET)) {
            reset();
        }
    }
}
