package io.rationale.local.taxonomies;

import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyEdits;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import io.rationale.local.command.UsageException;
import io.rationale.local.data.DataDirectory;
import io.rationale.local.node.TaxonomyDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A data directory that no node works in. */
public final class DirectoryStore implements TaxonomyStore {
    private final TaxonomyDirectory directory;
    private final PromptRoom room;
    private final InstantSource clock;

    private DirectoryStore(TaxonomyDirectory directory, PromptRoom room, InstantSource clock) {
        this.directory = directory;
        this.room = room;
        this.clock = clock;
    }

    /** @param room what a version that is to be used may take of the prompt */
    public static DirectoryStore open(Path path, PromptRoom room, InstantSource clock) {
        if (!DataDirectory.exists(path)) {
            throw new UsageException(
                    "There is no data in " + path + ": name the directory that classify or serve worked"
                            + " in with --data, or a running console with --console.");
        }
        return new DirectoryStore(TaxonomyDirectory.open(path), room, clock);
    }

    @Override
    public List<Taxonomy> all() throws IOException {
        return List.copyOf(directory.versions().all().values());
    }

    @Override
    public Taxonomy propose(Taxonomy draft) throws IOException {
        TaxonomyVersions versions = directory.versions();
        Optional<Taxonomy> before = versions.find(draft.ref());
        if (before.isPresent()) {
            if (!before.get().saysTheSameAs(draft)) {
                throw new UsageException(
                        "There is a version " + draft.ref() + " with other categories: raise the version" + " to "
                                + versions.nextVersion(draft.id()) + ".");
            }
            return before.get();
        }
        requireUsable(draft);
        Taxonomy proposal = proposal(draft, versions);
        directory.write(proposal, clock.instant());
        return proposal;
    }

    private static Taxonomy proposal(Taxonomy draft, TaxonomyVersions versions) {
        Taxonomy active = versions.active();
        boolean isNext = draft.basedOn() == null && active.id().equals(draft.id());
        Taxonomy proposal = new Taxonomy(
                draft.id(),
                draft.version(),
                draft.title(),
                Taxonomy.Status.PROPOSED,
                draft.categories(),
                draft.crosswalk(),
                isNext ? active.ref() : draft.basedOn(),
                null,
                draft.discovery());
        return Optional.ofNullable(proposal.basedOn())
                .flatMap(versions::find)
                .map(base -> TaxonomyEdits.completed(proposal, base))
                .orElse(proposal);
    }

    @Override
    public Taxonomy activate(TaxonomyRef ref, String by) throws IOException {
        TaxonomyVersions versions = directory.versions();
        Taxonomy chosen = versions.find(ref)
                .orElseThrow(() -> new UsageException("There is no version " + ref + "; there are: "
                        + String.join(", ", versions.all().keySet()) + "."));
        requireUsable(chosen);
        Taxonomy active = versions.active();
        if (active.ref().equals(ref)) {
            return active;
        }
        Instant now = clock.instant();
        if (!versions.published().containsKey(active.ref().toString())) {
            directory.write(active.with(Taxonomy.Status.RETIRED), now);
        }
        Taxonomy activated = versions.activation(chosen, by, now);
        directory.write(activated, now);
        return activated;
    }

    private void requireUsable(Taxonomy taxonomy) {
        List<String> faults = room.faults(taxonomy);
        if (!faults.isEmpty()) {
            throw new UsageException("The taxonomy " + taxonomy.ref() + " cannot be used. " + String.join(" ", faults));
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
