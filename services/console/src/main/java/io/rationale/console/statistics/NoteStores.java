package io.rationale.console.statistics;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The stores of {@link StatisticsTopology} that this process holds. Thread safe. */
public final class NoteStores {
    private final KafkaStreams streams;
    private final String auditTopic;

    public NoteStores(KafkaStreams streams, String auditTopic) {
        this.streams = streams;
        this.auditTopic = auditTopic;
    }

    /** @throws StoresUnavailableException unless the stores answer */
    public void check() {
        labelledNotes();
    }

    /**
     * What is decided about that note, when a partition of this process holds it.
     *
     * @throws StoresUnavailableException while the stores restore
     */
    public Optional<NoteLabels> labels(String noteId) {
        return ask(() -> Optional.ofNullable(
                store(StoreQueryParameters.<ReadOnlyKeyValueStore<String, NoteLabels>>fromNameAndType(
                                StatisticsTopology.LISTED_NOTES, QueryableStoreTypes.keyValueStore()))
                        .get(noteId)));
    }

    /**
     * The store of labelled notes, one for each partition: only within a partition are keys in order.
     *
     * @throws StoresUnavailableException while the stores restore
     */
    List<ReadOnlyKeyValueStore<String, NoteSummary>> labelledNotes() {
        return ask(() -> partitions().stream()
                .map(partition ->
                        store(StoreQueryParameters.<ReadOnlyKeyValueStore<String, NoteSummary>>fromNameAndType(
                                        StatisticsTopology.LABELLED_NOTES, QueryableStoreTypes.keyValueStore())
                                .withPartition(partition)))
                .toList());
    }

    private List<Integer> partitions() {
        List<Integer> held = streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(auditTopic))
                .map(partition -> partition.partition())
                .sorted()
                .toList();
        if (held.isEmpty()) {
            throw new StoresUnavailableException("This console holds no part of the notes yet.");
        }
        return held;
    }

    private <T> T store(StoreQueryParameters<T> query) {
        return Objects.requireNonNull(streams.store(query));
    }

    /** Streams says in an exception that its stores are on the move, also in the middle of a scan. */
    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (InvalidStateStoreException e) {
            throw new StoresUnavailableException("The notes are being restored.", e);
        }
    }
}
