package io.rationale.console.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;

/** Lucene's parts of an index in use: one directory, one writer, the searchers over what it has written. */
final class OpenIndex implements AutoCloseable {
    private static final double RAM_BUFFER_MB = 48;

    private final Path path;
    private final boolean temporary;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final CommitData committed;

    /**
     * Takes the directory over, also when opening fails.
     *
     * @param path      where it is
     * @param temporary whether its files go when it is closed
     */
    OpenIndex(Path path, boolean temporary, Directory directory) throws IOException {
        this.path = path;
        this.temporary = temporary;
        this.directory = directory;
        this.writer = new IndexWriter(directory, config());
        try {
            this.committed = CommitData.of(dataOf(writer));
            this.searchers = new SearcherManager(writer, true, false, null);
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    private static IndexWriterConfig config() {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(4, 1);
        return new IndexWriterConfig(new SearchAnalyzer(true))
                .setRAMBufferSizeMB(RAM_BUFFER_MB)
                .setMergeScheduler(merges)
                // What is to be gone goes from every file, however little of it that is.
                .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0))
                .setCommitOnClose(false);
    }

    private static Map<String, String> dataOf(IndexWriter writer) {
        Map<String, String> data = new HashMap<>();
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    IndexWriter writer() {
        return writer;
    }

    SearcherManager searchers() {
        return searchers;
    }

    /** How far the index had read when it was opened. */
    CommitData committed() {
        return committed;
    }

    /** Lets go of everything since the last commit. */
    @Override
    public void close() throws IOException {
        try (directory) {
            try {
                searchers.close();
            } finally {
                writer.rollback();
            }
        }
        if (temporary) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(path);
        }
    }
}
