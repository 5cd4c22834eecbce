package io.rationale.classifier.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.rationale.classifier.r1.cluster.Server;
import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The spans from a note to its decision: {@code classify note}, which goes on from the record's {@code traceparent}
 * header, else from the note's {@code traceId}, and is carried on in the headers of the audit event; within it
 * {@code ask batch}, linked to the notes asked about; within that {@code call R1}, one for each try. Thread safe.
 */
public final class NoteTraces {
    /** Where nobody wants traces. */
    public static final NoteTraces NONE = new NoteTraces(OpenTelemetry.noop());

    private static final String TRACE_PARENT = "traceparent";
    /** The id of a span that nobody knows: a trace id alone names no span to hang on. */
    private static final String UNKNOWN_SPAN = "0000000000000001";

    private static final TextMapGetter<Headers> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            return Arrays.stream(headers.toArray()).map(Header::key).toList();
        }

        @Override
        public String get(Headers headers, String key) {
            Header last = headers.lastHeader(key);
            return last == null || last.value() == null ? null : new String(last.value(), StandardCharsets.UTF_8);
        }
    };

    private final Tracer tracer;

    public NoteTraces(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.rationale.classifier");
    }

    /** The span of a note, from taking in to the committed decision. */
    public Span note(ConsumerRecord<byte[], byte[]> from, Note note) {
        return tracer.spanBuilder("classify note")
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(parent(from.headers(), note))
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", from.topic())
                .setAttribute("messaging.destination.partition.id", String.valueOf(from.partition()))
                .setAttribute("messaging.kafka.offset", from.offset())
                .setAttribute("rationale.note.id", note.id())
                .startSpan();
    }

    /** The span of a call about these notes, tries included. */
    public Span batch(List<Span> notes) {
        SpanBuilder batch = tracer.spanBuilder("ask batch")
                .setParent(Context.root().with(notes.getFirst()))
                .setAttribute("rationale.batch.size", notes.size());
        notes.subList(1, notes.size()).forEach(each -> batch.addLink(each.getSpanContext()));
        return batch.startSpan();
    }

    /** Puts each call into a span within the current one. */
    public Server traced(String endpoint, Server server) {
        return (request, firstPayload) -> {
            Span span = tracer.spanBuilder("call R1")
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute("server.address", endpoint)
                    .startSpan();
            try {
                ModelReply reply = server.call(request, firstPayload);
                span.setAttribute("rationale.r1.outcome", reply.outcome().name());
                span.setAttribute(
                        "gen_ai.usage.input_tokens", (long) reply.usage().prompt());
                span.setAttribute("gen_ai.usage.output_tokens", (long)
                        (reply.usage().reasoning() + reply.usage().answer()));
                return reply;
            } finally {
                span.end();
            }
        };
    }

    /** The headers by which a reader of what the span led to goes on with its trace; none where it is not recorded. */
    public static Map<String, String> headers(Span span) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, Map::put);
        return headers;
    }

    private static Context parent(Headers headers, Note note) {
        if (headers.lastHeader(TRACE_PARENT) != null) {
            return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
        }
        String traceId = note.traceId() == null ? "" : note.traceId().toLowerCase(Locale.ROOT);
        return TraceId.isValid(traceId)
                ? Context.root()
                        .with(Span.wrap(SpanContext.createFromRemoteParent(
                                traceId, UNKNOWN_SPAN, TraceFlags.getSampled(), TraceState.getDefault())))
                : Context.root();
    }
}
