package io.rationale.classifier.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decisions and the offsets that go with them: all or nothing. */
final class Transaction {
    private record Commit(List<Task> tasks, int offset, String metadata) {}

    private final Map<PartitionLog, Commit> commits = new LinkedHashMap<>();
    private boolean ended;

    /** The offsets are sent, nothing is committed; the ledgers know the tasks as finished from now on. */
    Transaction(List<Task> tasks) {
        Map<Work, List<Task>> byWork = new LinkedHashMap<>();
        tasks.forEach(task ->
                byWork.computeIfAbsent(task.work, work -> new ArrayList<>()).add(task));
        byWork.forEach((work, each) -> {
            each.forEach(task -> work.ledger.finish(task.offset));
            commits.put(work.log, new Commit(each, (int) work.ledger.watermark(), work.ledger.metadata()));
        });
        commits.keySet().forEach(log -> log.opened(this));
    }

    /** What the coordinator does once, whoever asks. */
    void end(boolean isCommitted) {
        if (ended) {
            return;
        }
        ended = true;
        if (isCommitted) {
            commits.forEach((log, commit) -> log.commit(commit.tasks(), commit.offset(), commit.metadata()));
        }
        commits.keySet().forEach(log -> log.closed(this));
    }
}
