package io.rationale.classifier.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.rationale.classifier.Fixtures;
import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class NoteTracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final NoteTraces traces = new NoteTraces(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build());

    @Test
    void shouldGoOnFromTheHeadersOfTheRecordAndBeCarriedOnInTheAudit() {
        // given
        ConsumerRecord<byte[], byte[]> record = record();
        record.headers().add("traceparent", PARENT.getBytes(StandardCharsets.UTF_8));

        // when
        Span span = traces.note(record, note(null));
        Map<String, String> headers = NoteTraces.headers(span);
        span.end();

        // then
        SpanData data = exported.getFinishedSpanItems().getFirst();
        assertThat(data.getTraceId()).isEqualTo(TRACE);
        assertThat(data.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(headers.get("traceparent")).isEqualTo("00-" + TRACE + "-" + data.getSpanId() + "-01");
    }

    @Test
    void shouldGoOnFromTheNotesOwnTraceIdWhereThereIsNoHeader() {
        // when
        traces.note(record(), note(TRACE)).end();
        traces.note(record(), note("no trace id")).end();

        // then
        assertThat(exported.getFinishedSpanItems().getFirst().getTraceId()).isEqualTo(TRACE);
        assertThat(exported.getFinishedSpanItems().getLast().getTraceId()).isNotEqualTo(TRACE);
    }

    @Test
    void shouldLeadFromTheNotesThroughTheBatchToEachCall() throws Exception {
        // given
        Span first = traces.note(record(), note(TRACE));
        Span second = traces.note(record(), note(null));
        ModelRequest request = new ModelRequest("id", new Prompt("prompt", ""), 2);

        // when
        Span batch = traces.batch(List.of(first, second));
        Scope current = batch.makeCurrent();
        traces.traced(
                        "http://r1/v1",
                        (asked, firstPayload) -> Fixtures.reply(new ModelOutcome.Complete("thought", "answer")))
                .call(request, () -> {});
        current.close();
        batch.end();

        // then
        SpanData call = exported.getFinishedSpanItems().getFirst();
        SpanData asked = exported.getFinishedSpanItems().getLast();
        assertThat(call.getParentSpanId()).isEqualTo(asked.getSpanId());
        assertThat(asked.getParentSpanId()).isEqualTo(first.getSpanContext().getSpanId());
        assertThat(asked.getLinks()).extracting(LinkData::getSpanContext).containsExactly(second.getSpanContext());
        assertThat(List.of(call.getTraceId(), asked.getTraceId())).containsOnly(TRACE);
    }

    @Test
    void shouldLeaveNoHeaderWhereNothingIsTraced() {
        assertThat(NoteTraces.headers(NoteTraces.NONE.note(record(), note(null))))
                .isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record() {
        return new ConsumerRecord<>("rationale.notes", 3, 42, null, new byte[0]);
    }

    private static Note note(String traceId) {
        return new Note("n", "text", "test", null, null, null, null, List.of(), Map.of(), traceId);
    }
}
