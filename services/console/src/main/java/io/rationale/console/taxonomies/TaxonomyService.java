package io.rationale.console.taxonomies;

import io.rationale.console.api.ProblemException;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyEdits;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The life of a version: proposed, changed, activated, retired. One change after the other, each upon what the topic
 * holds; a change that two consoles make in the same moment ends as the later record says. Thread safe.
 */
final class TaxonomyService implements AutoCloseable {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);
    private static final int TAG_CHARACTERS = 32;

    private final KnownTaxonomies known;
    private final BooleanSupplier isLoaded;
    private final TaxonomyWriter writer;
    private final PromptRoom room;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param room of the classifier's prompts */
    TaxonomyService(
            KnownTaxonomies known,
            BooleanSupplier isLoaded,
            TaxonomyWriter writer,
            PromptRoom room,
            InstantSource clock) {
        this.known = known;
        this.isLoaded = isLoaded;
        this.writer = writer;
        this.room = room;
        this.clock = clock;
    }

    /** Changes with the version's content: who changes a version says which content that is a change of. */
    static String tag(Taxonomy taxonomy) {
        return Bytes.of(Json.bytes(taxonomy)).sha256().substring(0, TAG_CHARACTERS);
    }

    /** That version. @throws ProblemException 404 when there is none */
    Taxonomy find(TaxonomyRef ref) {
        return versions().find(ref).orElseThrow(() -> ProblemException.notFound("No taxonomy " + ref + " is defined.")
                .with("possible", List.copyOf(known.all().keySet())));
    }

    /** A new proposal. @throws ProblemException 409 when there is such a version, 422 when it cannot be used */
    Taxonomy propose(Taxonomy draft) throws InterruptedException {
        return changing(versions -> {
            versions.find(draft.ref()).ifPresent(before -> {
                throw ProblemException.of(
                                409,
                                "There is a version " + draft.ref() + " already: raise the version to "
                                        + versions.nextVersion(draft.id()) + ".")
                        .with("version", versions.nextVersion(draft.id()));
            });
            return written(usable(proposal(draft, versions)));
        });
    }

    /**
     * Another content of a proposal.
     *
     * @param tag of the content that was changed
     * @throws ProblemException 404, 409 when it is no proposal, 412 when it has changed meanwhile, 422 when it cannot be
     *                          used
     */
    Taxonomy replace(TaxonomyRef ref, String tag, Taxonomy draft) throws InterruptedException {
        if (!draft.ref().equals(ref)) {
            throw refused("The body is of " + draft.ref() + ", the address of " + ref + ".", List.of());
        }
        return changing(versions -> {
            Taxonomy before = find(ref);
            if (before.status() != Taxonomy.Status.PROPOSED) {
                throw ProblemException.of(
                        409,
                        "Only proposals can be changed, and " + ref + " is "
                                + before.status().code() + ": verdicts name it. Propose a new version.");
            }
            if (!tag(before).equals(tag)) {
                throw ProblemException.of(
                        412, "Somebody else has changed " + ref + " meanwhile: read it again and repeat your change.");
            }
            return written(usable(proposal(draft, versions)));
        });
    }

    /**
     * Has notes judged under that version from now on.
     *
     * @param by who decides it
     * @throws ProblemException 404, 422 when it cannot be used
     */
    Taxonomy activate(TaxonomyRef ref, String by) throws InterruptedException {
        return changing(versions -> {
            Taxonomy chosen = usable(find(ref));
            Taxonomy active = versions.active();
            if (active.ref().equals(ref)) {
                return active;
            }
            Instant now = clock.instant();
            if (!versions.published().containsKey(active.ref().toString())) {
                // The configuration may change: what its labels meant is still to be found in the topic.
                writer.write(active.with(Taxonomy.Status.RETIRED), now);
            }
            return written(versions.activation(chosen, by, now));
        });
    }

    /** Puts a version away. @throws ProblemException 404, 409 when notes are judged under it */
    Taxonomy retire(TaxonomyRef ref) throws InterruptedException {
        return changing(versions -> {
            Taxonomy chosen = find(ref);
            if (versions.active().ref().equals(ref)) {
                throw ProblemException.of(409, "Notes are judged under " + ref + ": activate another version instead.");
            }
            return chosen.status() == Taxonomy.Status.RETIRED ? chosen : written(chosen.with(Taxonomy.Status.RETIRED));
        });
    }

    /** What it comes from is taken for granted where it has the active version's name. */
    private static Taxonomy proposal(Taxonomy draft, TaxonomyVersions versions) {
        Taxonomy active = versions.active();
        TaxonomyRef named = draft.basedOn() == null && active.id().equals(draft.id()) ? active.ref() : draft.basedOn();
        Taxonomy proposal = new Taxonomy(
                draft.id(),
                draft.version(),
                draft.title(),
                Taxonomy.Status.PROPOSED,
                draft.categories(),
                draft.crosswalk(),
                named,
                null);
        Optional<Taxonomy> base = Optional.ofNullable(named).flatMap(versions::find);
        return base.map(each -> TaxonomyEdits.completed(proposal, each)).orElse(proposal);
    }

    private Taxonomy usable(Taxonomy taxonomy) {
        List<String> faults = room.faults(taxonomy);
        if (!faults.isEmpty()) {
            throw refused(String.join(" ", faults), faults);
        }
        return taxonomy;
    }

    /** @param faults a sentence each */
    static ProblemException refused(String detail, List<String> faults) {
        ProblemException refusal = ProblemException.of(422, detail);
        return faults.isEmpty() ? refusal : refusal.with("faults", faults);
    }

    private Taxonomy written(Taxonomy taxonomy) throws InterruptedException {
        writer.write(taxonomy, clock.instant());
        // Who asks next is told what was just written, as long as that does not take for ever.
        long until = System.nanoTime() + SEEN_WITHIN.toNanos();
        while (!taxonomy.equals(known.versions().published().get(taxonomy.ref().toString()))
                && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return taxonomy;
    }

    private TaxonomyVersions versions() {
        if (!isLoaded.getAsBoolean()) {
            throw ProblemException.of(503, "The taxonomies are being read.").retryAfter(1);
        }
        return known.versions();
    }

    /** One change. */
    @FunctionalInterface
    private interface Change {
        Taxonomy of(TaxonomyVersions versions) throws InterruptedException;
    }

    private Taxonomy changing(Change change) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return change.of(versions());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
