package io.rationale.console.export;

import static com.jerolba.carpet.model.FieldTypes.BOOLEAN;
import static com.jerolba.carpet.model.FieldTypes.DOUBLE;
import static com.jerolba.carpet.model.FieldTypes.INSTANT;
import static com.jerolba.carpet.model.FieldTypes.INTEGER;
import static com.jerolba.carpet.model.FieldTypes.LIST;
import static com.jerolba.carpet.model.FieldTypes.LONG;
import static com.jerolba.carpet.model.FieldTypes.MAP;
import static com.jerolba.carpet.model.FieldTypes.STRING;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * A column a field; times in microseconds, votes as a map, quotes and failed checks as lists. The columns are named one
 * by one: found by reflection they would need the library and this class in one class loader.
 */
final class ParquetRows implements Rows {
    /** What is held in memory until it is written. */
    private static final long ROW_GROUP_BYTES = 8L * 1024 * 1024;

    private static final int PAGE_BYTES = 256 * 1024;
    /** Microseconds from 1970 in 64 bits; no clock shows what is further away. */
    private static final Instant FIRST = Instant.ofEpochSecond(Long.MIN_VALUE / 1_000_000 + 1);

    private static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000 - 1);

    private final CarpetWriter<VerdictRow> writer;

    ParquetRows(OutputStream out) throws IOException {
        writer = new CarpetWriter.Builder<>(new StaysOpen(out), VerdictRow.class)
                .withWriteRecordModel(columns())
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withDefaultTimeUnit(TimeUnit.MICROS)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withPageSize(PAGE_BYTES)
                .build();
    }

    private static WriteRecordModelType<VerdictRow> columns() {
        return FieldTypes.writeRecordModel(VerdictRow.class)
                .withField("noteId", STRING, VerdictRow::noteId)
                .withField("source", STRING, VerdictRow::source)
                .withField("observedAt", INSTANT, row -> bounded(row.observedAt()))
                .withField("text", STRING, VerdictRow::text)
                .withField("taxonomy", STRING, VerdictRow::taxonomy)
                .withField("category", STRING, VerdictRow::category)
                .withField("secondary", STRING, VerdictRow::secondary)
                .withField("reviewed", BOOLEAN, VerdictRow::reviewed)
                .withField("reviewer", STRING, VerdictRow::reviewer)
                .withField("verdict", STRING, VerdictRow::verdict)
                .withField("verdictTaxonomy", STRING, VerdictRow::verdictTaxonomy)
                .withField("confidence", STRING, VerdictRow::confidence)
                .withField("agreement", DOUBLE, VerdictRow::agreement)
                .withField("votes", MAP.ofTypes(STRING, INTEGER), VerdictRow::votes)
                .withField("quotes", LIST.ofType(STRING), VerdictRow::quotes)
                .withField("rationale", STRING, VerdictRow::rationale)
                .withField("reasoning", STRING, VerdictRow::reasoning)
                .withField("failure", STRING, VerdictRow::failure)
                .withField("model", STRING, VerdictRow::model)
                .withField("promptVersion", STRING, VerdictRow::promptVersion)
                .withField("promptTokens", DOUBLE, VerdictRow::promptTokens)
                .withField("reasoningTokens", DOUBLE, VerdictRow::reasoningTokens)
                .withField("answerTokens", DOUBLE, VerdictRow::answerTokens)
                .withField("cachedTokens", DOUBLE, VerdictRow::cachedTokens)
                .withField("failedChecks", LIST.ofType(STRING), VerdictRow::failedChecks)
                .withField("decidedAt", INSTANT, row -> bounded(row.decidedAt()))
                .withField("exchangeId", STRING, VerdictRow::exchangeId)
                .withField("exchangePartition", INTEGER, VerdictRow::exchangePartition)
                .withField("exchangeOffset", LONG, VerdictRow::exchangeOffset)
                .withField("exchangeSha256", STRING, VerdictRow::exchangeSha256)
                .withField("auditPartition", INTEGER, VerdictRow::auditPartition)
                .withField("auditOffset", LONG, VerdictRow::auditOffset);
    }

    private static Instant bounded(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time;
    }

    @Override
    public void write(VerdictRow row) throws IOException {
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** The file ends; the answer is ended by whoever began it. */
    private static final class StaysOpen extends FilterOutputStream {
        StaysOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
