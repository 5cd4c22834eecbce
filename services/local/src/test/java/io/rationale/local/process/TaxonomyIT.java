package io.rationale.local.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.rationale.core.json.Json;
import io.rationale.local.process.Browsed.Screen;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The view of taxonomies in a real browser, and what a change of version does to the overview: one story, from the first
 * draft to the counts under two versions.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TaxonomyIT {
    private static final int NOTES = 48;
    /** Notes that come when the second version is in use. */
    private static final int LATER = 12;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    private static final String WHO = "Ada " + HOSTILE;
    private static final String FIRST = "rag-failures@1";
    private static final String SECOND = "rag-failures@2";

    @TempDir
    static Path folder;

    @AutoClose
    private static R1Simulator r1;

    @AutoClose
    private static Served served;

    @AutoClose
    private static Browsed browsed;

    /** Who works at the same console, while Ada works at the page. */
    private static Colleague grace;

    private Page page;

    @BeforeAll
    static void serve() {
        Browsed.assumeChromium();
        r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(200));
        served = Served.start(folder, r1.baseUrl());
        grace = new Colleague("Grace", served, List.of(HOSTILE, "clinic", "clinic"));
        grace.send(NOTES, 1);
        served.awaitJudged(NOTES);
        browsed = Browsed.at(served.origin());
    }

    @AfterEach
    void behaves() {
        browsed.closePages();
        browsed.hasNoMisdeeds();
    }

    @Test
    @Order(1)
    void shouldEditADraftAndAcceptIt() {
        // given a page on which somebody else looks at the overview
        Page other = browsed.open(Screen.DESK, ColorScheme.LIGHT, "");
        assertThat(other.locator("#about")).containsText(FIRST);
        other.evaluate("() => { window.loadedOnce = true; }");

        // when a version is drafted, by somebody whose name is asked once
        page = browsed.open(Screen.DESK, ColorScheme.LIGHT, "?view=taxonomy");
        button("Draft a new version").click();
        dialog().getByRole(AriaRole.BUTTON, named("Draft")).click();
        assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("needs a name");
        dialog().getByLabel("Your name").fill(WHO);
        dialog().getByRole(AriaRole.BUTTON, named("Draft")).click();

        // then it stands beside the active one
        assertThat(page).hasURL(Pattern.compile("version=rag-failures(@|%40)2"));
        assertThat(page.locator(".compare-summary")).containsText("The two say the same.");
        assertThat(category("chunking").locator(".before")).containsText("Says the same.");

        // when it is edited
        edit("wrong-format", "Rename…");
        field("Name").fill(HOSTILE);
        field("Id").fill("wrong-form");
        save();
        edit("query-design", "Redefine…");
        field("Definition").fill("The question was " + HOSTILE);
        save();
        edit("reference-error", "Merge into…");
        field("Into").selectOption("missing-content");
        save();
        edit("numerical-error", "Move…");
        field("Below").selectOption("");
        save();
        edit("numerical-error", "Split…");
        field("Name").first().fill("Wrong price");
        field("Definition").first().fill("A price that is not in force.");
        field("Name").last().fill("Wrong dose");
        field("Definition").last().fill("Another dose than in the source.");
        save();
        edit("incorrect-specificity", "Remove…");
        save();
        button("Add a category…").click();
        field("Name").fill("Tone of voice");
        assertThat(field("Id")).hasValue("tone-of-voice");
        form().locator("button.primary").click();

        // then what cannot be used is refused in a sentence
        assertThat(form().getByRole(AriaRole.ALERT)).containsText("definition");
        browsed.forgive("422");
        field("Definition").fill("Rude, or too familiar.");
        save();

        // and each change is named in words
        assertThat(changes("wrong-form").first()).hasText("Renamed from Wrong format (wrong-format)");
        assertThat(changes("query-design")).hasText("Changed: definition");
        assertThat(changes("missing-content").first()).containsText("Merged from Missing content and Reference error");
        assertThat(changes("numerical-error").filter(containing("Moved"))).hasText("Moved from Generation to the top");
        assertThat(changes("numerical-error").filter(containing("Split")))
                .hasText("Split into Wrong price and Wrong dose");
        assertThat(changes("wrong-price")).hasText("New, split off Numerical error");
        assertThat(changes("tone-of-voice")).hasText("Added");
        assertThat(changes("incorrect-specificity")).hasText("Removed");
        assertThat(category("query-design").locator(".now ins").first()).isVisible();
        assertThat(page.locator("main img, main script")).hasCount(0);
        Browsed.screenshot(page, "taxonomy-proposal");

        // when it is accepted
        button("Accept…").click();
        assertThat(dialog()).containsText("From now on notes are judged under " + SECOND);
        dialog().getByRole(AriaRole.BUTTON, named("Accept")).click();

        // then it is the active one, here and, without a reload, on the other page
        assertThat(page.locator(".version-head .badge")).hasText("Active");
        assertThat(page.locator(".told")).containsText("Reclassify older notes");
        assertThat(other.locator("#about")).containsText(SECOND);
        assertThat(other.evaluate("() => window.loadedOnce")).isEqualTo(true);
        JsonNode active = served.json("api/v1/taxonomies").path(0);
        assertThat(active.path("taxonomy").path("version").intValue()).isEqualTo(2);
        assertThat(active.path("activation").path("by").textValue()).isEqualTo(WHO);
    }

    @Test
    @Order(2)
    void shouldNotOverwriteWhatSomebodyElseChanged() {
        // given
        String draft = grace.draft();
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "?view=taxonomy&version=" + draft);
        edit("other", "Redefine…");
        field("Definition").fill("What no other category names, as Ada says.");
        grace.redefine(draft, "no-error", "Nothing is wrong, as Grace says.");

        // when
        form().locator("button.primary").click();

        // then nothing is lost on either side
        assertThat(form().getByRole(AriaRole.ALERT)).containsText("Somebody else changed this version meanwhile");
        browsed.forgive("412");
        assertThat(category("no-error").locator(".now")).containsText("as Grace says");
        assertThat(field("Definition")).hasValue("What no other category names, as Ada says.");

        // when
        save();

        // then
        assertThat(category("other").locator(".now")).containsText("as Ada says");
        assertThat(category("no-error").locator(".now")).containsText("as Grace says");

        // when the draft is put away
        button("Put away…").click();
        dialog().getByRole(AriaRole.BUTTON, named("Put away")).click();

        // then nobody can edit it any more
        assertThat(page.locator(".version-head .badge")).hasText("Retired");
        assertThat(page.locator(".category-tools:visible")).hasCount(0);
    }

    @Test
    @Order(3)
    void shouldTellWhatIsRealFromWhatIsRelabelled() {
        // given notes judged under the new version, some of which people labelled under both
        grace.send(LATER, 2);
        await("notes are judged under the second version")
                .atMost(PATIENCE)
                .until(() -> served.json("api/v1/notes?limit=50").path("total").intValue() >= LATER);
        List<String> notes = StreamSupport.stream(
                        served.json("api/v1/notes?limit=" + LATER).path("notes").spliterator(), false)
                .map(note -> note.path("noteId").textValue())
                .toList();
        for (int i = 0; i < notes.size(); i++) {
            grace.review(notes.get(i), FIRST, i < 6 ? "numerical-error" : "missing-content");
            grace.review(notes.get(i), SECOND, i < 5 ? "wrong-price" : i == 5 ? "other" : "missing-content");
        }
        await("both labels count")
                .atMost(PATIENCE)
                .until(() -> relabelling().path("overlap").intValue() == LATER);

        // when
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "?view=taxonomy&part=change");

        // then
        assertThat(page.locator(".change-headline")).containsText(LATER + " notes judged under both versions: 91.7 %");
        assertThat(page.locator(".confusion-most li")).hasText("1 ×Numerical error became Other (8.3 % of the notes)");
        assertThat(page.locator(".confusion td.differs")).hasText("1* not expected");
        Locator row = page.locator(".shift-table tbody tr").filter(containing("Wrong price"));
        assertThat(row).containsText("from Numerical error");
        assertThat(row).containsText("50.0 % · 6 under " + FIRST);
        assertThat(row).containsText("41.7 % · 5 under " + SECOND);
        assertThat(row.locator(".shift-words")).containsText("The new version alone changes no more than chance");
        assertThat(page.locator("main img, main script")).hasCount(0);
        Browsed.screenshot(page, "taxonomy-change");
    }

    @Test
    @Order(4)
    void shouldMarkTheChangeOfVersionOverTime() {
        // when
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "?window=24h");

        // then
        assertThat(page.locator(".canvas canvas").first()).isVisible();
        assertThat(page.locator(".activations").first()).containsText(SECOND + " was activated by " + WHO);
        assertThat(page.locator(".canvas").first())
                .hasAttribute("aria-label", Pattern.compile("Stacked bars.*rag-failures@2 was activated by .*"));

        // when
        button("Also under " + FIRST).click();

        // then
        assertThat(page).hasURL(Pattern.compile("under=rag-failures"));
        Locator before = page.locator(".panel-before");
        assertThat(before).containsText("The same time under " + FIRST);
        assertThat(before.locator("canvas")).isVisible();
        before.locator("summary").click();
        page.waitForFunction("""
                all => all <= [...document.querySelectorAll('.panel-before .chart-table td')]
                        .reduce((sum, cell) => sum + (Number(cell.textContent.replace(/\\D/g, '')) || 0), 0)
                """, NOTES);
        Browsed.screenshot(page, "overview-two-versions");
        page.reload();
        assertThat(before.locator("canvas")).isVisible();
    }

    @Test
    @Order(5)
    void shouldShowWhatARemedyDid() {
        // given
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "");
        Locator row = page.locator("table.categories tbody tr:not(.remedy-row)").first();
        String name = row.locator("td.name a").textContent();

        // when
        row.locator(".remedy-mark").click();
        dialog().getByLabel("What was done").fill("Reviewed the prompt " + HOSTILE);
        dialog().getByText("clinic", new Locator.GetByTextOptions().setExact(true))
                .click();
        dialog().getByRole(AriaRole.BUTTON, named("Save")).click();

        // then
        Locator remedy = page.locator(".remedies li");
        assertThat(remedy).containsText("Reviewed the prompt " + HOSTILE);
        assertThat(remedy).containsText("by " + WHO + " for clinic");
        assertThat(remedy).containsText(Pattern.compile("before|compare"));
        JsonNode written = served.json("api/v1/remedies").path("remedies").path(0);
        assertThat(written.path("sources").path(0).textValue()).isEqualTo("clinic");
        assertThat(page.locator("table.categories tr").filter(containing(name)).first())
                .isVisible();

        // when
        remedy.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Withdrawn…"))
                .click();
        dialog().getByRole(AriaRole.BUTTON, named("Save")).click();

        // then
        assertThat(remedy).containsText("withdrawn");
        assertThat(page.locator("main img, main script")).hasCount(0);
    }

    @Test
    @Order(6)
    void shouldLeadFromAnAlarmToTheNotesThatItIsAbout() {
        // given an alarm that suggests a discovery
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "?view=system");
        page.route(
                "**/api/v1/alerts?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("""
                        {"raised": [{"id": "a", "rule": "new pattern", "condition": "c", "summary": "Other rises.",
                          "raisedAt": "2026-10-12T07:20:00Z", "suggestion": {"discovery": {"category": ["other"],
                          "maxAgreement": 0.6, "since": "2026-10-11T07:20:00Z", "until": "2026-10-12T07:20:00Z",
                          "source": ["clinic"]}}}], "latest": []}""")));
        page.reload();

        // when
        page.getByText("Find patterns in these notes").click();

        // then
        assertThat(page.locator(".asked")).containsText("Other");
        assertThat(page.locator(".asked")).containsText("clinic");
        assertThat(page.locator(".asked")).containsText("agreement up to 60 %");
        assertThat(page).hasURL(Pattern.compile("from=2026-10-11.*to=2026-10-12.*source=clinic"));
    }

    @Test
    @Order(7)
    void shouldFindPatternsAndMakeThemAProposal() {
        // given
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "?view=taxonomy&part=patterns");
        assertThat(page.locator(".asking [role=status]")).containsText("notes match; all are read");

        // when
        page.getByLabel("Runs").fill("2");
        button("Find patterns").click();

        // then its progress is shown until it has ended, without a reload
        assertThat(page).hasURL(Pattern.compile("discovery="));
        Locator findings = page.locator(".finding");
        assertThat(findings.first()).isVisible();
        Locator found = findings.filter(new Locator.FilterOptions().setHas(page.locator(".quotes li")))
                .first();
        assertThat(found).containsText("Stability");
        assertThat(found)
                .containsText(Pattern.compile("\\d+\\.\\d % \\d+\\.\\d–\\d+\\.\\d · \\d+ notes? of the sample"));
        assertThat(page.locator("main img, main script")).hasCount(0);
        Browsed.screenshot(page, "taxonomy-discovery");
        String report = page.getByText("Report with R1’s reasoning").getAttribute("href");
        assertThat(served.get(report).body()).contains("<html").doesNotContain("<script>alert");
        Browsed.isAccessible(page);

        // when
        button("Make it a proposal…").click();
        dialog().getByLabel("Id, or empty").fill("found");
        dialog().getByRole(AriaRole.BUTTON, named("Propose")).click();

        // then
        assertThat(page.locator(".version-title")).containsText("found@1");
        assertThat(page.locator(".version-head .badge")).hasText("Proposed");
        assertThat(page.locator(".category-row .samples a").first()).isVisible();
        Browsed.screenshot(page, "taxonomy-found");

        // and the list knows what became of it, and its quotes lead to their notes
        page.getByText("Find patterns").click();
        assertThat(page.locator(".run").first()).containsText("proposed as found@1");
        page.locator(".run-head a").first().click();
        findings.locator(".quotes a").first().click();
        assertThat(page.locator(".the-note")).isVisible();
    }

    @Test
    @Order(8)
    void shouldReclassifyOlderNotesOnceTheEstimateIsSeen() {
        // given
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "?view=taxonomy&part=reclassify");
        Locator start = page.locator(".asking button.primary");
        assertThat(start).hasText("Reclassify " + NOTES + " notes…");
        assertThat(page.locator("#reclassify-from")).hasValue(FIRST);
        assertThat(page.locator(".estimate")).containsText("no price is configured");

        // when
        start.click();
        assertThat(dialog()).containsText("Reclassify " + NOTES + " notes under " + SECOND + "?");
        assertThat(dialog()).containsText("tokens");
        assertThat(served.json("api/v1/reclassifications").path("reclassifications"))
                .isEmpty();
        dialog().getByRole(AriaRole.BUTTON, named("Reclassify")).click();

        // then it is followed to its end, without a reload
        Locator job = page.locator(".run").first();
        assertThat(job.locator(".badge")).hasText("Finished");
        assertThat(job).containsText("asked by " + WHO);
        assertThat(job.locator(".run-outcome")).containsText(NOTES + " notes judged");
        assertThat(start).hasText("Nothing to reclassify");
        job.getByText("What moved").click();
        assertThat(job.locator(".moved li").first()).isVisible();
        assertThat(page.locator("main img, main script")).hasCount(0);
        Browsed.screenshot(page, "taxonomy-reclassified");

        // and all notes are counted under both versions
        await("the counts move").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode table = served.json("api/v1/statistics");
            assertThat(table.path("decided").intValue()
                            + table.path("undecided").intValue())
                    .isEqualTo(NOTES + LATER);
        });
        page.getByText("Real or relabelled").click();
        assertThat(page.locator(".change-headline"))
                .containsText((NOTES + LATER) + " notes judged under both versions");
    }

    @Test
    @Order(9)
    void shouldPauseAndCancel() {
        // given a reclassification that takes long
        List<String> asked = new ArrayList<>();
        page = openAs(Screen.DESK, ColorScheme.LIGHT, "?view=system");
        page.route(
                "**/api/v1/reclassifications",
                route -> route.fulfill(json("""
                {"reclassifications": [{"id": "a/b", "by": "Grace", "at": "2026-10-12T07:20:00Z", "taxonomy": "rag-failures@2",
                  "selection": {"category": ["other"]}, "state": "%s", "notes": 4000, "enqueued": 900, "judged": 800,
                  "unclassifiable": 3, "spent": {"prompt": 9, "reasoning": 8, "answer": 7}, "perSecond": 4.5,
                  "remainingSeconds": 700, "changed": []}]}""".formatted(asked.isEmpty() ? "running" : "paused"))));
        page.route(
                "**/api/v1/reclassifications/a%2Fb/*",
                route -> {
                    asked.add(route.request().url().replaceAll(".*/", "")
                            + Json.tree(route.request().postDataBuffer())
                                    .path("by")
                                    .textValue());
                    route.fulfill(json("{}").setStatus(202));
                });
        page.keyboard().press("4");
        page.getByText("Reclassify", new Page.GetByTextOptions().setExact(true)).click();

        // then
        Locator job = page.locator(".run").first();
        assertThat(job).containsText("803 of 4,000 notes, 4.5 a second, about 12 min left");
        assertThat(job.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("aria-valuenow", "20");

        // when
        job.getByRole(AriaRole.BUTTON, named("Pause")).click();
        dialog().getByRole(AriaRole.BUTTON, named("Pause")).click();

        // then
        assertThat(job.locator(".badge")).hasText("Paused");
        assertThat(job.getByRole(AriaRole.BUTTON, named("Go on"))).isVisible();

        // when
        job.getByRole(AriaRole.BUTTON, named("Cancel")).click();
        dialog().getByRole(AriaRole.BUTTON, named("Cancel it")).click();
        assertThat(dialog()).hasCount(0);

        // then
        assertThat(asked).containsExactly("pause" + WHO, "cancel" + WHO);
    }

    @Test
    @Order(10)
    void shouldBeReadableForEverybodyOnEveryScreen() {
        String proposal = grace.draft();
        grace.redefine(proposal, "other", "Something else altogether.");
        for (String path : List.of(
                "?view=taxonomy&version=" + proposal,
                "?view=taxonomy&part=change",
                "?view=taxonomy&part=patterns",
                "?view=taxonomy&part=reclassify")) {
            String name = path.replaceAll(".*[=@]", "taxonomy-");
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Screen screen = scheme == ColorScheme.LIGHT ? Screen.DESK : Screen.PHONE;
                page = openAs(screen, scheme, path);
                assertThat(page.locator(".version-title, .change-headline, .asking")
                                .first())
                        .isVisible();
                page.waitForLoadState();
                Browsed.fits(page);
                Browsed.isAccessible(page);
                Browsed.screenshot(page, name + "-" + scheme.name().toLowerCase(Locale.ROOT));
                page.context().close();
            }
        }
    }

    private static Route.FulfillOptions json(String body) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(body);
    }

    private Page openAs(Screen screen, ColorScheme scheme, String path) {
        Page opened = browsed.open(screen, scheme, path);
        opened.evaluate("name => localStorage.setItem('rationale.reviewer', name)", WHO);
        opened.reload();
        return opened;
    }

    private Locator button(String words) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    private static Locator.GetByRoleOptions named(String words) {
        return new Locator.GetByRoleOptions().setName(words).setExact(true);
    }

    private static Locator.FilterOptions containing(String words) {
        return new Locator.FilterOptions().setHasText(words);
    }

    private Locator dialog() {
        return page.locator("dialog[open]");
    }

    private Locator category(String id) {
        return page.locator(".category-row")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "h3 code", new Page.LocatorOptions().setHasText(Pattern.compile("^" + id + "$")))));
    }

    private Locator changes(String id) {
        return category(id).locator(".changes li");
    }

    private void edit(String id, String what) {
        category(id).locator(".category-tools summary").click();
        category(id).getByRole(AriaRole.BUTTON, named(what)).click();
        assertThat(form()).isVisible();
    }

    private Locator form() {
        return page.locator(".edit-form");
    }

    private Locator field(String label) {
        return form().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    private void save() {
        form().locator("button.primary").click();
        assertThat(form()).hasCount(0);
    }

    private static JsonNode relabelling() {
        return served.json("api/v1/statistics/relabelling?from=" + FIRST + "&to=" + SECOND);
    }
}
