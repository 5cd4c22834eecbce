package io.rationale.local.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.rationale.core.json.Json;
import io.rationale.local.process.Browsed.Screen;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of reviews in a real browser: a queue that a keyboard is enough for, and the report of agreement. */
class ReviewsIT {
    private static final int NOTES = 40;
    /** Of these, those that the report is made of; nobody reviews them at the desk. */
    private static final int MEASURED = 12;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    private static final String SAID = "wrong-format";
    private static final String AMOUNT = "numerical-error";
    private static final String DESK = "desk " + HOSTILE;
    private static final String WARD = "ward";
    private static final String QUEUE =
            "?view=reviews&queue=random&source=" + URLEncoder.encode(DESK, StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    @AutoClose
    private static ScriptedR1 r1;

    @AutoClose
    private static Served served;

    @AutoClose
    private static Browsed browsed;

    private Page page;

    @BeforeAll
    static void serve() {
        Browsed.assumeChromium();
        r1 = ScriptedR1.start("lying " + HOSTILE, ReviewsIT::judge);
        served = Served.start(folder, r1.baseUrl());
        served.send(IntStream.range(0, NOTES).mapToObj(ReviewsIT::note).toList());
        served.awaitJudged(NOTES);
        browsed = Browsed.at(served.origin());
    }

    @AfterEach
    void behaves() {
        browsed.closePages();
        browsed.hasNoMisdeeds();
    }

    @Test
    void shouldReviewWithTheKeyboardAlone() {
        // given
        int before = count("numerical-error");
        page = open(Screen.DESK, QUEUE);
        assertThat(page.locator(".the-note")).containsText(HOSTILE);
        settle();

        // when a name is asked for first
        page.keyboard().press("a");
        assertThat(page.getByLabel("Your name")).isFocused();
        assertThat(page.getByRole(AriaRole.ALERT).last()).containsText("needs a name");
        page.keyboard().type("Ada " + HOSTILE);
        page.keyboard().press("Enter");
        assertThat(primary()).isFocused();
        String first = shown();
        page.keyboard().press("Enter");

        // then the label is accepted, and the next note has the focus
        assertThat(status()).containsText("Saved as Wrong format");
        awaitNoteAfter(first);
        assertThat(reviews(first, 1)).singleElement().satisfies(review -> {
            assertThat(review.path("category").textValue()).isEqualTo(SAID);
            assertThat(review.path("by").textValue()).isEqualTo("Ada " + HOSTILE);
        });

        // when another category is found by a part of its name, with a reason
        String second = shown();
        page.keyboard().press("r");
        page.keyboard().type(HOSTILE);
        page.keyboard().press("Escape");
        page.keyboard().press("c");
        page.keyboard().type("nume");
        page.keyboard().press("Enter");
        assertThat(primary()).hasText("Save as Numerical errorEnter");
        page.keyboard().press("Enter");

        // then the counts move
        awaitNoteAfter(second);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("numerical-error")).isEqualTo(before + 1));
        assertThat(reviews(second, 1)).singleElement().satisfies(review -> assertThat(
                        review.path("reason").textValue())
                .isEqualTo(HOSTILE));

        // when it was a mistake
        page.keyboard().press("u");

        // then the note is back with its old label
        assertThat(status()).containsText("Undone: its label is Wrong format again.");
        assertThat(shown()).isEqualTo(second);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("numerical-error")).isEqualTo(before));

        // when it is labelled by its number, and the next one is left alone
        page.keyboard().press("1");
        page.keyboard().type("6");
        page.keyboard().press("Enter");
        settle();
        page.keyboard().press("Enter");
        awaitNoteAfter(second);
        String third = shown();
        page.keyboard().press("s");
        awaitNoteAfter(third);

        // then
        assertThat(status()).hasText("Skipped.");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("numerical-error")).isEqualTo(before + 1));
        reviews(third, 0);
        assertThat(page.locator("main img, main script")).hasCount(0);
    }

    @Test
    void shouldSaveOnceHoweverLongAKeyIsHeldAndHoweverOftenAButtonIsClicked() {
        // given
        page = openAs("Grace", Screen.DESK, QUEUE);
        String first = shown();
        settle();

        // when
        page.keyboard().down("a");
        IntStream.range(0, 20).forEach(i -> page.keyboard().down("a"));
        awaitNoteAfter(first);
        IntStream.range(0, 20).forEach(i -> page.keyboard().down("a"));
        page.keyboard().up("a");
        String second = shown();
        settle();
        primary().dblclick();
        awaitNoteAfter(second);
        String third = shown();
        settle();

        // then
        reviews(first, 1);
        reviews(second, 1);
        assertThat(shown()).isEqualTo(third);
        reviews(third, 0);
    }

    @Test
    void shouldKeepWhatWasChosenUntilTheConsoleAnswers() {
        // given
        page = openAs("Ada", Screen.DESK, QUEUE);
        String note = shown();
        settle();
        page.route("**/reviews", Route::abort);
        page.keyboard().press("c");
        page.keyboard().type("query");
        page.keyboard().press("Enter");

        // when
        page.keyboard().press("Enter");

        // then
        assertThat(page.locator(".review-notice")).containsText("The console did not answer");
        browsed.forgive("net::ERR_FAILED");
        assertThat(primary()).containsText("Save as Query design");

        // when
        page.unroute("**/reviews");
        page.keyboard().press("Enter");

        // then
        awaitNoteAfter(note);
        assertThat(reviews(note, 1)).singleElement().satisfies(review -> assertThat(
                        review.path("category").textValue())
                .isEqualTo("query-design"));
    }

    @Test
    void shouldTellWhenSomebodyElseWasFaster() {
        // given
        page = openAs("Ada", Screen.DESK, QUEUE);
        String note = shown();
        settle();
        review(note, "no-error", "Grace " + HOSTILE, "chosen");

        // when
        page.keyboard().press("a");

        // then
        Locator notice = page.locator(".review-notice");
        assertThat(notice).containsText("Somebody labelled it meanwhile");
        assertThat(notice).containsText("Grace " + HOSTILE);
        browsed.forgive("409");
        assertThat(primary()).containsText("Accept No error");
        reviews(note, 1);

        // when
        settle();
        page.keyboard().press("a");

        // then
        awaitNoteAfter(note);
        reviews(note, 2);
    }

    @Test
    void shouldHideWhatR1SaidFromWhoeverWantsToJudgeAlone() {
        // given
        page = openAs("Ada", Screen.DESK, QUEUE);

        // when
        page.getByText("Hide R1’s label").click();

        // then
        assertThat(page.locator("main .judgement")).isHidden();
        assertThat(page.locator("main mark")).hasCount(0);
        assertThat(primary()).hasText("Choose a categoryC");
        assertThat(page.locator(".review input:checked")).hasCount(0);
        Browsed.screenshot(page, "reviews-hidden-label");
    }

    @Test
    void shouldReportAgreement() {
        // given
        List<JsonNode> open = notes("api/v1/notes?reviewed=false&sort=random&source=" + WARD + "");
        JsonNode mistaken = open.stream()
                .filter(note -> note.path("category").textValue().equals(SAID))
                .findFirst()
                .orElseThrow();
        for (JsonNode note : open) {
            String is = note == mistaken ? AMOUNT : note.path("category").textValue();
            review(note.path("noteId").textValue(), is, "Ada", "random");
        }
        String last = open.getLast().path("noteId").textValue();
        reviews(last, 1);

        // when
        page = openAs("Ada", Screen.DESK, "?view=reviews&selection=random&source=" + WARD);

        // then
        assertThat(page.locator(".review-figures")).containsText("12of 12 notes");
        // 11 of 12 alike; two who said so by chance would be alike in 6 of 12: (11/12 - 1/2) / (1 - 1/2)
        assertThat(page.locator(".kappa-value")).hasText("0.83");
        assertThat(page.locator(".confusion-most li")).hasText("1 ×R1 said Wrong format, people say Numerical error");
        assertThat(quality("Wrong format")).containsText("83.3 %");
        assertThat(quality("Wrong format")).containsText("100.0 %");
        assertThat(quality("Numerical error")).containsText("85.7 %");
        Browsed.isAccessible(page);
        Browsed.fits(page);
        page.getByText("What is kappa?").click();
        assertThat(page.getByText("Fleiss, Cohen and Everitt")).isVisible();
        Browsed.screenshot(page, "agreement-light");
        page.context().close();
        page = openAs("Ada", Screen.DESK, ColorScheme.DARK, "?view=reviews&selection=all&source=" + WARD);
        assertThat(page.locator(".confusion tbody tr").first()).isVisible();
        Browsed.isAccessible(page);
        Browsed.screenshot(page, "agreement-dark");
        page.context().close();
        page = openAs("Ada", Screen.PHONE, "?view=reviews&selection=all&source=" + WARD);
        assertThat(page.locator(".confusion tbody tr").first()).isVisible();
        Browsed.fits(page);
        Browsed.screenshot(page, "agreement-phone");
    }

    @Test
    void shouldBeUsableOnEveryScreen() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page = openAs("Ada", Screen.DESK, scheme, "?view=reviews");
            assertThat(primary()).isVisible();
            Browsed.isAccessible(page);
            Browsed.fits(page);
            Browsed.screenshot(page, "reviews-" + scheme.name().toLowerCase(Locale.ROOT));
            page.context().close();
        }
        page = openAs("Ada", Screen.PHONE, "?view=reviews");
        assertThat(primary()).isVisible();
        Browsed.isAccessible(page);
        Browsed.fits(page);
        Browsed.screenshot(page, "reviews-phone");
    }

    private static JsonNode note(int number) {
        boolean amount = number < MEASURED && number % 2 == 0;
        ObjectNode note = Json.mapper().createObjectNode();
        note.put("id", "case/" + (100 + number))
                .put(
                        "text",
                        "Case " + number + (amount ? ": the amount is wrong. " : ": the list came as one paragraph. ")
                                + HOSTILE)
                .put("source", number < MEASURED ? WARD : DESK)
                .put("question", "Which steps? " + HOSTILE)
                .put("answer", HOSTILE);
        note.putObject("labels").put("tenant", HOSTILE);
        return note;
    }

    /** Half of the notes are about amounts, and R1 sees it. */
    private static ScriptedR1.Said judge(List<JsonNode> notes) {
        ObjectNode answer =
                (ObjectNode) Json.tree(ScriptedR1.verdicts(notes, SAID, HOSTILE).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < notes.size(); i++) {
            if (notes.get(i).path("text").textValue().contains("amount")) {
                ((ObjectNode) answer.path("verdicts").path(i)).put("category", AMOUNT);
            }
        }
        return new ScriptedR1.Said(
                ScriptedR1.thought(notes, HOSTILE + " so that is wrong-format or numerical-error."), Json.line(answer));
    }

    private Locator quality(String category) {
        return page.locator(".quality tbody tr").filter(new Locator.FilterOptions().setHasText(category));
    }

    private Page open(Screen screen, String path) {
        Page opened = browsed.open(screen, ColorScheme.LIGHT, path);
        assertThat(opened.locator(".the-note p.main")).isVisible();
        return opened;
    }

    private Page openAs(String reviewer, Screen screen, String path) {
        return openAs(reviewer, screen, ColorScheme.LIGHT, path);
    }

    private Page openAs(String reviewer, Screen screen, ColorScheme scheme, String path) {
        Page opened = browsed.open(screen, scheme, path);
        opened.evaluate("name => localStorage.setItem('rationale.reviewer', name)", reviewer);
        opened.reload();
        assertThat(opened.locator(path.contains("selection") ? ".review-report" : ".the-note p.main"))
                .isVisible();
        return opened;
    }

    private Locator primary() {
        return page.locator(".review button.primary");
    }

    private Locator status() {
        return page.locator(".review-status");
    }

    /** The id of the note on the desk. */
    private String shown() {
        return page.locator(".the-note dl.facts div")
                .filter(new Locator.FilterOptions().setHasText("Note"))
                .locator("dd")
                .textContent();
    }

    /** The next note is on the desk, and has the focus. */
    private void awaitNoteAfter(String note) {
        assertThat(page.locator(".the-note dl.facts")).not().containsText(note);
        assertThat(page.locator(".card-heading")).isFocused();
        settle();
    }

    /** A note that has just come cannot be reviewed by accident: waits until it can be on purpose. */
    private void settle() {
        page.waitForFunction("() => document.querySelector('.review').dataset.ready");
    }

    private static int count(String category) {
        return StreamSupport.stream(
                        served.json("api/v1/statistics").path("rows").spliterator(), false)
                .filter(row -> row.path("category").textValue().equals(category))
                .mapToInt(row -> row.path("count").intValue())
                .sum();
    }

    private static List<JsonNode> notes(String path) {
        List<JsonNode> found = new ArrayList<>();
        served.json(path).path("notes").forEach(found::add);
        return found;
    }

    /** What people said about a note, once its history has so many reviews. */
    private static List<JsonNode> reviews(String note, int expected) {
        return await("reviews of " + note)
                .atMost(PATIENCE)
                .until(() -> history(note), found -> found.size() == expected);
    }

    private static List<JsonNode> history(String note) {
        JsonNode detail = served.json("api/v1/notes/" + note.replace("/", "%2F"));
        return StreamSupport.stream(detail.path("history").spliterator(), false)
                .filter(decision -> decision.path("type").textValue().equals("reviewed"))
                .toList();
    }

    private static void review(String note, String category, String reviewer, String selection) {
        ObjectNode review = Json.mapper().createObjectNode();
        review.put("category", category).put("reviewer", reviewer).put("selection", selection);
        HttpResponse<String> answer = served.post(
                "api/v1/notes/" + note.replace("/", "%2F") + "/reviews", "application/json", Json.line(review));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
