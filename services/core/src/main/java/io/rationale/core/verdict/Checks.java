package io.rationale.core.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What was checked about an answer. None of these changes the label; a false one tells a reader to look.
 *
 * @param quoteFound   every quote R1 gave stands in the note, and there is at least one
 * @param labelNamed   the reasoning about the note names the chosen category
 * @param salvaged     the answer was taken from the end of a thought that never closed
 * @param relabelled   the label had to be normalised (case, punctuation) to be one of the closed set
 * @param truncated    thought or answer were cut by the token limit
 * @param mixedScript  the reasoning holds a script (Chinese, say) that neither note nor prompt has
 * @param emptyThought R1 answered without thinking
 * @param injected     the note addresses the model: it names labels, other notes' ids, an answer's form or a template's
 *                     token, or gives orders, so that its label may be its own writer's; written only where it is so
 */
public record Checks(
        boolean quoteFound,
        boolean labelNamed,
        boolean salvaged,
        boolean relabelled,
        boolean truncated,
        boolean mixedScript,
        boolean emptyThought,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean injected) {}
