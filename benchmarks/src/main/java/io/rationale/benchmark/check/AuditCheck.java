package io.rationale.benchmark.check;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.AuditEvent.Classified;
import io.rationale.core.audit.AuditEvent.Unclassifiable;
import io.rationale.core.audit.Exchange;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.ExchangePointer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds what was decided against what was sent: every note once, rightly, with evidence that stands there and an exchange
 * that is really the one. Thread-safe.
 */
public final class AuditCheck {
    private final Topics topics;
    private final Function<Note, String> expectedCategory;
    private final Map<String, Note> sent = new LinkedHashMap<>();
    private final Set<String> sentGarbage = new LinkedHashSet<>();
    private final Map<String, Integer> decisions = new HashMap<>();
    private final Map<String, Integer> deadLetters = new HashMap<>();
    private final Map<String, Known> exchanges = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private long unclassifiable;

    /** @param expectedCategory what the verdict about a note must say */
    public AuditCheck(Topics topics, Function<Note, String> expectedCategory) {
        this.topics = topics;
        this.expectedCategory = expectedCategory;
    }

    /**
     * What the check found.
     *
     * @param sent           notes, and records that are none
     * @param decided        of them
     * @param unclassifiable of the decided notes
     * @param lost           what has no decision
     * @param repeated       what has more than one
     * @param wrong          a sentence for each thing that is not as it must be
     */
    public record Findings(
            long sent,
            long decided,
            long unclassifiable,
            List<String> lost,
            List<String> repeated,
            List<String> wrong) {
        public Findings {
            lost = List.copyOf(lost);
            repeated = List.copyOf(repeated);
            wrong = List.copyOf(wrong);
        }

        /** Whether all is as it must be. */
        public boolean good() {
            return lost.isEmpty() && repeated.isEmpty() && wrong.isEmpty();
        }
    }

    /** An exchange as it stands in the topic. */
    private record Known(String id, String sha256, String reasoning) {}

    /** What an audit event says about an exchange. */
    private record Claim(String noteId, ExchangePointer pointer, String passage) {}

    /** A note that the broker has. */
    public synchronized void sent(Note note) {
        sent.put(note.id(), note);
    }

    /** A record that is no note and that the broker has. */
    public synchronized void sentGarbage(String key) {
        sentGarbage.add(key);
    }

    /** Takes a record of the audit, of the exchanges or of the dead letters. */
    public synchronized void accept(ConsumerRecord<String, byte[]> published) {
        if (published.topic().equals(topics.audit())) {
            event(published);
        } else if (published.topic().equals(topics.exchanges())) {
            exchange(published);
        } else if (published.topic().equals(topics.deadLetters())) {
            deadLetters.merge(published.key(), 1, Integer::sum);
        }
    }

    /** How much of what was sent has no decision yet. */
    public synchronized long outstanding() {
        return sent.keySet().stream().filter(id -> !decisions.containsKey(id)).count()
                + sentGarbage.stream()
                        .filter(key -> !deadLetters.containsKey(key))
                        .count();
    }

    /** What is known now; not before everything was accepted. */
    public synchronized Findings findings() {
        List<String> lost = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        sent.keySet().forEach(id -> count(decisions.getOrDefault(id, 0), id, lost, repeated));
        sentGarbage.forEach(key -> count(deadLetters.getOrDefault(key, 0), key, lost, repeated));
        List<String> allWrong = new ArrayList<>(wrong);
        claims.forEach(claim -> check(claim, allWrong));
        return new Findings(
                sent.size() + sentGarbage.size(),
                sent.size() + sentGarbage.size() - lost.size(),
                unclassifiable,
                lost,
                repeated,
                allWrong);
    }

    private static void count(int decided, String id, List<String> lost, List<String> repeated) {
        if (decided == 0) {
            lost.add(id);
        } else if (decided > 1) {
            repeated.add(id);
        }
    }

    private void event(ConsumerRecord<String, byte[]> published) {
        AuditEvent event = Json.read(published.value(), AuditEvent.class);
        if (!event.noteId().equals(published.key())) {
            wrong.add("the event about " + event.noteId() + " has the key " + published.key());
        }
        switch (event) {
            case Classified classified -> {
                decisions.merge(event.noteId(), 1, Integer::sum);
                verdict(classified);
            }
            case Unclassifiable given -> {
                decisions.merge(event.noteId(), 1, Integer::sum);
                unclassifiable++;
                given.exchanges().forEach(pointer -> claims.add(new Claim(given.noteId(), pointer, "")));
            }
            case AuditEvent.Reviewed reviewed -> wrong.add("nobody reviewed " + reviewed.noteId());
            case AuditEvent.Erased erased -> wrong.add("nobody erased anything: " + erased.eventId());
        }
    }

    private void verdict(Classified event) {
        Note note = event.note();
        Note original = sent.get(note.id());
        if (original != null && !original.equals(note)) {
            wrong.add(note.id() + " was judged as another note: " + note.text());
        }
        String expected = expectedCategory.apply(note);
        if (!expected.equals(event.verdict().category())) {
            wrong.add(note.id() + " is " + event.verdict().category() + " instead of " + expected);
        }
        for (Evidence evidence : event.verdict().evidence()) {
            if (!standsThere(evidence, note)) {
                wrong.add(note.id() + " has a quote that does not stand there: " + evidence);
            }
        }
        claims.add(new Claim(
                note.id(),
                event.verdict().reasoning().exchange(),
                event.verdict().reasoning().text()));
    }

    private static boolean standsThere(Evidence evidence, Note note) {
        String text = note.text();
        return evidence.field().equals("text")
                && evidence.end() <= text.codePointCount(0, text.length())
                && text.substring(
                                text.offsetByCodePoints(0, evidence.start()),
                                text.offsetByCodePoints(0, evidence.end()))
                        .equals(evidence.quote());
    }

    private void exchange(ConsumerRecord<String, byte[]> published) {
        String reasoning = Json.read(published.value(), Exchange.class).reasoning();
        exchanges.put(
                place(published.topic(), published.partition(), published.offset()),
                new Known(published.key(), sha256(published.value()), reasoning == null ? "" : reasoning));
    }

    private void check(Claim claim, List<String> found) {
        ExchangePointer pointer = claim.pointer();
        if (pointer == null) {
            found.add(claim.noteId() + " has no exchange");
            return;
        }
        Known known = exchanges.get(place(pointer.topic(), pointer.partition(), pointer.offset()));
        if (known == null) {
            found.add(claim.noteId() + " points to an exchange that is not there: " + pointer);
        } else if (!known.id().equals(pointer.id()) || !known.sha256().equals(pointer.sha256())) {
            found.add(claim.noteId() + " points to another exchange: " + pointer);
        } else if (!known.reasoning().contains(claim.passage())) {
            found.add(claim.noteId() + " has a passage that its exchange does not have");
        }
    }

    private static String place(String topic, int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
