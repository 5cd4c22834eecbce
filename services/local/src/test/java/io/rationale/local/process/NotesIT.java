package io.rationale.local.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.rationale.core.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The notes in a real browser, judged by an R1 that would like to run scripts there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesIT {
    private static final int MANY = 2_500;
    /** More rows than fit on any of the screens, with what is kept ready around them; far less than the list has. */
    private static final int ROWS_AT_MOST = 60;

    private static final String EVIL = "<script>alert('%1$s')</script><img src=x onerror=alert('%1$s')>";
    private static final String HOSTILE_ID = "evil/<b>id</b> & 100%";

    @TempDir
    static Path folder;

    @AutoClose
    private ScriptedR1 r1;

    @AutoClose
    private Served served;

    @AutoClose
    private Browsed browsed;

    @BeforeAll
    void serve() {
        Browsed.assumeChromium();
        r1 = ScriptedR1.start("<b>model</b>", NotesIT::say);
        served = Served.start(folder, r1.baseUrl());
        browsed = Browsed.at(served.origin());
        List<JsonNode> notes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            notes.add(note("n-" + i, "Note number " + i + " says that step " + i % 7 + " is missing.", i));
        }
        notes.add(hostile());
        served.send(notes);
        served.awaitJudged(notes.size());
    }

    @AfterEach
    void assertNoMisdeeds() {
        browsed.closePages();
        browsed.hasNoMisdeeds();
    }

    @Test
    void shouldFindANoteAndShowWhyItIsJudgedSo() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?view=notes");

        // when
        page.keyboard().press("/");
        page.keyboard().type("\"number 1234\"");
        page.keyboard().press("Enter");

        // then
        assertThat(page.locator(".figure")).hasText("1 note");
        assertThat(page).hasURL(Pattern.compile("q=%22number\\+1234%22"));

        // when
        page.locator(".rows a").click();

        // then
        Locator evidence = page.locator("p.text.main mark");
        assertThat(evidence).hasText("Note number 1234 says that step 2 is missing.");
        assertThat(page.locator("p.thought mark.deciding").last()).containsText("incomplete-answer");
        assertThat(page.locator(".judgement .label")).hasText("Incomplete answer");
        page.reload();
        assertThat(evidence).hasText("Note number 1234 says that step 2 is missing.");
        assertThat(page.locator(".figure")).hasText("1 note");
    }

    @Test
    void shouldShowTheWholeExchangeWhenItIsAskedFor() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?note=n-7");

        // when
        page.locator(".judgement summary").click();

        // then
        Locator text = page.locator(".exchange pre");
        assertThat(text).containsText("Note n");
        part(page, "Answer").click();
        assertThat(text).containsText("\"verdicts\"");
        part(page, "Prompt").click();
        assertThat(text).containsText("Note number 7 says");
        part(page, "Raw response").click();
        assertThat(text).containsText("chat.completion");
        assertThat(page.locator(".exchange .facts")).containsText("the one that the verdict names");
    }

    @Test
    void shouldCopyLinkAndMarkdown() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?view=notes&sort=agreement&note=n-7");
        assertThat(page.locator("p.text.main")).isVisible();

        // when
        page.keyboard().press("c");

        // then
        assertThat(page.locator(".told")).hasText("Link copied");
        assertThat(clipboard(page)).isEqualTo(served.origin() + "?view=notes&note=n-7");

        // when
        page.keyboard().press("m");

        // then
        assertThat(page.locator(".told")).hasText("Markdown copied");
        assertThat(clipboard(page))
                .contains("Note number 7 says that step 0 is missing", "Incomplete answer", "?view=notes&note=n-7");
    }

    @Test
    void shouldGoThroughTheListByKeyboard() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?view=notes");

        // when
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("j");

        // then
        assertThat(page.locator(".position")).hasText(Pattern.compile("^3 of 2,50\\d$"));
        assertThat(page.locator(".rows [aria-current]")).hasCount(1);
        page.keyboard().press("k");
        assertThat(page.locator(".position")).hasText(Pattern.compile("^2 of 2,50\\d$"));
        String shown = page.locator(".rows [aria-current] .excerpt").textContent();
        assertThat(page.locator("p.text.main")).containsText(shown.substring(0, 14));

        // when
        page.keyboard().press("Escape");

        // then
        assertThat(page.locator(".rows [aria-current]")).hasCount(0);
        assertThat(page).not().hasURL(Pattern.compile("note="));
    }

    @Test
    void shouldShowWhatIsHostileAsText() {
        // when
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?view=notes&q=evil");
        page.locator(".rows a").click();

        // then
        Locator main = page.locator("main");
        for (String field : List.of("text", "question", "answer", "expected", "context", "label", "source", "trace")) {
            assertThat(main).containsText(EVIL.formatted(field));
        }
        assertThat(main).containsText(HOSTILE_ID);
        assertThat(main).containsText(EVIL.formatted("rationale"));
        assertThat(main).containsText(EVIL.formatted("reasoning"));
        assertThat(main).containsText("<b>model</b>");
        page.locator(".judgement summary").click();
        for (String name : List.of("Reasoning", "Answer", "Prompt", "Request", "Raw response")) {
            part(page, name).click();
            assertThat(page.locator(".exchange pre")).not().isEmpty();
        }
        assertThat(page.locator("main img, main script, main b")).hasCount(0);
        page.keyboard().press("m");
        assertThat(page.locator(".told")).hasText("Markdown copied");
        assertThat(clipboard(page)).doesNotContain("<script>", "<img");
        assertThat(page.title()).contains(HOSTILE_ID);
    }

    @Test
    void shouldScrollThroughManyNotesWithFewInThePage() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?view=notes");
        assertThat(page.locator(".figure")).hasText(Pattern.compile("^2,50\\d notes$"));

        // when
        page.evaluate("() => { document.querySelector('.scroller').scrollTop = 1e9; }");

        // then
        page.waitForFunction("() => document.querySelector('.rows li[aria-posinset=\"2501\"] .excerpt')?.textContent");
        assertThat(page.locator(".rows li").count()).isLessThan(ROWS_AT_MOST);

        // when
        page.evaluate("() => { document.querySelector('.scroller').scrollTop /= 2; }");

        // then
        page.waitForFunction("() => document.querySelector('.rows li[aria-posinset=\"1251\"] .excerpt')?.textContent");
        assertThat(page.locator(".rows li").count()).isLessThan(ROWS_AT_MOST);
    }

    @Test
    void shouldOfferNewNotesInsteadOfMovingTheList() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?view=notes&source=late");
        assertThat(page.locator("main .empty h2").first()).hasText("No such note");
        served.send(List.of(late("late-1", "The first late note.")));
        Locator rows = page.locator(".rows .excerpt");
        assertThat(rows).hasText("The first late note.");

        // when
        served.send(List.of(late("late-2", "The second late note.")));

        // then
        assertThat(page.locator(".news")).hasText("1 new note");
        assertThat(rows).hasCount(1);
        page.locator(".news").click();
        assertThat(rows).hasCount(2);
        assertThat(page.locator(".news")).isHidden();
    }

    @Test
    void shouldNarrowTheListByWhatIsInTheUrl() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?category=incomplete-answer");
        assertThat(page.locator(".figure")).hasText(Pattern.compile("^2,50\\d notes$"));
        assertThat(page.locator(".meaning h2")).hasText("Incomplete answer");

        // when
        page.locator("select[aria-label=Reviewed]").selectOption("true");

        // then
        assertThat(page.locator(".figure")).hasText("0 notes");
        assertThat(page).hasURL(Pattern.compile("category=incomplete-answer.*reviewed=true"));

        // when
        page.locator(".filters > .link").click();

        // then
        assertThat(page.locator(".figure")).hasText(Pattern.compile("^2,50\\d notes$"));
        assertThat(page).not().hasURL(Pattern.compile("category"));
    }

    @Test
    void shouldTellOfANoteThatDoesNotExist() {
        // when
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?note=nobody");

        // then
        assertThat(page.locator(".of-note .empty h2")).hasText("Not found");
        browsed.closePages();
        browsed.forgive("404");
    }

    @Test
    void shouldShowListAndNoteOneAfterTheOtherOnAPhone() {
        // given
        Page page = open(Browsed.Screen.PHONE, ColorScheme.LIGHT, "?view=notes");
        Locator list = page.locator(".list");
        Browsed.fits(page);

        // when
        page.evaluate("() => scrollTo(0, 4000)");
        page.waitForFunction("() => document.querySelector('.rows li[aria-posinset=\"46\"] .excerpt')?.textContent");
        page.locator(".rows li[aria-posinset='46'] a").click();

        // then
        assertThat(page.locator("p.text.main")).isVisible();
        assertThat(list).isHidden();
        Browsed.fits(page);
        Browsed.screenshot(page, "note-phone");

        // when
        page.locator(".back").click();

        // then
        assertThat(list).isVisible();
        assertThat(page.locator(".rows li[aria-posinset='46']")).isInViewport();
    }

    @Test
    void shouldBeReadableForEverybodyOnEveryScreen() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (Browsed.Screen screen : List.of(Browsed.Screen.DESK, Browsed.Screen.PHONE)) {
                for (String path : List.of("?view=notes", "?view=notes&note=n-7")) {
                    Page page = open(screen, scheme, path);
                    Browsed.fits(page);
                    if ((screen == Browsed.Screen.DESK) == (scheme == ColorScheme.LIGHT)) {
                        Browsed.isAccessible(page);
                    }
                    String name = (path.contains("note=") ? "note-" : "notes-") + screen + "-" + scheme;
                    Browsed.screenshot(page, name.toLowerCase(Locale.ROOT));
                    page.context().close();
                }
            }
        }
    }

    private Page open(Browsed.Screen screen, ColorScheme scheme, String path) {
        Page page = browsed.open(screen, scheme, path);
        assertThat(page.locator(path.contains("note=n-") ? "p.text.main" : ".rows .excerpt, .scroller .empty:visible")
                        .first())
                .isVisible();
        return page;
    }

    private static Locator part(Page page, String name) {
        return page.locator(".exchange .segments button")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + name + "$")));
    }

    private static String clipboard(Page page) {
        return (String) page.evaluate("() => navigator.clipboard.readText()");
    }

    private static ScriptedR1.Said say(List<JsonNode> notes) {
        String passage =
                "one part is not there. " + EVIL.formatted("reasoning") + " So the label is incomplete-answer.";
        return new ScriptedR1.Said(
                ScriptedR1.thought(notes, passage),
                ScriptedR1.verdicts(notes, "incomplete-answer", "A part is missing. " + EVIL.formatted("rationale")));
    }

    private static ObjectNode note(String id, String text, int secondsAgo) {
        return Json.mapper()
                .createObjectNode()
                .put("id", id)
                .put("text", text)
                .put("source", "assistant")
                .put("observedAt", Instant.now().minusSeconds(secondsAgo).toString());
    }

    private static ObjectNode late(String id, String text) {
        return note(id, text, 0).put("source", "late");
    }

    private static ObjectNode hostile() {
        ObjectNode note = note(HOSTILE_ID, "This one is evil. " + EVIL.formatted("text"), 3_600)
                .put("source", EVIL.formatted("source"))
                .put("question", EVIL.formatted("question"))
                .put("answer", EVIL.formatted("answer"))
                .put("expected", EVIL.formatted("expected"))
                .put("traceId", EVIL.formatted("trace"));
        note.putArray("contexts")
                .addObject()
                .put("id", EVIL.formatted("contextId"))
                .put("text", EVIL.formatted("context"));
        note.putObject("labels").put(EVIL.formatted("name"), EVIL.formatted("label"));
        return note;
    }
}
