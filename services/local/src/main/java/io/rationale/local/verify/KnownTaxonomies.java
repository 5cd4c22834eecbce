package io.rationale.local.verify;

import io.rationale.core.json.Json;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.prompt.TaxonomyLevels;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.AnswerParser;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The versions that notes may have been judged under: of the topic, and those that are given. Used by one thread. */
final class KnownTaxonomies {
    private final Map<TaxonomyRef, List<Taxonomy>> levels = new HashMap<>();
    private final Map<Taxonomy, AnswerParser> parsers = new IdentityHashMap<>();

    /** @param given beside the topic's; the topic's stand above them */
    static KnownTaxonomies of(RecordLogs logs, String topic, List<Taxonomy> given) {
        KnownTaxonomies known = new KnownTaxonomies();
        given.forEach(known::put);
        for (int partition = 0; partition < logs.partitions(topic); partition++) {
            try (RecordLogs.Cursor cursor =
                    logs.read(topic, partition, logs.extent(topic, partition).first())) {
                for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                    known.take(each.get());
                }
            }
        }
        return known;
    }

    private void take(StoredRecord each) {
        try {
            if (each.value() != null) {
                put(Json.read(each.value(), Taxonomy.class));
            }
        } catch (RuntimeException e) {
            // The services leave it out, too.
        }
    }

    /** As it is asked about: whole, or level by level. */
    private void put(Taxonomy taxonomy) {
        List<Taxonomy> asked = new ArrayList<>(List.of(taxonomy));
        TaxonomyLevels split = TaxonomyLevels.of(taxonomy, new PromptRoom(0));
        asked.add(split.top());
        asked.addAll(split.groups().values());
        levels.put(taxonomy.ref(), List.copyOf(asked));
    }

    /** The forms in which R1 may have been asked about a version; none when it is not known. */
    List<Taxonomy> levelsOf(TaxonomyRef ref) {
        return levels.getOrDefault(ref, List.of());
    }

    /** Reads answers under that form. */
    AnswerParser parser(Taxonomy taxonomy) {
        return parsers.computeIfAbsent(taxonomy, AnswerParser::new);
    }
}
