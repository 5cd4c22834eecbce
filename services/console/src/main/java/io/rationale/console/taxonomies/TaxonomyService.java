package io.rationale.console.taxonomies;

import io.rationale.console.api.ProblemException;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.taxonomy.InvalidTaxonomyException;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyEdits;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The life of a version: proposed, changed, activated, retired. One change after the other, each upon what the topic
 * holds then, whichever console makes it. Thread safe.
 */
public final class TaxonomyService {
    private static final int TAG_CHARACTERS = 32;

    private final KnownTaxonomies known;
    private final BooleanSupplier isLoaded;
    private final TaxonomyLog log;
    private final PromptRoom room;
    private final InstantSource clock;

    /** @param room of the classifier's prompts */
    TaxonomyService(
            KnownTaxonomies known, BooleanSupplier isLoaded, TaxonomyLog log, PromptRoom room, InstantSource clock) {
        this.known = known;
        this.isLoaded = isLoaded;
        this.log = log;
        this.room = room;
        this.clock = clock;
    }

    /** Changes with the version's content: who changes a version says which content that is a change of. */
    public static String tag(Taxonomy taxonomy) {
        return Bytes.of(Json.bytes(taxonomy)).sha256().substring(0, TAG_CHARACTERS);
    }

    /** That version. @throws ProblemException 404 when there is none */
    public Taxonomy find(TaxonomyRef ref) {
        return versions().find(ref).orElseThrow(() -> ProblemException.notFound("No taxonomy " + ref + " is defined.")
                .with("possible", List.copyOf(known.all().keySet())));
    }

    /** The version under which notes are judged now. */
    public Taxonomy active() {
        return versions().active();
    }

    /**
     * A new proposal.
     *
     * @param by who asks for it; null where nobody is asked
     * @throws ProblemException 409 when there is such a version, 422 when it cannot be used
     */
    Taxonomy propose(Taxonomy draft, String by) throws InterruptedException {
        return changed(by, versions -> {
            versions.find(draft.ref()).ifPresent(before -> {
                throw ProblemException.of(
                                409,
                                "There is a version " + draft.ref() + " already: raise the version to "
                                        + versions.nextVersion(draft.id()) + ".")
                        .with("version", versions.nextVersion(draft.id()));
            });
            return usable(proposal(draft, versions));
        });
    }

    /**
     * A proposal that says what that version says, to be edited: the next version of the same name.
     *
     * @param by who asks for it
     * @throws ProblemException 404
     */
    Taxonomy draft(TaxonomyRef ref, String by) throws InterruptedException {
        return changed(by, versions -> TaxonomyEdits.next(find(ref), versions.nextVersion(ref.id())));
    }

    /**
     * A proposal of what a discovery found; the same one again when there is one already.
     *
     * @param run   the discovery
     * @param found what it found
     * @param name  the taxonomy's id, or null for the next version of the active one
     * @param title or null for the one that was found
     * @param by    who asks for it
     * @throws ProblemException 422 when it cannot be used
     */
    public Taxonomy propose(String run, Taxonomy found, String name, String title, String by)
            throws InterruptedException {
        return changed(by, versions -> versions.all().values().stream()
                .filter(each -> run.equals(each.discovery()))
                .findFirst()
                .orElseGet(() -> discovered(run, found, name, title, versions)));
    }

    private Taxonomy discovered(String run, Taxonomy found, String name, String title, TaxonomyVersions versions) {
        String id = name == null ? versions.active().id() : name;
        try {
            Taxonomy draft = new Taxonomy(
                    id,
                    versions.nextVersion(id),
                    title == null ? found.title() : title,
                    Taxonomy.Status.PROPOSED,
                    found.categories(),
                    Map.of(),
                    null,
                    null,
                    run);
            return usable(proposal(draft, versions));
        } catch (InvalidTaxonomyException e) {
            throw refused(e.getMessage(), e.faults()).with("field", "id");
        }
    }

    /**
     * Another content of a proposal.
     *
     * @param tag of the content that was changed
     * @param by  who asks for it; null where nobody is asked
     * @throws ProblemException 404, 409 when it is no proposal, 412 when it has changed meanwhile, 422 when it cannot be
     *                          used
     */
    Taxonomy replace(TaxonomyRef ref, String tag, String by, Taxonomy draft) throws InterruptedException {
        if (!draft.ref().equals(ref)) {
            throw refused("The body is of " + draft.ref() + ", the address of " + ref + ".", List.of());
        }
        return changed(by, versions -> {
            Taxonomy before = unchanged(ref, tag);
            return usable(proposal(draft, versions).from(before.discovery()));
        });
    }

    /**
     * Changes one thing about a proposal.
     *
     * @param tag of the content that the change starts from
     * @param by  who asks for it
     * @throws ProblemException as {@link #replace}
     */
    Taxonomy edit(TaxonomyRef ref, String tag, String by, UnaryOperator<Taxonomy> edit) throws InterruptedException {
        return changed(by, versions -> {
            Taxonomy before = unchanged(ref, tag);
            try {
                return usable(proposal(edit.apply(before), versions));
            } catch (InvalidTaxonomyException e) {
                throw refused(e.getMessage(), e.faults());
            }
        });
    }

    private Taxonomy unchanged(TaxonomyRef ref, String tag) {
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
        return before;
    }

    /**
     * Has notes judged under that version from now on.
     *
     * @param by who decides it
     * @throws ProblemException 404, 422 when it cannot be used
     */
    Taxonomy activate(TaxonomyRef ref, String by) throws InterruptedException {
        return last(by, versions -> {
            Taxonomy chosen = usable(find(ref));
            Taxonomy active = versions.active();
            List<Taxonomy> changed = new ArrayList<>();
            if (!active.ref().equals(ref)
                    && !versions.published().containsKey(active.ref().toString())) {
                // The configuration may change: what its labels meant is still to be found in the topic.
                changed.add(active.with(Taxonomy.Status.RETIRED));
            }
            changed.add(active.ref().equals(ref) ? active : versions.activation(chosen, by, clock.instant()));
            return changed;
        });
    }

    /**
     * Puts a version away.
     *
     * @param by who asks for it; null where nobody is asked
     * @throws ProblemException 404, 409 when notes are judged under it
     */
    Taxonomy retire(TaxonomyRef ref, String by) throws InterruptedException {
        return changed(by, versions -> {
            Taxonomy chosen = find(ref);
            if (versions.active().ref().equals(ref)) {
                throw ProblemException.of(409, "Notes are judged under " + ref + ": activate another version instead.");
            }
            return chosen.with(Taxonomy.Status.RETIRED);
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
                null,
                draft.discovery());
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

    private TaxonomyVersions versions() {
        if (!isLoaded.getAsBoolean()) {
            throw ProblemException.of(503, "The taxonomies are being read.").retryAfter(1);
        }
        return known.versions();
    }

    private Taxonomy changed(String by, Function<TaxonomyVersions, Taxonomy> change) throws InterruptedException {
        return last(by, versions -> List.of(change.apply(versions)));
    }

    /** Writes what differs from what is known. @return the last of what the change makes */
    private Taxonomy last(String by, Function<TaxonomyVersions, List<Taxonomy>> change) throws InterruptedException {
        versions();
        List<Taxonomy> made = new ArrayList<>();
        log.change(by, () -> {
            TaxonomyVersions versions = versions();
            made.clear();
            made.addAll(change.apply(versions));
            return made.stream()
                    .filter(each -> !each.equals(versions.all().get(each.ref().toString())))
                    .toList();
        });
        return made.getLast();
    }
}
