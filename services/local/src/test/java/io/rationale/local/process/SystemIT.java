package io.rationale.local.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.rationale.core.json.Json;
import io.rationale.local.process.Browsed.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of the system in a real browser: what runs, and dead letters that are looked at and sent again. */
class SystemIT {
    private static final int NOTES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    private static final String POISON = "arsenic";

    /** While R1 is ill it talks about the weather when a note holds the poison. */
    private static final AtomicBoolean ILL = new AtomicBoolean(true);

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
        r1 = ScriptedR1.start("lying", notes -> {
            boolean poisoned = notes.stream()
                    .anyMatch(note -> note.path("text").textValue().contains(POISON));
            return ILL.get() && poisoned
                    ? new ScriptedR1.Said("The weather " + HOSTILE, HOSTILE)
                    : new ScriptedR1.Said(
                            ScriptedR1.thought(notes, "that is wrong-format."),
                            ScriptedR1.verdicts(notes, "wrong-format", "It is the format."));
        });
        served = Served.start(folder, r1.baseUrl());
        served.send(IntStream.range(0, NOTES).mapToObj(SystemIT::note).toList());
        served.awaitJudged(NOTES);
        browsed = Browsed.at(served.origin());
    }

    @AfterEach
    void behaves() {
        browsed.closePages();
        browsed.hasNoMisdeeds();
    }

    @Test
    void shouldSendADeadLetterAgain() {
        // given
        page = browsed.open(Screen.DESK, ColorScheme.LIGHT, "?view=system");
        Locator letter = page.locator(".letter-list a")
                .filter(new Locator.FilterOptions().setHasText(POISON))
                .first();

        // when
        letter.click();

        // then
        assertThat(page.locator(".letter .letter-text")).containsText(HOSTILE);
        assertThat(page.locator(".letter-title h3")).isFocused();
        assertThat(page.locator("main img, main script")).hasCount(0);
        page.getByText("The whole exchange").click();
        assertThat(page.locator(".letter .exchange pre")).containsText("The weather " + HOSTILE);
        Browsed.screenshot(page, "dead-letter-light");
        Browsed.isAccessible(page);

        // when somebody thinks better of it
        Locator again = page.locator(".letter-again button");
        again.click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                .click();

        // then
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(again).isFocused();
        assertThat(again).isEnabled();

        // when R1 is well again
        ILL.set(false);
        again.click();
        page.locator("dialog[open] .primary").click();

        // then
        assertThat(page.locator(".letter-result")).containsText("Sent again: rationale.notes");
        assertThat(again).isDisabled();
        await("the note is decided").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        served.json("api/v1/notes/poisoned").path("category").asText())
                .isEqualTo("wrong-format"));

        // when
        page.keyboard().press("Escape");

        // then
        assertThat(page.locator(".letter")).hasCount(0);
        assertThat(letter).isFocused();
    }

    @Test
    void shouldShowLettersOfOneReason() {
        // given
        page = browsed.open(Screen.DESK, ColorScheme.LIGHT, "?view=system&reason=no-such-reason");
        assertThat(page.locator(".letter-none")).hasText("No dead letter has this reason.");

        // when
        page.locator(".letter-head select").selectOption("");

        // then
        assertThat(page.locator(".letter-list li").first()).isVisible();
        assertThat(page).hasURL(served.origin() + "?view=system");
    }

    @Test
    void shouldAskEveryFiveSecondsWhileSomebodyLooks() {
        // given
        page = browsed.open(Screen.DESK, ColorScheme.LIGHT, "?view=notes");
        page.addInitScript(
                "window.asked = 0; const original = window.fetch;"
                        + " window.fetch = (...given) => { asked += given[0] === 'api/v1/status'; return original(...given); };");
        page.clock().install();
        page.navigate(served.origin() + "?view=system");
        assertThat(page.locator(".classifier")).isVisible();
        page.clock().pauseAt(((Number) page.evaluate("Date.now() + 1_000")).longValue());

        // when
        page.waitForResponse("**/api/v1/status", () -> page.clock().runFor(6_000));
        page.waitForResponse("**/api/v1/status", () -> page.clock().runFor(6_000));

        // then
        assertThat(asked()).isGreaterThan(2);

        // when nobody looks
        page.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, get: () => true});"
                + " document.dispatchEvent(new Event('visibilitychange'))");
        page.clock().runFor(1_000);
        int before = asked();
        page.clock().runFor(50_000);

        // then
        assertThat(asked()).isEqualTo(before);

        // when somebody looks again
        page.waitForResponse("**/api/v1/status", () -> {
            page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
            page.clock().runFor(1_000);
        });

        // then
        assertThat(asked()).isEqualTo(before + 1);
    }

    @Test
    void shouldBeUsableOnEveryScreen() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page = browsed.open(Screen.DESK, scheme, "?view=system");
            assertThat(page.locator(".endpoints tbody tr")).containsText(r1.baseUrl());
            assertThat(page.locator(".letter-list li").first()).isVisible();
            Browsed.isAccessible(page);
            Browsed.fits(page);
            Browsed.screenshot(page, "system-" + scheme.name().toLowerCase(Locale.ROOT));
            page.context().close();
        }
        page = browsed.open(Screen.PHONE, ColorScheme.LIGHT, "?view=system");
        assertThat(page.locator(".letter-list li").first()).isVisible();
        Browsed.isAccessible(page);
        Browsed.fits(page);
        Browsed.screenshot(page, "system-phone");
    }

    /** How often the page has asked for the status. */
    private int asked() {
        return (int) page.evaluate("() => asked");
    }

    private static ObjectNode note(int number) {
        boolean poisoned = number == 0;
        return Json.mapper()
                .createObjectNode()
                .put("id", poisoned ? "poisoned" : "case-" + number)
                .put("text", poisoned ? "The answer recommends " + POISON + ". " + HOSTILE : "Case " + number + ".")
                .put("source", "desk " + HOSTILE);
    }
}
