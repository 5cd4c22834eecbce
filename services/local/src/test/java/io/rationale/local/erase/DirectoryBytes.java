package io.rationale.local.erase;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;

/** Every byte below a folder, also such that Kafka compressed, of transactions that were aborted, too. */
public final class DirectoryBytes {
    private DirectoryBytes() {}

    /** Where any of the marks stands, in whichever case. */
    public static List<String> with(Path folder, List<String> marks) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                look(file.toString(), Files.readAllBytes(file), marks, found);
                if (file.toString().contains(File.separator + "kafka" + File.separator)
                        && file.toString().endsWith(".log")) {
                    records(file, marks, found);
                }
            }
        }
        return found;
    }

    private static void records(Path file, List<String> marks, List<String> found) {
        try (FileRecords records = FileRecords.open(file.toFile(), false)) {
            for (Record each : records.records()) {
                String where = file + " offset " + each.offset();
                look(where, octets(each.key()), marks, found);
                look(where, octets(each.value()), marks, found);
                for (var header : each.headers()) {
                    look(where + " header " + header.key(), header.value(), marks, found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] octets(ByteBuffer buffer) {
        if (buffer == null) {
            return new byte[0];
        }
        byte[] octets = new byte[buffer.remaining()];
        buffer.duplicate().get(octets);
        return octets;
    }

    private static void look(String where, byte[] octets, List<String> marks, List<String> found) {
        if (octets == null) {
            return;
        }
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            String text = new String(octets, charset).toLowerCase(Locale.ROOT);
            marks.stream()
                    .filter(mark -> text.contains(mark.toLowerCase(Locale.ROOT)))
                    .forEach(mark -> found.add(mark + " in " + where));
        }
    }
}
