package io.rationale.core.redaction;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes personal data out of notes and other texts and puts placeholders in its place. Doing so twice is the same as doing
 * it once. Its time is linear in the length of the texts. Thread safe.
 */
public final class Redactor {
    /** Takes nothing out. */
    public static final Redactor NONE = new Redactor(List.of(), (kind, count) -> {});

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F-]{16,36}");
    /** Kinds that are sure enough for a note to be refused because its id holds them. */
    private static final Set<String> SURE = Set.of(Kind.EMAIL.code(), Kind.IBAN.code());

    /** Kinds for which it never is. */
    private static final Set<String> UNSURE = Set.of(Kind.IP.code(), Kind.BIRTH_DATE.code());

    private final Scanner scanner;
    private final Scanner keys;
    private final Redaction redaction;
    private final RawRedaction raw;
    private final ObjIntConsumer<String> counter;

    private Redactor(List<KindFinder> finders, ObjIntConsumer<String> counter) {
        this.scanner = new Scanner(finders);
        this.keys = new Scanner(
                finders.stream().filter(each -> !UNSURE.contains(each.code())).toList());
        this.redaction = new Redaction(scanner);
        this.raw = new RawRedaction(redaction);
        this.counter = counter;
    }

    /**
     * Takes out what is configured.
     *
     * @param counter is told the code of a kind and how often something of it was taken out of a text or note
     * @throws IllegalArgumentException with a sentence, when a setting is wrong
     */
    public static Redactor of(RedactionSettings settings, ObjIntConsumer<String> counter) {
        return new Redactor(settings.finders(), counter);
    }

    /** Like {@link #of(RedactionSettings, ObjIntConsumer)} where nobody counts. */
    public static Redactor of(RedactionSettings settings) {
        return of(settings, (kind, count) -> {});
    }

    /** The same without anybody who counts: for texts that are counted elsewhere. */
    public Redactor uncounted() {
        return new Redactor(this);
    }

    private Redactor(Redactor other) {
        this.scanner = other.scanner;
        this.keys = other.keys;
        this.redaction = other.redaction;
        this.raw = other.raw;
        this.counter = (kind, count) -> {};
    }

    /** Whether nothing is taken out. */
    public boolean isOff() {
        return scanner.isOff();
    }

    /** The text without personal data; null stays null. */
    public String text(String text) {
        return texts(Collections.singletonList(text)).getFirst();
    }

    /** Texts that belong together: the same data becomes the same placeholder in all of them. Null stays null. */
    public List<String> texts(List<String> texts) {
        return isOff()
                ? texts
                : counted(redaction.of(texts.stream().map(Field::of).toList())).texts();
    }

    /**
     * Whether a key holds personal data. Keys stay as they are, since records are found by them. Only what cannot be taken
     * for anything else counts: addresses, account numbers, cards in groups, international telephone numbers, and what is
     * configured.
     */
    public boolean isInKey(String key) {
        return !isOff() && keys.find(key, null).stream().anyMatch(each -> isSure(each, key));
    }

    private static boolean isSure(Match match, String key) {
        boolean isConfigured =
                Stream.of(Kind.values()).noneMatch(kind -> kind.code().equals(match.kind()));
        String found = key.substring(match.start(), match.end());
        boolean isGroupedCard =
                match.kind().equals(Kind.CARD.code()) && !found.chars().allMatch(Character::isDigit);
        boolean isInternational = match.kind().equals(Kind.PHONE.code()) && found.indexOf('+') >= 0;
        return isConfigured || SURE.contains(match.kind()) || isGroupedCard || isInternational;
    }

    /** The note without personal data, and with the counts of what was taken out; the same one where there was none. */
    public Note note(Note note) {
        if (isOff()) {
            return note;
        }
        List<Field> fields = fields(note);
        Redacted redacted = counted(redaction.of(fields));
        return redacted.isChanged() ? rebuilt(note, redacted) : note;
    }

    private static List<Field> fields(Note note) {
        List<Field> fields =
                new ArrayList<>(6 + 2 * note.contexts().size() + note.labels().size());
        Stream.of(note.text(), note.question(), note.answer(), note.expected())
                .map(Field::of)
                .forEach(fields::add);
        for (Context each : note.contexts()) {
            fields.add(Field.of(each.text()));
            fields.add(Field.of(each.id()));
        }
        note.labels().forEach((name, value) -> fields.add(new Field(name, value)));
        fields.add(Field.of(note.source()));
        boolean isTrace =
                note.traceId() == null || TRACE_ID.matcher(note.traceId()).matches();
        fields.add(Field.of(isTrace ? null : note.traceId()));
        return fields;
    }

    private static Note rebuilt(Note note, Redacted redacted) {
        List<String> texts = redacted.texts();
        int at = 4;
        List<Context> contexts = new ArrayList<>();
        for (Context each : note.contexts()) {
            contexts.add(new Context(texts.get(at + 1), each.rank(), each.score(), texts.get(at)));
            at += 2;
        }
        Map<String, String> labels = new TreeMap<>();
        for (String name : note.labels().keySet()) {
            labels.put(name, texts.get(at++));
        }
        String source = texts.get(at);
        String traceId = texts.get(at + 1) == null ? note.traceId() : texts.get(at + 1);
        Map<String, Integer> counts = new TreeMap<>(note.redacted());
        redacted.counts().forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
        return new Note(
                note.id(),
                texts.get(0),
                source,
                note.observedAt(),
                texts.get(1),
                texts.get(2),
                texts.get(3),
                contexts,
                labels,
                traceId,
                counts);
    }

    /** A dead letter without personal data, which says what was taken out of it; the same one where there was none. */
    public DeadLetter letter(DeadLetter letter) {
        if (isOff()) {
            return letter;
        }
        RawRedaction.Result original = raw.of(letter.original());
        // What is only digits may be the note's id, by which its letter is found.
        String key = letter.key() != null && isInKey(letter.key()) ? letter.key() : null;
        List<String> said = texts(Arrays.asList(key, letter.cause(), letter.field()));
        DeadLetter.Origin origin = letter.origin() instanceof DeadLetter.Origin.File file
                ? new DeadLetter.Origin.File(text(file.file()), file.line())
                : letter.origin();
        original.counts().forEach(counter::accept);
        return new DeadLetter(
                key == null ? letter.key() : said.get(0),
                original.bytes(),
                letter.reason(),
                said.get(1),
                said.get(2),
                origin,
                original.counts());
    }

    /** The bytes without personal data, whatever they are; the same ones where none was found. */
    public Bytes bytes(Bytes bytes) {
        if (isOff()) {
            return bytes;
        }
        RawRedaction.Result result = raw.of(bytes);
        result.counts().forEach(counter::accept);
        return result.bytes();
    }

    private Redacted counted(Redacted redacted) {
        redacted.counts().forEach(counter::accept);
        return redacted;
    }
}
